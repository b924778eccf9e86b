import Foundation
import Testing
import VerificationModel

@testable import Reporting

@Suite("JSON that is written member by member is what an encoder makes of it")
struct JSONBufferTests {
  private static let layouts: [JSONText.Layout] = [.indented, .singleLine]

  /// What an encoder writes that reads `text` and writes it again.
  private func encoded(_ text: String, _ layout: JSONText.Layout) throws -> String {
    let value = try JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8))
    return layout == .indented ? try JSONText.document(of: value) : try JSONText.line(of: value)
  }

  @Test(arguments: layouts)
  func `a string of whatever scalars`(layout: JSONText.Layout) throws {
    let ranges: [ClosedRange<UInt32>] = [0...0x2FF, 0x2000...0x20FF, 0xFFF0...0xFFFF, 0x1F600...0x1F610]
    let text = ranges.joined().compactMap(Unicode.Scalar.init).reduce(into: "") { $0.unicodeScalars.append($1) }
    var json = JSONBuffer(layout)
    json.object { $0.member("text", text) }
    #expect(String(decoding: json.bytes, as: UTF8.self) == (try encoded(json.text, layout)))
    #expect(try JSONDecoder().decode([String: String].self, from: Data(json.bytes)) == ["text": text])
  }

  @Test(arguments: layouts)
  func `objects and arrays, empty ones among them`(layout: JSONText.Layout) throws {
    var json = JSONBuffer(layout)
    json.object { json in
      json.array("a") { _ in }
      json.array("b") { json in
        json.value("x")
        json.object { $0.member("n", -7) }
        json.object { $0.member("y", true) }
      }
      json.object("c") { json in
        json.member("d", ["1", "2"])
        json.member("e", UInt64.max)
        json.object("f") { _ in }
      }
      json.member("g", nil as String?)
      json.member("h", nil as [String]?)
    }
    #expect(json.text == (try encoded(json.text, layout)))
  }

  @Test func `findings, whatever they have`() throws {
    var snapshot = Sample.mixed
    snapshot.findings += HostileNameTests.report.snapshots[0].findings
    snapshot.findings.append(Sample.everything)
    snapshot.findingCounts[.plaintextResidue] = 1
    snapshot.exposed.objects = [
      Exposure(resource: nil, namespace: nil, name: "a", layers: [], isElsewhere: true),
      Exposure(
        resource: "secrets", key: nil, namespace: "n", name: "\"", type: "Opaque", dataKeys: ["a", "b"],
        layers: [.live, .residue], firstRevision: 1, lastRevision: 2),
    ]
    let report = Report(policy: Policy.rows(), snapshots: [snapshot, Sample.damaged, snapshot])
    let text = try JSONReport.render(report, invocation: Sample.invocation, duration: .milliseconds(1500))
    #expect(text == (try encoded(text, .indented)) + "\n")
    for line in try NDJSONReport.snapshot(snapshot, policy: report.policy).split(separator: "\n") {
      #expect(String(line) == (try encoded(String(line), .singleLine)))
    }
  }
}

extension JSONBuffer {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Any JSON.
private enum AnyJSON: Codable {
  case text(String)
  case truth(Bool)
  case whole(Int64)
  case large(UInt64)
  case number(Double)
  case list([AnyJSON])
  case object([String: AnyJSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .whole(value)
    } else if let value = try? container.decode(UInt64.self) {
      self = .large(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([AnyJSON].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: AnyJSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .truth(let value): try container.encode(value)
    case .whole(let value): try container.encode(value)
    case .large(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
