/// What a page is: exactly one of four flags (bbolt internal/common/page.go).
@frozen
public enum PageKind: UInt16, Hashable, Sendable, CaseIterable {
  /// Elements that refer to further pages of a tree.
  case branch = 0x01
  /// Elements with keys and values, or with buckets.
  case leaf = 0x02
  /// Page 0 or 1: where the root, the freelist and the end of the pages are.
  case meta = 0x04
  /// The numbers of pages that may be written to again.
  case freelist = 0x10
}
