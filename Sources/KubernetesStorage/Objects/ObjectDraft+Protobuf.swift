import ByteViews
import ProtobufWire

extension ObjectDraft {
  /// Reads `k8s\0` and the `runtime.Unknown` message after it; nil when one of the messages is damaged.
  ///
  /// apimachinery pkg/runtime/generated.proto: typeMeta 1 {apiVersion 1, kind 2}, raw 2. Whatever follows the raw
  /// object that is no field is padding.
  init?(protobuf value: RawSpan) {
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
      try readObject(unknown.extracting(raw))
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

  /// Every built-in kind has its metadata in field 1. core/v1 generated.proto, Secret: data 2, type 3, stringData 4.
  private mutating func readObject(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 1: try readMetadata(message.extracting(field.bytes()))
      case 2 where isSecret, 4 where isSecret: try readEntry(message.extracting(field.bytes()))
      case 3 where isSecret: type = try message.text(of: field)
      default: break
      }
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

  /// A map's entry: key 1, value 2, of which the length alone is taken.
  private mutating func readEntry(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    var key = ""
    var count = 0
    while let field = try reader.next() {
      switch field.number {
      case 1: key = try message.text(of: field)
      case 2: count = try field.bytes().count
      default: break
      }
    }
    data.record(key, bytes: count)
  }
}

extension RawSpan {
  fileprivate func text(of field: WireField) throws(WireError) -> String {
    BoundedText(self, in: try field.bytes()).string
  }
}
