import BoltFormat

/// One of a finding's `locations`.
struct LocationRecord: Encodable {
  let page: UInt64
  let offset: UInt64

  init(_ offset: ByteOffset, pageSize: Int) {
    self.page = offset.rawValue / UInt64(pageSize)
    self.offset = offset.rawValue
  }
}
