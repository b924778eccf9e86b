import BoltFormat
import ByteViews
import KubernetesStorage

/// The places of the directories met lately: nearly all rows in scope lie in one that others went by in.
///
/// A directory is a key up to its last slash. What a ``PrefixTable`` says of a key follows from it, and from how often the
/// table has changed, as long as the value is encrypted.
///
/// Worth its lines: without it, a store of 1.25 million rows in 586 MB, three in ten of them encrypted Secrets, takes 1.34
/// times the processor time (medians of 5, without SHA-256 and residue).
struct PlaceCache: Sendable {
  /// What is known of all encrypted rows of a directory.
  package struct Known: Sendable {
    package let place: Candidate.Place
    package let evidence: PrefixEvidence
    /// Bytes of the etcd prefix below which it lies.
    package let prefixBytes: Int
    package let tree: StorageTree
  }

  private struct Entry: Sendable {
    package let directory: ShortBytes
    package let changes: Int
    package let known: Known
  }

  /// A power of two: of namespaces that are used at one time there are some hundreds at most.
  private var entries = [Entry?](repeating: nil, count: 256)

  /// What is known of `key`, while the table of prefixes has changed so often; nil when its directory was not met.
  func known(of key: RawSpan, _ changes: Int) -> Known? {
    let directory = key.directory
    // The name after the directory is never empty.
    guard directory.byteCount < key.byteCount else { return nil }
    let slot = Self.slot(of: directory)
    return known(directory, at: slot, changes) ?? known(directory, at: slot ^ 1, changes)
  }

  private func known(_ directory: RawSpan, at slot: Int, _ changes: Int) -> Known? {
    guard let entry = entries[slot], entry.changes == changes, entry.directory.count == directory.byteCount,
      entry.directory.begin(directory)
    else { return nil }
    return entry.known
  }

  /// Notes what `observed`, the answer for `key` of a table that has changed so often, means for its directory.
  ///
  /// A system namespace gets another answer than others of its directory.
  mutating func note(_ known: Known, of key: RawSpan, _ changes: Int) {
    let directory = key.directory
    guard directory.byteCount < key.byteCount, !directory.ends("/namespaces/"), let bytes = ShortBytes(directory) else {
      return
    }
    let slot = Self.slot(of: directory)
    // Each directory has two slots; the one that came last pushes the one before into the other.
    entries[slot ^ 1] = entries[slot]
    entries[slot] = Entry(directory: bytes, changes: changes, known: known)
  }

  /// Where `directory` belongs; those that are too short share a place that stays empty.
  private static func slot(of directory: RawSpan) -> Int {
    guard directory.byteCount >= 8 else { return 0 }
    var hash = UInt64(directory.byteCount)
    var offset = 0
    while offset < directory.byteCount {
      hash ^= hash >> 32 ^ directory.word(at: min(offset, directory.byteCount - 8))
      hash &*= 0x9E37_79B9_7F4A_7C15
      offset += 8
    }
    return Int(hash >> 56)
  }
}

extension RawSpan {
  /// The bytes up to the last slash, and the slash; none where there is no slash.
  fileprivate var directory: RawSpan {
    @_lifetime(copy self)
    get {
      var end = byteCount
      // Eight bytes at once, where none of them is a slash.
      while end >= 8 {
        let difference = word(at: end - 8) ^ 0x2F2F_2F2F_2F2F_2F2F
        guard (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 == 0 else { break }
        end -= 8
      }
      while end > 0, byte(at: end - 1) != UInt8(ascii: "/") { end -= 1 }
      return extracting(first: end)
    }
  }

  fileprivate func ends(_ text: StaticString) -> Bool {
    let start = byteCount - text.utf8CodeUnitCount
    guard start >= 0 else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      // Sound: a static string literal owns `utf8CodeUnitCount` bytes for the life of the process.
      guard byte(at: start + index) == (unsafe text.utf8Start[index]) else { return false }
    }
    return true
  }
}
