import BoltFormat

/// One of a finding's `locations`.
struct LocationRecord {
  let page: UInt64
  let offset: UInt64

  init(_ offset: ByteOffset, pageSize: Int) {
    self.page = offset.rawValue / UInt64(pageSize)
    self.offset = offset.rawValue
  }

  /// Writes the element.
  func write(to json: inout JSONBuffer) {
    json.object { json in
      json.member("offset", offset)
      json.member("page", page)
    }
  }
}
