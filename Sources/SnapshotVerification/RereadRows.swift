import BoltFormat
import EtcdStorage
import KubernetesStorage

/// Names that are read from the file again. A file that changed meanwhile is an error.
struct RereadRows: RowNameSource {
  private(set) var errors = ErrorList()
  private let source: any ByteSource
  private let pageSize: Int
  private var message: [UInt8] = []

  /// Names of the rows in `source`.
  init(_ source: any ByteSource, pageSize: Int) {
    self.source = source
    self.pageSize = pageSize
  }

  mutating func key(of row: Candidate) -> EtcdKey? { read(row) { $0.boundedKey } }

  mutating func outline(of row: Candidate) -> ObjectOutline? { read(row) { $0.objectOutline } ?? nil }

  mutating func keyAndValue(of row: Candidate) -> (key: [UInt8], value: [UInt8])? {
    read(row) { keyValue in
      var value: [UInt8] = []
      value.append(keyValue.value)
      return (EtcdKey(copying: keyValue.key).bytes, value)
    }
  }

  private mutating func read<Answer>(_ row: Candidate, _ body: (borrowing KeyValue) -> Answer) -> Answer? {
    do throws(BoltError) {
      try source.read(Int(row.messageBytes), at: row.messageOffset, into: &message)
    } catch {
      errors.add(error)
      return nil
    }
    do throws(EtcdError) {
      // Sound: a byte is initialized memory of any pattern.
      let bytes = unsafe message.span.bytes.extracting(first: Int(row.messageBytes))
      return body(try KeyValue(decoding: bytes))
    } catch {
      let offset = ByteOffset(row.messageOffset)
      errors.add(error, page: PageID(offset.rawValue / UInt64(pageSize)), offset: offset)
      return nil
    }
  }
}
