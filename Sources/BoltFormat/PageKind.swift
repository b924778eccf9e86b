/// What a page is: exactly one of four flags (bbolt internal/common/page.go).
@frozen
public enum PageKind: UInt16, Hashable, Sendable, CaseIterable {
  case branch = 0x01
  case leaf = 0x02
  case meta = 0x04
  case freelist = 0x10
}
