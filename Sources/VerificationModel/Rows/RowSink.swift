/// Who listens to the rows of a store: to each that a report is about, in whatever layer, without a cap.
package protocol RowSink {
  /// Takes the next row.
  mutating func take(_ row: StoredRow)
}
