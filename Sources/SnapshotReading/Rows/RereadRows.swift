import BoltFormat
import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Names that are read from the file again. A file that changed meanwhile is an error.
struct RereadRows: RowNameSource {
  private(set) var errors = ErrorList()
  private let source: any ByteSource
  private let pageSize: Int
  private let order: ByteOrder
  private var message: [UInt8] = []

  /// Names of the rows in `source`, whose pages `meta` describes.
  init(_ source: any ByteSource, _ meta: Meta) {
    self.source = source
    pageSize = meta.pageSize
    order = meta.byteOrder
  }

  mutating func key(of row: Candidate) -> EtcdKey? {
    guard row.isResidue else { return read(row) { $0.boundedKey } }
    return readRemnant(row) { bytes in (try? KeyValueRemnant(in: bytes))?.keyValue.boundedKey } ?? nil
  }

  mutating func outline(of row: Candidate) -> ObjectOutline? {
    switch row.role {
    case .residueRow:
      readRemnant(row) { bytes in (try? KeyValueRemnant(in: bytes))?.keyValue.remnantOutline } ?? nil
    case .residueObject: readRemnant(row) { ObjectRemnant(in: $0, at: 0)?.outline } ?? nil
    default: read(row) { $0.objectOutline } ?? nil
    }
  }

  /// Hands what is left of a row or object to `body`: where a page with a header of its own begins, something else does.
  private mutating func readRemnant<Answer>(_ row: Candidate, _ body: (RawSpan) -> Answer) -> Answer? {
    do throws(BoltError) {
      try source.read(Int(row.messageBytes), at: row.messageOffset, into: &message)
    } catch {
      errors.add(error)
      return nil
    }
    let bytes = message.rawSpan.extracting(first: Int(row.messageBytes))
    var page = row.messageOffset / UInt64(pageSize) + 1
    while page * UInt64(pageSize) - row.messageOffset + UInt64(PageHeader.byteCount) <= UInt64(bytes.byteCount) {
      let start = Int(page * UInt64(pageSize) - row.messageOffset)
      let header = PageHeader(decoding: bytes.extracting(start..<(start + PageHeader.byteCount)), order)
      if header.id.rawValue == page, header.kind != nil { return body(bytes.extracting(first: start)) }
      page += 1
    }
    return body(bytes)
  }

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
      let bytes = message.rawSpan.extracting(first: Int(row.messageBytes))
      return body(try KeyValue(decoding: bytes))
    } catch {
      let offset = ByteOffset(row.messageOffset)
      errors.add(error, page: PageID(offset.rawValue / UInt64(pageSize)), offset: offset)
      return nil
    }
  }
}
