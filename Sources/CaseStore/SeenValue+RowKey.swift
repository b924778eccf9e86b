import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

extension SeenValue {
  /// The value that a key of table ``CaseTable/rows`` tells of; nil where it is none.
  init?(_ key: RawSpan, spans: [Span]) {
    let tail = key.byteCount - RowKey.tailBytes
    guard tail >= 0, let kind = RowKey.Kind(rawValue: key.byte(at: tail)),
      let valueClass = ValueClass(code: key.byte(at: tail + RowKey.valueClass)),
      let authenticity = Authenticity(rawValue: key.byte(at: tail + RowKey.authenticity))
    else { return nil }
    let revision =
      kind == .row
      ? Revision(
        main: RowKey.number(key.bigEndian(at: tail + RowKey.main)),
        sub: RowKey.number(key.bigEndian(at: tail + RowKey.sub))) : nil
    let bytes: UInt32 = key.bigEndian(at: tail + RowKey.valueBytes)
    self.init(
      revision: revision, valueClass: valueClass, authenticity: authenticity,
      encryption: key.bigEndian(at: tail + RowKey.encryption), place: key.bigEndian(at: tail + RowKey.place),
      valueBytes: Int(bytes),
      contents: ContentsMark(
        high: key.bigEndian(at: tail + RowKey.contents), low: key.bigEndian(at: tail + RowKey.contents + 8)),
      spans: spans)
  }
}
