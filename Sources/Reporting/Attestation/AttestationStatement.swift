import Cryptography
import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The statements about one snapshot (in-toto Attestation Framework, Statement v1).
struct AttestationStatement {
  private let snapshot: SnapshotReport
  /// The SHA-256 of the database, without the trailer that has it.
  private let digest: String
  private let policy: Policy
  private let invocation: Invocation
  /// The policy's waivers that waive nothing.
  private let remarks: [WaiverRemark]
  private let checks: [SnapshotCheck]

  init(_ snapshot: SnapshotReport, digest: String, of report: Report, _ invocation: Invocation) {
    self.snapshot = snapshot
    self.digest = digest
    self.policy = report.policy
    self.remarks = WaiverRemark.all(of: report)
    self.invocation = invocation
    checks = SnapshotCheck.all(of: snapshot, policy: report.policy)
  }

  // MARK: Test result

  /// Writes the statement with predicate `test-result/v0.1`, on a line of its own.
  func writeTestResult(to json: inout JSONBuffer) {
    write("https://in-toto.io/attestation/test-result/v0.1", to: &json) { json in
      json.member("result", result)
      json.array("configuration") { writeConfiguration(to: &$0) }
      json.member("passedTests", names(of: [.passed]))
      json.member("warnedTests", names(of: [.warned, .waived]))
      json.member("failedTests", names(of: [.failed, .error, .unread]))
    }
  }

  private var result: String {
    if snapshot.verdict != .pass { return "FAILED" }
    return checks.contains { [.warned, .waived].contains($0.outcome) } ? "WARNED" : "PASSED"
  }

  /// The checks with one of `outcomes`, and of those with waived findings who accepted them, and why.
  private func names(of outcomes: Set<SnapshotCheck.Outcome>) -> [String] {
    checks.filter { outcomes.contains($0.outcome) }.map { check in
      let waivers = check.waived.waivers.map(FindingLine.waiver)
      return check.name + (waivers.isEmpty ? "" : " (\(waivers.joined(separator: "; ")))")
    }
  }

  /// What the snapshot was held against: the options of the call, and the files that they name.
  private func writeConfiguration(to json: inout JSONBuffer) {
    let options = InvocationDescription(invocation: invocation, policy: policy).options.joined(separator: " ")
    json.object { json in
      json.member("name", "options of atrest verify")
      json.object("digest") { $0.member("sha256", Self.digest(of: options)) }
      json.member("content", Data(options.utf8).base64EncodedString())
      json.member("mediaType", "text/plain")
    }
    if let configuration = policy.configuration {
      json.object { writeFile(configuration.path, configuration.digest, to: &$0) }
    }
    if let file = policy.file, let digest = file.digest {
      json.object { json in
        writeFile(file.path, digest, to: &json)
        guard !remarks.isEmpty else { return }
        json.object("annotations") { json in
          json.member("expiredWaivers", remarks.filter { $0.state == .expired }.map(\.text))
          json.member("unusedWaivers", remarks.filter { $0.state == .unused }.map(\.text))
        }
      }
    }
  }

  private func writeFile(_ path: String, _ digest: SHA256Digest, to json: inout JSONBuffer) {
    json.member("name", PrintableText(path).description.boundedName)
    if policy.redaction == nil {
      json.object("digest") { $0.member("sha256", digest.description) }
    } else {
      // What stands for the digest is none of the file: it identifies the file, as a descriptor must.
      json.member("uri", policy.text(of: digest))
    }
  }

  private static func digest(of text: String) -> String {
    var hash = SHA256()
    let bytes = Array(text.utf8)
    // Sound: a byte is initialized memory of any pattern.
    hash.update(unsafe bytes.span.bytes)
    return hash.digest().description
  }

  // MARK: Verification result

  /// Writes the statement with predicate `svr/v0.1`, on a line of its own, where the snapshot passes and a property holds.
  func writeVerificationResult(created: String, to json: inout JSONBuffer) {
    let properties = properties
    guard snapshot.verdict == .pass, !properties.isEmpty else { return }
    write("https://in-toto.io/attestation/svr/v0.1", to: &json) { json in
      json.object("verifier") { json in
        json.member("id", "urn:atrest:verify:\(Self.urnText(invocation.toolVersion))")
      }
      json.member("timeCreated", created)
      json.member("properties", properties)
    }
  }

  /// What holds: of each resource and layer examined, that all values are encrypted, of the live ones that there are some;
  /// and that the file is whole where its own SHA-256 says so.
  private var properties: [String] {
    checks.compactMap { check in
      guard let resource = check.resource, let layer = check.layer else {
        if case .match = snapshot.file.hash, check.isMinor { return "ATREST_SNAPSHOT_INTACT" }
        return nil
      }
      guard check.holds, check.values > 0 || layer != .live else { return nil }
      return "ATREST_ENCRYPTED_\(layer.rawValue.uppercased()):\(PrintableText(resource).description.boundedName)"
    }
  }

  /// `text` with hyphens for all that a URN can't have.
  private static func urnText(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
  }

  // MARK: Both

  private func write(_ type: String, to json: inout JSONBuffer, _ predicate: (inout JSONBuffer) -> Void) {
    json.object { json in
      json.member("_type", "https://in-toto.io/Statement/v1")
      json.array("subject") { json in
        json.object { json in
          json.member("name", PrintableText(snapshot.name).description.boundedName)
          json.object("digest") { $0.member("sha256", digest) }
        }
      }
      json.member("predicateType", type)
      json.object("predicate", predicate)
    }
    json.endLine()
  }
}
