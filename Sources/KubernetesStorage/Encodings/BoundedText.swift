import ByteViews

/// Takes the bytes of a name from a hostile value and keeps so many of them as a name may have.
struct BoundedText {
  /// Longer names are cut. Kubernetes allows 253 bytes.
  static let maximumBytes = 1024

  private var bytes: [UInt8] = []
  private var isFull = false

  /// The first bytes of `range`.
  init(_ value: RawSpan, in range: Range<Int>) {
    for offset in range.prefix(Self.maximumBytes + 1) { append(value.byte(at: offset)) }
  }

  /// The first bytes of a JSON string, unescaped.
  init(_ string: JSONString, in text: RawSpan) {
    var source = JSONStringBytes(string, in: text)
    while !isFull, let byte = source.next() { append(byte) }
  }

  /// The first bytes of a CBOR string, its chunks joined.
  init(_ string: CBORString, in bytes: RawSpan) {
    var source = CBORStringBytes(string, in: bytes)
    while !isFull, let byte = source.next() { append(byte) }
  }

  /// The first bytes of a YAML scalar of one line, unescaped.
  init(_ scalar: YAMLScalar, in text: RawSpan) {
    var source = YAMLScalarBytes(scalar, in: text)
    while !isFull, let byte = source.next() { append(byte) }
  }

  private mutating func append(_ byte: UInt8) {
    if bytes.count < Self.maximumBytes {
      bytes.append(byte)
    } else if !isFull {
      isFull = true
      dropCutScalar()
    }
  }

  /// Removes a last UTF-8 sequence that may have been cut.
  private mutating func dropCutScalar() {
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
  }

  /// The text; bytes that are not UTF-8 become U+FFFD.
  var string: String { String(decoding: bytes, as: UTF8.self) }
}
