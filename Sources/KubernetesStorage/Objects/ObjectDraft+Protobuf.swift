import ByteViews
import ProtobufWire

extension ObjectDraft {
  /// Reads `k8s\0` and the `runtime.Unknown` message after it; nil when one of the messages is damaged.
  ///
  /// apimachinery pkg/runtime/generated.proto: typeMeta 1 {apiVersion 1, kind 2}, raw 2. Whatever follows the raw
  /// object that is no field is padding.
  init?(protobuf value: RawSpan, collecting fields: DataFields? = nil) {
    self.fields = fields
    guard value.holds("k8s\u{0}", at: 0) else { return nil }
    let unknown = value.extracting(4..<value.byteCount)
    var raw: Range<Int>?
    do throws(WireError) {
      var reader = WireReader(unknown)
      do throws(WireError) {
        while let field = try reader.next() {
          switch field.number {
          case 1: try readTypeMeta(unknown.extracting(field.bytes()))
          case 2: raw = try field.bytes()
          default: break
          }
        }
      } catch {
        guard raw != nil else { throw error }
      }
      guard let raw else { return nil }
      try readObject(value, raw.moved(by: 4))
    } catch {
      return nil
    }
  }

  private mutating func readTypeMeta(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 1: apiVersion = try message.text(of: field)
      case 2: kind = try message.text(of: field)
      default: break
      }
    }
  }

  /// Reads the message that lies in `range` of `value`; where the data is collected, nothing else of it. Every built-in kind
  /// has its metadata in field 1. core/v1 generated.proto, Secret: type 3.
  private mutating func readObject(_ value: RawSpan, _ range: Range<Int>) throws(WireError) {
    let message = value.extracting(range)
    var reader = WireReader(message)
    while let field = try reader.next() {
      if fields == nil {
        if field.number == 1 { try readMetadata(message.extracting(field.bytes())) }
        if field.number == 3, isSecret { type = try message.text(of: field) }
      }
      if let section = section(ofField: field.number) {
        try readEntry(value, try field.bytes().moved(by: range.lowerBound), of: section)
      }
    }
  }

  /// The data that a field of the object has, as far as it is asked for. core/v1 generated.proto, Secret: data 2,
  /// stringData 4; ConfigMap: data 2, binaryData 3.
  private func section(ofField number: UInt32) -> ObjectSection? {
    guard fields != nil || isSecret else { return nil }
    return switch (dataKind, number) {
    case (.secret, 2), (.configMap, 2): .data
    case (.secret, 4): .stringData
    case (.configMap, 3): .binaryData
    default: nil
    }
  }

  /// meta/v1 generated.proto, ObjectMeta: name 1, namespace 3.
  private mutating func readMetadata(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try message.text(of: field)
      case 3: namespace = try message.text(of: field)
      default: break
      }
    }
  }

  /// Reads a map's entry that lies in `range` of `value`: key 1, value 2.
  private mutating func readEntry(
    _ value: RawSpan, _ range: Range<Int>, of section: ObjectSection
  ) throws(WireError) {
    var reader = WireReader(value.extracting(range))
    var (name, content) = (0..<0, 0..<0)
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.bytes().moved(by: range.lowerBound)
      case 2: content = try field.bytes().moved(by: range.lowerBound)
      default: break
      }
    }
    _ = record(.bytes(content), named: .bytes(name), in: section, of: value)
  }
}

extension RawSpan {
  fileprivate func text(of field: WireField) throws(WireError) -> String {
    BoundedText(self, in: try field.bytes()).string
  }
}

extension Range<Int> {
  fileprivate func moved(by offset: Int) -> Range<Int> { (lowerBound + offset)..<(upperBound + offset) }
}
