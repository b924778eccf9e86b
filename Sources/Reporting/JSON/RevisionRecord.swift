/// A finding's `revision`.
struct RevisionRecord: Encodable {
  let main: Int64
  let sub: Int64
}
