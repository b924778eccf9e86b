import ByteViews

/// What a stream of gzip, zlib or zstd unfolds to, as far as the work for it is allowed: in memory alone.
struct Unfolding {
  /// How the unfolding ended.
  enum End: Equatable {
    /// With the stream, or the last of several.
    case whole(at: Int)
    /// After as many bytes as the limit allows.
    case limited
    /// The bytes are none of the format, or end early.
    case broken
  }

  /// What came to light. To be overwritten by ``wipe()``.
  private(set) var bytes: [UInt8] = []
  private(set) var end = End.broken
  /// Bytes that were read, decoded, or written to tables.
  private var examined = 0
  /// Whether the bytes are more than chance can bring about: so many were decoded, or a checksum is right.
  private(set) var isConvincing = false
  /// Whether the packed bytes end before gzip or zlib do: more of them might unfold to more, or end elsewhere.
  private(set) var isCut = false

  /// What begins at `start` of `packed`; nil where no stream does. O(`limit`), and of gzip O(its names).
  ///
  /// - Parameter total: grows by the bytes that were read, decoded, or written to tables, also where no stream begins: a
  ///   forger can begin a name at every fourth byte that ends nowhere.
  init?(_ packed: RawSpan, at start: Int, atMost limit: Int, examined total: inout Int) {
    defer { total += examined }
    switch PackedHead.format(of: packed, at: start) {
    case .gzip: guard unfoldGzip(packed, start, limit) else { return nil }
    case .zlib: unfoldZlib(packed, start + PackedHead.zlibBytes, limit)
    case .zstd: unfoldZstd(packed, start, limit)
    case nil: return nil
    }
  }

  /// Overwrites what came to light.
  mutating func wipe() {
    // Sound: the buffer is the array's own.
    unsafe bytes.withUnsafeMutableBytes { unsafe KubernetesStorage.wipe($0) }
  }

  /// The members of gzip, one behind the other (RFC 1952 §2.2); false where not even one begins.
  private mutating func unfoldGzip(_ packed: RawSpan, _ start: Int, _ limit: Int) -> Bool {
    var next = start
    while let data = PackedHead.gzipData(in: packed, at: next, &examined), examined <= limit {
      var reader = DeflateReader(packed, from: data, isWhole: true, atMost: limit - examined)
      defer { reader.wipe() }
      let outcome = reader.read()
      bytes += reader.decoded
      examined += reader.examined
      isConvincing = isConvincing || reader.isConvincing
      isCut = reader.isCut
      guard case .ended(let dataEnd, _, _) = outcome else {
        end = outcome == .limited ? .limited : .broken
        return true
      }
      // Of a file that was cut, checksum and length may be missing.
      next = min(dataEnd + 8, packed.byteCount)
      end = .whole(at: next)
      isCut = PackedHead.mayBeginGzip(packed, at: next)
    }
    return next > start
  }

  private mutating func unfoldZlib(_ packed: RawSpan, _ data: Int, _ limit: Int) {
    var reader = DeflateReader(packed, from: data, isWhole: true, atMost: limit)
    defer { reader.wipe() }
    let outcome = reader.read()
    bytes = reader.decoded
    examined = reader.examined
    isCut = reader.isCut
    switch outcome {
    case .ended(let dataEnd, _, let adler32):
      isCut = dataEnd + 4 > packed.byteCount
      end = .whole(at: min(dataEnd + 4, packed.byteCount))
      isConvincing =
        dataEnd + 4 <= packed.byteCount
        && (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(packed.byte(at: dataEnd + $1)) } == adler32
    case .limited: end = .limited
    case .goesOn, .broken: end = .broken
    }
  }

  private mutating func unfoldZstd(_ packed: RawSpan, _ start: Int, _ limit: Int) {
    var reader = ZstdReader(packed, from: start, atMost: limit)
    defer { reader.wipe() }
    let streamEnd = reader.read()
    bytes = reader.output
    examined = reader.examined
    isConvincing = streamEnd != nil
    end = reader.isLimited ? .limited : streamEnd.map { .whole(at: $0) } ?? .broken
  }
}
