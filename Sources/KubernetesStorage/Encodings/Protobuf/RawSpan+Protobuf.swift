import ByteViews
import ProtobufWire

extension RawSpan {
  /// The message of the object in `k8s\0` and a `runtime.Unknown`: its field 2, raw (apimachinery
  /// pkg/runtime/generated.proto). Nil when there is none. What follows it and is no field is padding.
  var protobufObject: RawSpan? {
    @_lifetime(copy self)
    get {
      guard holds("k8s\u{0}", at: 0) else { return nil }
      let unknown = extracting(4..<byteCount)
      var raw: Range<Int>?
      var reader = WireReader(unknown)
      while let field = try? reader.next() {
        if field.number == 2, case .bytes(let range) = field.payload { raw = range }
      }
      guard let raw else { return nil }
      return unknown.extracting(raw)
    }
  }

  /// The nested message that `field` of this message carries.
  @_lifetime(copy self)
  func message(of field: WireField) throws(WireError) -> RawSpan {
    extracting(try field.bytes())
  }

  /// The string that `field` of this message carries, cut like any name.
  func name(of field: WireField) throws(WireError) -> String {
    BoundedText(self, in: try field.bytes()).string
  }

  /// Reads the name in these bytes, which are an object's metadata, as far as they can be read (meta/v1 generated.proto,
  /// ObjectMeta: name 1).
  func readNameOfMetadata(into name: inout String) throws(WireError) {
    var reader = WireReader(self)
    while let field = try reader.next() {
      if field.number == 1 { name = try self.name(of: field) }
    }
  }
}
