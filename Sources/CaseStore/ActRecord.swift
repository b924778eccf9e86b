import ByteViews
import Cryptography
import VerificationModel

/// An entry of the log, as table ``CaseTable/log`` has it: its number (8) to its digest (32) and its record.
///
/// The digest is the SHA-256 of that of the entry before, 32 zeros before the first, and of the record.
struct ActRecord: Hashable, Sendable {
  /// What came of a file, with snapshots by the numbers that they got when they were taken in.
  enum Outcome: Hashable, Sendable {
    case added(Place)
    case known(Place)
    case failed(String)
  }

  /// A snapshot; and the SHA-256 of its record, by which the log vouches for it, and for the digest of its rows in it.
  struct Place: Hashable, Sendable {
    let cluster: UInt16
    let ordinal: UInt32
    /// The name of the cluster.
    let clusterName: String
    let record: SHA256Digest
  }

  let call: CaseCall
  var evidence: CaseAct.Evidence?
  var outcome: Outcome?
}

extension ActRecord {
  /// What is before the first entry.
  static let start = SHA256Digest(bytes: [UInt8](repeating: 0, count: SHA256Digest.byteCount))

  /// The digest of an entry behind one whose digest is `previous`.
  static func digest(after previous: SHA256Digest, _ record: [UInt8]) -> SHA256Digest {
    var hash = SHA256()
    hash.update(previous.bytes.rawSpan)
    hash.update(record.rawSpan)
    return hash.digest()
  }

  var record: [UInt8] {
    var writer = FieldWriter()
    writer.put(call.time)
    for text in [call.user, call.host, call.release, call.act] { writer.put(text) }
    writer.put(each: call.arguments) { $0.put($1) }
    writer.put(evidence) {
      $0.put($1.path)
      $0.put($1.member) { $0.put($1) }
      $0.put($1.digest) { $0.put($1.bytes) }
      $0.put($1.bytes) { $0.put($1) }
    }
    writer.put(outcome) { writer, outcome in
      switch outcome {
      case .added(let place):
        writer.put(UInt8(1))
        place.put(to: &writer)
      case .known(let place):
        writer.put(UInt8(2))
        place.put(to: &writer)
      case .failed(let reason):
        writer.put(UInt8(3))
        writer.put(reason)
      }
    }
    return writer.bytes
  }

  init(_ reader: inout FieldReader) throws(CaseError) {
    let time: Int64 = try reader.integer()
    let (user, host, release, act) = (
      try reader.text(), try reader.text(), try reader.text(), try reader.text()
    )
    let arguments = try reader.list { reader throws(CaseError) in try reader.text() }
    call = CaseCall(time: time, user: user, host: host, release: release, act: act, arguments: arguments)
    evidence = try reader.optional { reader throws(CaseError) in
      CaseAct.Evidence(
        path: try reader.text(), member: try reader.optional { reader throws(CaseError) in try reader.text() },
        digest: try reader.optional { reader throws(CaseError) in try reader.digest() },
        bytes: try reader.optional { reader throws(CaseError) in try reader.integer() })
    }
    outcome = try reader.optional { reader throws(CaseError) in
      switch try reader.integer(UInt8.self) {
      case 1: .added(try Place(&reader))
      case 2: .known(try Place(&reader))
      case 3: .failed(try reader.text())
      default: throw reader.damage
      }
    }
    try reader.end()
  }
}

extension ActRecord.Place {
  fileprivate func put(to writer: inout FieldWriter) {
    writer.put(cluster)
    writer.put(ordinal)
    writer.put(clusterName)
    writer.put(record.bytes)
  }

  fileprivate init(_ reader: inout FieldReader) throws(CaseError) {
    cluster = try reader.integer()
    ordinal = try reader.integer()
    clusterName = try reader.text()
    record = try reader.digest()
  }
}
