extension Tree {
  /// How many pages the stored freelist names, by its own count, which may be forged; nil when none is stored, or none
  /// can be read where the meta page says.
  public var freelistEntries: UInt64? {
    guard meta.storesFreelist, meta.freelist.rawValue < pageBound else { return nil }
    var bytes: [UInt8] = []
    do throws(BoltError) {
      try source.read(PageHeader.byteCount + 8, at: start(of: meta.freelist).rawValue, into: &bytes)
    } catch {
      return nil
    }
    let header = PageHeader(decoding: bytes.rawSpan, meta.byteOrder)
    guard header.id == meta.freelist, header.kind == .freelist else { return nil }
    guard header.count == PageHeader.escapeCount else { return UInt64(header.count) }
    return bytes.rawSpan.integer(at: PageHeader.byteCount, as: UInt64.self, meta.byteOrder)
  }

  /// Where in the file the stored freelist lies, without its header; nil when none is stored, or none lies where the meta
  /// page says.
  public var freelistBytes: Range<UInt64>? {
    guard freelistEntries != nil else { return nil }
    var bytes: [UInt8] = []
    let start = start(of: meta.freelist).rawValue
    guard (try? source.read(PageHeader.byteCount, at: start, into: &bytes)) != nil else { return nil }
    let overflow = UInt64(PageHeader(decoding: bytes.rawSpan, meta.byteOrder).overflow)
    guard overflow < pageBound - meta.freelist.rawValue else { return nil }
    return (start + UInt64(PageHeader.byteCount))..<(start + (overflow + 1) * UInt64(meta.pageSize))
  }
}
