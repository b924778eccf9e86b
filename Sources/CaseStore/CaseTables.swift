import ByteViews
import Cryptography
import LMDB
import VerificationModel

/// The tables of an open case, and how their entries are read and written: each value with its checksum.
struct CaseTables {
  private let tables: [CaseTable: StoreTable]

  /// Opens the tables.
  init(_ transaction: borrowing Transaction) throws(CaseError) {
    var tables: [CaseTable: StoreTable] = [:]
    do throws(LMDBError) {
      for table in CaseTable.allCases { tables[table] = try transaction.table(table.rawValue) }
    } catch {
      throw CaseError(error)
    }
    self.tables = tables
  }

  /// Makes the tables of a case, with nothing in them.
  init(makingEmpty transaction: inout Transaction) throws(CaseError) {
    var tables: [CaseTable: StoreTable] = [:]
    do throws(LMDBError) {
      for table in CaseTable.allCases { tables[table] = try transaction.makeTable(table.rawValue) }
    } catch {
      throw CaseError(error)
    }
    self.tables = tables
  }

  // MARK: The form

  private static let version = Array("version".utf8)
  private static let digestKey = Array("digest key".utf8)

  /// Notes the form of the case, and by what the key of its digests is recognised.
  func putForm(_ digestKey: SecretBytes, to transaction: inout Transaction) throws(CaseError) {
    var version: [UInt8] = []
    version.append(bigEndian: CaseTable.version)
    try put(version, for: Self.version, in: .about, of: &transaction)
    try put(Self.sign(of: digestKey), for: Self.digestKey, in: .about, of: &transaction)
  }

  /// Throws where `key` is not that of the digests that the case has.
  func checkDigestKey(_ key: SecretBytes, _ transaction: borrowing Transaction) throws(CaseError) {
    guard try value(of: Self.digestKey, in: .about, of: transaction) == Self.sign(of: key) else {
      throw .digestKey("is that of another case")
    }
  }

  /// Throws where nothing tells of which key the digests are.
  func checkDigestKeySign(_ transaction: borrowing Transaction) throws(CaseError) {
    guard try value(of: Self.digestKey, in: .about, of: transaction)?.count == SHA256Digest.byteCount else {
      throw .damaged("it does not tell of which key its digests are")
    }
  }

  private static func sign(of key: SecretBytes) -> [UInt8] {
    key.withBytes { key in
      var code = HMACSHA256(key: key)
      return code.code(of: Self.digestKey.rawSpan).bytes
    }
  }

  /// Throws where the case has another form than this release reads.
  func checkVersion(_ transaction: borrowing Transaction) throws(CaseError) {
    guard let value = try value(of: Self.version, in: .about, of: transaction), value.count == 4 else {
      throw .notCase
    }
    let version: UInt32 = value.rawSpan.bigEndian(at: 0)
    guard version == CaseTable.version else { throw version > CaseTable.version ? .newer(version: version) : .notCase }
  }

  /// What LMDB has of a table.
  func table(_ table: CaseTable) throws(CaseError) -> StoreTable {
    guard let table = tables[table] else { throw .notCase }
    return table
  }

  // MARK: Entries

  /// A copy of the value under `key`, without its checksum; nil where there is none.
  func value(
    of key: [UInt8], in table: CaseTable, of transaction: borrowing Transaction
  ) throws(CaseError) -> [UInt8]? {
    let number = try self.table(table)
    do throws(LMDBError) {
      guard let value = try transaction.value(for: key.rawSpan, in: number) else { return nil }
      if let payload = RecordChecksum.checked(value, of: key.rawSpan) { return [UInt8](copying: payload) }
    } catch {
      throw CaseError(error)
    }
    throw .damaged("an entry of table \(table.rawValue) was changed")
  }

  /// Stores `value` under `key`.
  func put(
    _ value: [UInt8], for key: [UInt8], in table: CaseTable, of transaction: inout Transaction
  ) throws(CaseError) {
    var value = value
    value.appendChecksum(of: key.rawSpan)
    let number = try self.table(table)
    do throws(LMDBError) { try transaction.put(value.rawSpan, for: key.rawSpan, in: number) } catch {
      throw CaseError(error)
    }
  }

  /// Hands every entry from `start` on to `body`, until that answers false: the key, and the value without its checksum.
  ///
  /// Throws where the checksum of an entry is wrong.
  func scan(
    _ table: CaseTable, from start: [UInt8] = [], of transaction: borrowing Transaction,
    _ body: (RawSpan, RawSpan) throws(CaseError) -> Bool
  ) throws(CaseError) {
    try scan(
      table, from: start, of: transaction,
      damaged: { _ throws(CaseError) in
        throw .damaged("an entry of table \(table.rawValue) was changed")
      }, body)
  }

  /// The same; the keys of entries whose checksum is wrong go to `damaged` instead.
  func scan(
    _ table: CaseTable, from start: [UInt8] = [], of transaction: borrowing Transaction,
    damaged: (RawSpan) throws(CaseError) -> Void, _ body: (RawSpan, RawSpan) throws(CaseError) -> Bool
  ) throws(CaseError) {
    let number = try self.table(table)
    var failure: CaseError?
    do throws(LMDBError) {
      var cursor = try transaction.cursor(over: number)
      var isFound = try cursor.seek(to: start.rawSpan)
      while isFound {
        do throws(CaseError) {
          if let value = RecordChecksum.checked(cursor.value, of: cursor.key) {
            guard try body(cursor.key, value) else { return }
          } else {
            try damaged(cursor.key)
          }
        } catch {
          failure = error
          break
        }
        isFound = try cursor.next()
      }
    } catch {
      throw CaseError(error)
    }
    if let failure { throw failure }
  }

  /// The key of the last entry; nil where there is none.
  func lastKey(of table: CaseTable, of transaction: borrowing Transaction) throws(CaseError) -> [UInt8]? {
    let number = try self.table(table)
    do throws(LMDBError) {
      var cursor = try transaction.cursor(over: number)
      return try cursor.last() ? [UInt8](copying: cursor.key) : nil
    } catch {
      throw CaseError(error)
    }
  }

  // MARK: The log

  /// Adds an entry to the log, and answers it.
  @discardableResult
  func appendAct(
    _ call: CaseCall, _ evidence: CaseAct.Evidence? = nil, _ outcome: ActRecord.Outcome? = nil,
    to transaction: inout Transaction
  ) throws(CaseError) -> LoggedAct {
    let (previous, sequence) = try logEnd(transaction)
    let act = ActRecord(call: call, evidence: evidence, outcome: outcome)
    let record = act.record
    let digest = ActRecord.digest(after: previous, record)
    var key: [UInt8] = []
    key.append(bigEndian: UInt64(sequence + 1))
    try put(digest.bytes + record, for: key, in: .log, of: &transaction)
    return LoggedAct(sequence: sequence + 1, digest: digest, act: act)
  }

  /// The digest of the last entry of the log, and its number.
  func logEnd(_ transaction: borrowing Transaction) throws(CaseError) -> (digest: SHA256Digest, sequence: Int) {
    guard let key = try lastKey(of: .log, of: transaction) else { return (ActRecord.start, 0) }
    guard key.count == 8, let value = try value(of: key, in: .log, of: transaction),
      value.count >= SHA256Digest.byteCount
    else { throw .damaged("the end of the log can't be read") }
    return (
      SHA256Digest(bytes: Array(value.prefix(SHA256Digest.byteCount))),
      Int(truncatingIfNeeded: key.rawSpan.bigEndian(at: 0, as: UInt64.self))
    )
  }
}
