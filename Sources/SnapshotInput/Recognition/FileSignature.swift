/// How a kind of file that is no text shows in its first bytes. Text is recognised by ``TextHead``.
struct FileSignature: Sendable {
  let content: FileContent
  /// Whether a file with these first bytes is of that kind.
  let matches: @Sendable (ArraySlice<UInt8>) -> Bool

  /// A kind that is known by fixed bytes at `offset`: one of `marks`.
  private init(_ content: FileContent, at offset: Int = 0, _ marks: [UInt8]...) {
    self.content = content
    matches = { head in marks.contains { head.dropFirst(offset).starts(with: $0) } }
  }

  private init(_ content: FileContent, where matches: @escaping @Sendable (ArraySlice<UInt8>) -> Bool) {
    self.content = content
    self.matches = matches
  }

  static let all: [FileSignature] = [
    FileSignature(.writeAheadLog, where: isWriteAheadLog),
    FileSignature(.raftSnapshot, where: isRaftSnapshot),
    FileSignature(.deltaSnapshot, where: isDeltaSnapshot),
    // sqlite.org/fileformat2.html, 1.3.
    FileSignature(.sqlite, Array("SQLite format 3\0".utf8)),
    // openssl-enc(1), which writes eight bytes before the salt; and the same in base64 (-a).
    FileSignature(.openssl, Array("Salted__".utf8), Array("U2FsdGVkX1".utf8)),
    // age-encryption.org/v1; and its armor.
    FileSignature(.age, Array("age-encryption.org/v".utf8), Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)),
    // RFC 9580, 6.2: the armor.
    FileSignature(.pgp, Array("-----BEGIN PGP ".utf8)),
    FileSignature(.pgp, where: isOpenPGP),
    FileSignature(.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    FileSignature(.rar, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]),
    // APPNOTE.TXT 4.3.16: an archive that begins with its end.
    FileSignature(.emptyZip, [0x50, 0x4B, 0x05, 0x06]),
    FileSignature(.lzip, Array("LZIP\u{0}".utf8), Array("LZIP\u{1}".utf8)),
    FileSignature(.lzop, [0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A]),
    // RFC 1740, appendix B.
    FileSignature(.appleDouble, [0x00, 0x05, 0x16, 0x07, 0x00, 0x02, 0x00, 0x00]),
    FileSignature(.elf, [0x7F, 0x45, 0x4C, 0x46]),
    FileSignature(.httpChunks, where: isChunked),
  ]

  /// etcd, server/storage/wal/encoder.go: a frame begins with its length in eight bytes, of which the highest tells of
  /// padding; the first record is walpb's {type: 4, crc: …}.
  private static func isWriteAheadLog(_ head: ArraySlice<UInt8>) -> Bool {
    guard head.dropFirst(8).starts(with: [0x08, 0x04, 0x10]) else { return false }
    return head.dropFirst(1).prefix(6).allSatisfy { $0 == 0 }
  }

  /// etcd, server/etcdserver/api/snap/snappb: crc 1, then data 2, a raftpb.Snapshot, whose data 1 is the JSON of the
  /// store of API v2.
  private static func isRaftSnapshot(_ head: ArraySlice<UInt8>) -> Bool {
    var rest = head
    guard rest.popFirst() == 0x08, rest.skipVarint(), rest.popFirst() == 0x12, rest.skipVarint() else { return false }
    return rest.popFirst() == 0x0A && rest.skipVarint() && rest.first == UInt8(ascii: "{")
  }

  /// Gardener's etcd-backup-restore, pkg/snapshot/snapshotter: a list of events in JSON, behind which stands its SHA-256.
  static func isDeltaSnapshot(_ head: ArraySlice<UInt8>) -> Bool {
    let text = head.prefix(256).filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return text.starts(with: Array("[{\"etcdEvent\"".utf8))
  }

  /// RFC 9580, 4.2: the header of a packet; 5.1 and 5.3: what an encrypted message begins with, a session key that is
  /// encrypted by a public key (tag 1) or by a password (tag 3).
  private static func isOpenPGP(_ head: ArraySlice<UInt8>) -> Bool {
    guard let first = head.first, first & 0x80 != 0, head.count >= 24 else { return false }
    let isNew = first & 0x40 != 0
    let tag = isNew ? first & 0x3F : first >> 2 & 0x0F
    let length = head.dropFirst()
    let lengthBytes = isNew ? (length[length.startIndex] < 192 ? 1 : 2) : [1, 2, 4, 0][Int(first & 3)]
    guard lengthBytes > 0 else { return false }
    let body = Array(length.dropFirst(lengthBytes))
    switch (tag, body[0]) {
    case (1, 3): return [1, 2, 16, 18, 25, 26].contains(body[9])
    case (1, 6): return true
    case (3, 4): return (1...13).contains(body[1]) && [0, 1, 3, 4].contains(body[2])
    case (3, 5), (3, 6): return true
    default: return false
    }
  }

  /// RFC 9112, 7.1: a chunk begins with its size in hexadecimal digits, alone in a line. What follows must be a snapshot
  /// or a container.
  private static func isChunked(_ head: ArraySlice<UInt8>) -> Bool {
    let digits = head.prefix(16).prefix {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...0x66 ~= $0 | 0x20
    }
    let content = head.dropFirst(digits.count)
    guard !digits.isEmpty, content.starts(with: [0x0D, 0x0A]) else { return false }
    return StreamContent.isPacked(content.dropFirst(2))
  }
}

extension ArraySlice<UInt8> {
  /// Passes over a varint of at most ten bytes; answers whether there was one.
  fileprivate mutating func skipVarint() -> Bool {
    for _ in 0..<10 {
      guard let byte = popFirst() else { return false }
      if byte < 0x80 { return true }
    }
    return false
  }
}
