import BoltFormat

/// What a stream holds, by its first bytes.
enum StreamContent: Equatable {
  /// A bbolt file, perhaps with a damaged meta page.
  case snapshot
  case container(Container)
  /// Something else that is known.
  case file(FileContent)
  /// Nothing that is known: a damaged snapshot perhaps.
  case other

  /// Looks at the bytes to come, and leaves them to be read.
  ///
  /// bbolt goes first: meta page 0 by its magic number; or, where that page is damaged and perhaps looks like a
  /// container by now, an intact meta page 1. A damaged one counts only when nothing else is recognised. Page sizes are
  /// those of real machines, up to 64 KiB.
  init(of stream: ByteStream) {
    if Self.isMeta(stream.lookAhead(Meta.byteCount), at: 0) {
      self = .snapshot
      return
    }
    let head = stream.lookAhead(Self.headBytes)
    let sizes = sequence(first: Self.pageSizes.lowerBound) { $0 * 2 }.prefix(while: Self.pageSizes.contains)
    let candidates = sizes.filter { Self.isMeta(head, at: $0) }
    if candidates.contains(where: { Self.isSecondMeta(head, pageSize: $0) }) {
      self = .snapshot
    } else if let container = Self.container(head) {
      self = .container(container)
    } else if !candidates.isEmpty {
      self = .snapshot
    } else if !head.isEmpty, let content = FileContent(of: head, isWhole: head.count < Self.headBytes) {
      self = .file(content)
    } else {
      self = .other
    }
  }

  /// Bytes that are looked at.
  static let headBytes = pageSizes.upperBound + Meta.byteCount

  /// Whether `head` begins like a snapshot or a container of one.
  static func isPacked(_ head: ArraySlice<UInt8>) -> Bool { isMeta(head, at: 0) || container(head) != nil }

  private static let pageSizes = Meta.pageSizes.lowerBound...65_536

  /// Whether bbolt's magic number stands in the page at `offset`, in either byte order.
  private static func isMeta(_ head: ArraySlice<UInt8>, at offset: Int) -> Bool {
    let bytes = head.dropFirst(offset + 16).prefix(4)
    return bytes.elementsEqual([0xED, 0xDA, 0x0C, 0xED]) || bytes.elementsEqual([0xED, 0x0C, 0xDA, 0xED])
  }

  /// Whether meta page 1 of a file with such pages is intact. A meta page 0 that merely lies further back, as in an
  /// archive, has another number.
  private static func isSecondMeta(_ head: ArraySlice<UInt8>, pageSize: Int) -> Bool {
    let page = Array(head.dropFirst(pageSize).prefix(Meta.byteCount))
    // Sound: a byte is initialized memory of any pattern.
    guard let meta = try? Meta(decoding: unsafe page.span.bytes, index: 1, at: UInt64(pageSize)) else { return false }
    return meta.pageSize == pageSize && meta.header.id == PageID(1)
  }

  /// The container by its mark. The mark of zlib is two bytes that other files may well begin with, so it counts only
  /// when what follows can be inflated.
  private static func container(_ head: ArraySlice<UInt8>) -> Container? {
    let container = Container(recognizing: Array(head.prefix(Container.probeBytes)))
    if container == .zlib, !Inflater.canBegin(with: head) { return nil }
    return container ?? (isLZW(head) ? .lzw : nil)
  }

  /// Whether a full or a delta snapshot of Gardener's comes out when `head` is unpacked as LZW.
  private static func isLZW(_ head: ArraySlice<UInt8>) -> Bool {
    LZWDecoder.canBegin(with: head, unpackedTo: headBytes) { unpacked in
      isMeta(unpacked, at: 0) || FileSignature.isDeltaSnapshot(unpacked)
    }
  }
}
