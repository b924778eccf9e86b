import Foundation
import Reporting
import SnapshotInspection
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

/// A Secret with a distinctive password is put into every place of a file, in every form and cover; all sums are right.
@Suite("A canary in every place of the file", .tags(.exhaustive))
struct CanaryTests {
  /// One file.
  struct Case: Sendable, CustomStringConvertible {
    let seed: UInt64
    let place: CanaryStore.Place
    let form: CanarySecret.Form
    let cover: CanarySecret.Cover

    /// Places come in turn, forms and covers by lot.
    init(seed: UInt64) {
      self.seed = seed
      var random = SeededGenerator(seed: seed &* 31 &+ 7)
      place = CanaryStore.Place.allCases[Int(seed) % CanaryStore.Place.allCases.count]
      form = random.one(of: CanarySecret.Form.allCases)
      cover = random.isOne(in: 3) ? .none : random.one(of: CanarySecret.Cover.allCases)
    }

    var description: String { "\(seed): \(form.rawValue) in \(cover.rawValue) at \(place.rawValue)" }
  }

  private static let files: UInt64 = 2000
  private static let filesInCase = 25

  /// The files, some at a time.
  private static let cases: [[Case]] = {
    let all = Exhaustive.sample(152, of: (0..<files).map { Case(seed: $0) })
    return stride(from: 0, to: all.count, by: filesInCase).map { Array(all[$0..<min($0 + filesInCase, all.count)]) }
  }()

  @Test(arguments: cases) func `is never passed, and never shown`(cases: [Case]) throws {
    let directory = try TemporaryDirectory()
    for file in cases {
      var random = SeededGenerator(seed: file.seed)
      let canary = CanarySecret(&random)
      let store = CanaryStore(&random)
      let content = canary.bytes(file.form, file.cover, &random)
      let bytes = try store.file(with: content, at: file.place, &random)
      let path = try directory.file("\(file.seed).db", bytes)
      let report = Verifier(policy: Policy()).verify(path: path)
      let streamed = try stream(bytes) { Verifier(policy: Policy()).verify(path: $0) }
      // Behind the last element of a page there may be no room for all of it.
      if Data(bytes).range(of: Data(content)) != nil {
        #expect(report.verdict != .pass, "\(file)")
        #expect(streamed.verdict != .pass, "\(file), from a pipe")
      }
      for report in [report, streamed] {
        for text in try texts(of: report) { #expect(!canary.isShown(in: text), "\(file)") }
      }
      for text in try texts(of: Inspector().inspect(path: path)) { #expect(!canary.isShown(in: text), "\(file)") }
    }
  }

  /// Hands out the path of a pipe through which `bytes` come.
  private func stream<Result>(_ bytes: [UInt8], _ body: (String) -> Result) throws -> Result {
    let pipe = Pipe()
    let writer = Thread {
      try? pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    return withExtendedLifetime(pipe) { body("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)") }
  }

  private static let invocation = Invocation(toolVersion: "0", arguments: [], startedAt: Date(timeIntervalSince1970: 0))

  private func texts(of snapshot: SnapshotReport) throws -> [String] {
    let report = Report(policy: Policy(), snapshots: [snapshot])
    return [
      String(reflecting: report), TextReport().render(report), TextReport(color: true).render(report),
      try JSONReport.render(report, invocation: Self.invocation, duration: .zero),
      try NDJSONReport.render(report, invocation: Self.invocation, duration: .zero),
    ]
  }

  private func texts(of inspection: Inspection) throws -> [String] {
    [
      String(reflecting: inspection), InspectionText().render(inspection),
      try InspectionJSON.render([inspection], invocation: Self.invocation, duration: .zero),
      try InspectionNDJSON.snapshot(inspection),
    ]
  }

  // MARK: The control

  private static let plaintextRules: [Rule] = [
    .plaintextLive, .plaintextHistory, .plaintextResidue, .plaintextElsewhere, .misplacedObject,
  ]

  @Test(arguments: CanaryStore.Place.allCases) func `and what is no Secret is taken for none`(place: CanaryStore.Place)
    throws
  {
    for (number, content) in Harmless.allCases.enumerated() {
      guard content == .ciphertext || !place.mustBeCiphertext else { continue }
      var random = SeededGenerator(seed: UInt64(1000 + number))
      var store = CanaryStore(&random)
      store.avoidsSecretKeys = true
      let bytes = place == .live || place == .history ? Harmless.sealed.bytes(&random) : content.bytes(&random)
      let report = try report(on: store.file(with: bytes, at: place, &random), Policy())
      for rule in Self.plaintextRules { #expect(report.findingCounts[rule] == nil, "\(content): \(rule)") }
      if !place.mustBeCiphertext, !place.isNeverWritten {
        #expect(report.findings.filter { $0.severity >= .high }.map(\.rule) == [], "\(content)")
      }
    }
  }

  /// What talks of Secrets and is none.
  private enum Harmless: CaseIterable {
    case ciphertext, sealed, configMap, configMapText, definition, event, eventMessage, documentation, pod, values
    case managedFields

    func bytes(_ random: inout SeededGenerator) -> [UInt8] {
      let manifest = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  password: cGFzc3dvcmQ=\n"
      switch self {
      case .ciphertext: return random.bytes(random.count(100...600))
      case .sealed: return StoredSecret.sealed(.secretbox, "key1", seed: random.next())
      case .configMap: return Self.object("ConfigMap", 2, [("secret.yaml", manifest)])
      case .configMapText:
        return Self.text(
          #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"a.json":"{\"kind\":\"Pod\"}","#
            + #""secret.yaml":"apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  p: YQ==\n"}}"#)
      case .definition:
        return Self.text(
          #"{"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"a.b"},"#
            + #""spec":{"description":"kind: Secret, apiVersion: v1, data","properties":{"kind":{"type":"string"},"#
            + #""data":{"type":"object"},"secretRef":{"kind":"Secret"}}}}"#)
      case .event: return Self.object("Event", 2, [("Secret", "created"), ("default", "a")])
      case .eventMessage:
        return Self.text(
          #"{"kind":"Event","apiVersion":"v1","metadata":{"name":"a"},"involvedObject":{"kind":"Secret","name":"a","#
            + #""apiVersion":"v1"},"message":"no data in Secret \"a\" of kind Secret"}"#)
      case .documentation:
        return Self.text(
          "A Secret holds data. The kind of Secret that the API calls Opaque has any; its apiVersion is v1.")
      case .pod: return Self.object("Pod", 2, [("secretKeyRef", "password"), ("Secret", "data")])
      case .values: return Self.text("secret:\n  kind: Secret\n  create: true\n  name: a\nimage:\n  tag: v1\n")
      case .managedFields:
        return Self.text(
          #"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","managedFields":[{"apiVersion":"v1","#
            + #""fieldsV1":{"f:data":{"f:password":{}},"f:type":{}}}]}}"#)
      }
    }

    private static func text(_ text: String) -> [UInt8] { Array("\(text)\n".utf8) }

    private static func object(_ kind: String, _ number: UInt64, _ entries: [(String, String)]) -> [UInt8] {
      var (metadata, message) = (ProtobufWriter(), ProtobufWriter())
      metadata.bytes(1, Array("a".utf8))
      message.bytes(1, metadata.bytes)
      for (name, value) in entries {
        var entry = ProtobufWriter()
        entry.bytes(1, Array(name.utf8))
        entry.bytes(2, Array(value.utf8))
        message.bytes(number, entry.bytes)
      }
      return StoredSecret.object(apiVersion: "v1", kind: kind, message.bytes)
    }
  }
}
