import ByteViews
import LMDB

/// Gives numbers to what rows have in common: those that it has in the case, or new ones.
struct Interning {
  private let tables: CaseTables

  init(_ tables: CaseTables) { self.tables = tables }

  /// The number of each record in `table`, from 1.
  func numbers(
    of records: [[UInt8]], in table: CaseTable, _ transaction: inout Transaction
  ) throws(CaseError) -> [UInt32] {
    guard !records.isEmpty else { return [] }
    var known: [[UInt8]: UInt32] = [:]
    try tables.scan(table, of: transaction) { key, value throws(CaseError) in
      if key.byteCount == 4 { known[[UInt8](copying: value)] = key.bigEndian(at: 0) }
      return true
    }
    var numbers: [UInt32] = []
    for record in records {
      if let number = known[record] {
        numbers.append(number)
        continue
      }
      let number = try next(known.count)
      try tables.put(record, for: LongName.key(of: number), in: table, of: &transaction)
      known[record] = number
      numbers.append(number)
    }
    return numbers
  }

  /// The number of each of these etcd keys.
  func numbers(
    ofLongNames names: [[UInt8]], _ transaction: inout Transaction
  ) throws(CaseError) -> [UInt32] {
    guard !names.isEmpty else { return [] }
    var last = try tables.lastKey(of: .names, of: transaction).map { $0.rawSpan.bigEndian(at: 0, as: UInt32.self) } ?? 0
    var numbers: [UInt32] = []
    for name in names {
      let digest = LongName.digest(of: name)
      if let number = try tables.value(of: digest, in: .longnames, of: transaction), number.count == 4 {
        numbers.append(number.rawSpan.bigEndian(at: 0))
        continue
      }
      last = try next(Int(last))
      try tables.put(name, for: LongName.key(of: last), in: .names, of: &transaction)
      try tables.put(LongName.key(of: last), for: digest, in: .longnames, of: &transaction)
      numbers.append(last)
    }
    return numbers
  }

  private func next(_ last: Int) throws(CaseError) -> UInt32 {
    guard let number = UInt32(exactly: last + 1) else { throw .tooMany("names") }
    return number
  }
}
