import BoltFormat
import ByteViews
import Cryptography
import EtcdStorage

/// The SHA-256 of a snapshot as it streams by, at the places where its trailer may start.
///
/// Where a stream ends is not known before: the last 32 bytes are held back from the hash, until more come.
package struct TrailerHash: ~Copyable {
  /// What came of a stream.
  package struct Outcome: Sendable {
    /// Bytes in the stream.
    package var byteCount: UInt64 = 0
    /// The digests of its beginnings of these lengths.
    package var digests: [UInt64: SHA256Digest] = [:]
    /// The 32 bytes at these places.
    package var embedded: [UInt64: SHA256Digest] = [:]
    /// Where another database begins behind the image, if one does.
    package var secondDatabase: UInt64?
    /// Bytes at its end that lie in a hole and were not read.
    package private(set) var holeBytes: UInt64 = 0

    /// Takes note of bytes behind those that were read: of the whole there is no digest then.
    mutating func add(holeBytes count: UInt64) {
      guard count > 0 else { return }
      byteCount += count
      holeBytes += count
    }
  }

  private let imageBytes: UInt64
  private var hash = SHA256()
  private var hashedBytes: UInt64 = 0
  private var held: [UInt8] = []
  private var behindImage: [UInt8] = []
  private var outcome = Outcome()

  /// A hash of a stream whose meta page counts `imageBytes`.
  init(imageBytes: UInt64) {
    self.imageBytes = imageBytes
  }

  /// Takes the next bytes. O(n).
  package mutating func update(_ bytes: RawSpan) {
    keepBytesBehindImage(bytes)
    lookForSecondDatabase(bytes)
    outcome.byteCount += UInt64(bytes.byteCount)
    let trailerBytes = Int(Trailer.byteCount)
    guard bytes.byteCount >= trailerBytes else {
      held.append(bytes)
      let surplus = held.count - trailerBytes
      guard surplus > 0 else { return }
      let head = Array(held[..<surplus])
      held.removeFirst(surplus)
      return add(head)
    }
    add(held)
    add(bytes.extracting(droppingLast: trailerBytes))
    held.removeAll(keepingCapacity: true)
    held.append(bytes.extracting(last: trailerBytes))
  }

  /// Ends the stream.
  package consuming func finish() -> Outcome {
    outcome.digests[hashedBytes] = hash.digest()
    if held.count == Int(Trailer.byteCount) { outcome.embedded[hashedBytes] = SHA256Digest(bytes: held) }
    if behindImage.count == Int(Trailer.byteCount) { outcome.embedded[imageBytes] = SHA256Digest(bytes: behindImage) }
    let rest = held
    add(rest)
    outcome.digests[hashedBytes] = hash.digest()
    return outcome
  }

  private mutating func add(_ bytes: [UInt8]) {
    add(bytes.rawSpan)
  }

  /// Hashes `bytes`, and takes the digest where the image ends.
  private mutating func add(_ bytes: RawSpan) {
    let end = hashedBytes + UInt64(bytes.byteCount)
    guard hashedBytes <= imageBytes, imageBytes <= end else {
      hash.update(bytes)
      return hashedBytes = end
    }
    let head = Int(imageBytes - hashedBytes)
    hash.update(bytes.extracting(first: head))
    outcome.digests[imageBytes] = hash.digest()
    hash.update(bytes.extracting(droppingFirst: head))
    hashedBytes = end
  }

  /// Looks behind the image for meta page 0 of another database: where a page may begin, or behind a trailer there.
  ///
  /// Blocks that begin at a multiple of the least page size are looked through whole, and others not.
  private mutating func lookForSecondDatabase(_ bytes: RawSpan) {
    let (start, least) = (outcome.byteCount, UInt64(Meta.pageSizes.lowerBound))
    guard outcome.secondDatabase == nil, start % least == 0, imageBytes % least == 0 else { return }
    let first = imageBytes > start ? imageBytes - start : 0
    guard first < UInt64(bytes.byteCount) else { return }
    for page in stride(from: Int(first), to: bytes.byteCount, by: Meta.pageSizes.lowerBound) {
      for offset in [page, page + Int(Trailer.byteCount)] where bytes.byteCount - offset >= Meta.byteCount {
        guard HashVerification.isFirstMeta(bytes.extracting(offset..<offset + Meta.byteCount)) else { continue }
        return outcome.secondDatabase = start + UInt64(offset)
      }
    }
  }

  private mutating func keepBytesBehindImage(_ bytes: RawSpan) {
    let start = outcome.byteCount
    guard start + UInt64(bytes.byteCount) > imageBytes, behindImage.count < Int(Trailer.byteCount) else { return }
    let first = imageBytes > start ? Int(imageBytes - start) : 0
    behindImage.append(
      bytes.extracting(droppingFirst: first).extracting(first: Int(Trailer.byteCount) - behindImage.count))
  }
}
