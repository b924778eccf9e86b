/// What a walk through the tree reports, in file order of the buckets and key order of the rows.
public protocol TreeVisitor {
  /// A bucket begins; its rows follow. Sub-buckets are entered where their key stands.
  mutating func enter(_ bucket: Bucket)
  /// A row of the bucket entered last.
  mutating func visit(_ row: borrowing Row)
  /// The bucket entered last ends; rows of its parent follow.
  mutating func leave(_ bucket: Bucket)
  /// A page of the tree was read to its end. Inline buckets have no page of their own.
  mutating func finish(_ page: PageUse)
  /// Something is not as bbolt writes it. The walk goes on.
  mutating func find(_ error: BoltError)
}
