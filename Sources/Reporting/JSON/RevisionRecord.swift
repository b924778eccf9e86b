/// A finding's `revision`.
struct RevisionRecord: Encodable {
  let main: Int64
  let sub: Int64

  /// Writes the member.
  func write(to json: inout JSONBuffer) {
    json.object("revision") { json in
      json.member("main", main)
      json.member("sub", sub)
    }
  }
}
