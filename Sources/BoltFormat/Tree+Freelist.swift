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
}
