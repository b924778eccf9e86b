import Cryptography
import EtcdStorage
import Foundation
import TestSupport
import ValueAuthentication

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

/// A snapshot that is damaged over and over, in one place at a time, and what both readers say of it.
///
/// Both compute all errors, and the same ones in the same order: what the scan doesn't find sound, it leaves to the walk
/// of the tree.
///
/// A stream can't be read again: of a page that is not sound in every respect it says `page-unsound`, where the walk says
/// what is wrong with it or reads it all the same, and has none of its rows. So where the file has an error the stream has
/// one, perhaps another; and where it has no error, it says what the file says, but for the layer of rows that matter
/// although they lie outside the scope.
final class DamagedSnapshot {
  /// How the SHA-256 is dealt with.
  enum Hash: CaseIterable, Sendable {
    /// It is checked, and belongs to the undamaged snapshot.
    case kept
    /// It is checked, and was taken after the damage was done.
    case recomputed
    /// It is not asked for.
    case skipped
  }

  /// The undamaged snapshot.
  let intact: [UInt8]
  private var bytes: [UInt8]
  private let hashingScan: Verifier
  private let hashingWalk: Verifier
  private let skippingScan: Verifier
  private let skippingWalk: Verifier
  private let directory: TemporaryDirectory
  private let path: String
  private let file: FileHandle

  /// A snapshot of these bytes, the last 32 of which are its SHA-256, which is judged under `policy`, and its values
  /// by `keys`, if there are any.
  init(_ intact: [UInt8], _ policy: Policy = Policy.rows(failOn: nil), keys: KeyRing? = nil) throws {
    self.intact = intact
    hashingScan = Verifier(policy, keys, .verified, .scan)
    hashingWalk = Verifier(policy, keys, .verified, .tree)
    skippingScan = Verifier(policy, keys, .skipped, .scan)
    skippingWalk = Verifier(policy, keys, .skipped, .tree)
    bytes = intact
    directory = try TemporaryDirectory()
    path = try directory.file("backup.db", intact)
    file = try FileHandle(forUpdating: URL(filePath: path))
  }

  /// Hands out the snapshot with the bits of `mask` flipped in the byte at `offset`.
  func withByte(at offset: Int, flipping mask: UInt8, _ hash: Hash, _ body: (DamagedSnapshot) throws -> Void) throws {
    try withBytes(offset..<offset + 1, flipping: mask, hash, body)
  }

  /// Hands out the snapshot with the bits of `mask` flipped in each byte of `range`.
  func withBytes(
    _ range: Range<Int>, flipping mask: UInt8, _ hash: Hash, _ body: (DamagedSnapshot) throws -> Void
  ) throws {
    for offset in range { bytes[offset] ^= mask }
    try store(range)
    let trailer = intact.count - 32..<intact.count
    if hash == .recomputed {
      bytes.replaceSubrange(trailer, with: digest(ofFirst: trailer.lowerBound))
      try store(trailer)
    }
    try body(self)
    bytes.replaceSubrange(range, with: intact[range])
    try store(range)
    if hash == .recomputed {
      bytes.replaceSubrange(trailer, with: intact[trailer])
      try store(trailer)
    }
  }

  /// Cuts the snapshot off after `count` bytes: to be called with ever smaller counts.
  func cut(to count: Int) throws {
    bytes.removeSubrange(count...)
    try file.truncate(atOffset: UInt64(count))
  }

  /// Hands out the snapshot with the SHA-256 of its bytes, as they are, behind them.
  func withDigest(_ body: (DamagedSnapshot) throws -> Void) throws {
    let end = bytes.count
    bytes += digest(ofFirst: end)
    try store(end..<bytes.count)
    try body(self)
    try cut(to: end)
  }

  private func digest(ofFirst count: Int) -> [UInt8] {
    var sum = SHA256()
    let bytes = bytes
    // Sound: a byte is initialized memory of any pattern.
    sum.update(unsafe bytes.span.bytes.extracting(0..<count))
    return sum.digest().bytes
  }

  private func store(_ range: Range<Int>) throws {
    try file.seek(toOffset: UInt64(range.lowerBound))
    try file.write(contentsOf: bytes[range])
  }

  /// What `reader` says of the file.
  func report(_ hash: Hash, _ reader: ReadingOptions.Reader = .scan) -> SnapshotReport {
    verifier(hash, reader).verify(path: path)
  }

  /// What the scan by so many workers, in blocks of so many bytes, says of the file.
  func report(_ hash: Hash, workers: Int, blockBytes: Int) -> SnapshotReport {
    let options = ReadingOptions(workers: workers, blockBytes: blockBytes)
    return Verifier(policy: verifier(hash, .scan).policy, options: options).verify(path: path)
  }

  /// What the SHA-256 by itself says of the bytes with the bits of `mask` flipped in the one at `offset`.
  func hashVerification(flipping mask: UInt8, at offset: Int) -> HashVerification {
    let imageBytes = UInt64(intact.count) - Trailer.byteCount
    var hash = TrailerHash(imageBytes: imageBytes)
    var bytes = intact
    bytes[offset] ^= mask
    // Sound: a byte is initialized memory of any pattern.
    hash.update(unsafe bytes.span.bytes)
    return HashVerification(of: hash.finish(), imageBytes: imageBytes)
  }

  /// The most bytes that go into a pipe before somebody reads (pipe(7)).
  static let pipeBytes = 1 << 16

  /// What is said of the bytes when they come through a pipe, in which they lie before the reading begins.
  ///
  /// - Precondition: they are ``pipeBytes`` at most.
  func streamed(_ hash: Hash) throws -> SnapshotReport {
    precondition(bytes.count <= Self.pipeBytes, "a pipe has no room for \(bytes.count) bytes")
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: bytes)
    try pipe.fileHandleForWriting.close()
    return withExtendedLifetime(pipe) {
      verifier(hash, .scan).verify(path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    }
  }

  private func verifier(_ hash: Hash, _ reader: ReadingOptions.Reader) -> Verifier {
    switch (hash, reader) {
    case (.skipped, .scan): skippingScan
    case (.skipped, .tree): skippingWalk
    case (_, .scan): hashingScan
    case (_, .tree): hashingWalk
    }
  }
}

extension Verifier {
  /// A verifier that reads with little effort.
  fileprivate init(
    _ policy: Policy, _ keys: KeyRing?, _ hash: Policy.HashRequirement, _ reader: ReadingOptions.Reader
  ) {
    var policy = policy
    policy.hash = hash
    self.init(
      policy: policy, keys: keys, options: ReadingOptions(reader: reader, workers: 1, blockBytes: 1 << 15))
  }
}

extension SnapshotReport {
  /// How many rows in scope there are, by what they are.
  private var rowsByClass: [Int] {
    let sum = resources.flatMap { [$0.live, $0.history] }
    return [
      sum.map(\.plaintext), sum.map(\.encrypted), sum.map(\.malformed), sum.map(\.unknownEnvelope),
      sum.map(\.unrecognized), sum.map(\.empty),
    ].map { $0.reduce(0, +) }
  }

  /// How many rows in scope are not, or not as what they were, in `other`.
  func rowsLost(in other: SnapshotReport) -> Int {
    zip(rowsByClass, other.rowsByClass).map { max(0, $0 - $1) }.reduce(0, +)
  }

  /// What is said of a stream that can't be, beside what `file` says of the same bytes in a file.
  func disagreements(with file: SnapshotReport) -> [String] {
    if errors.isEmpty, !file.errors.isEmpty { return ["no errors, of the file \(file.errors)"] }
    guard errors.isEmpty else { return [] }
    var apart = ["path"]
    let outside = [Rule.misplacedObject, .keysBesideData]
    if outside.contains(where: { findingCounts[$0] != nil || file.findingCounts[$0] != nil }) {
      apart += ["findings", "findingCounts", "layerCounts", "severities", "verdict"]
    }
    return differences(from: file).filter { difference in
      !apart.contains { difference.hasPrefix("\($0): ") }
    }
  }
}
