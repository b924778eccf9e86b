import ByteViews

extension RawSpan {
  /// How the object is written that seems to begin at `offset`; nil when none does. O(1).
  func objectEncoding(at offset: Int) -> Encoding? {
    switch peek(at: offset) {
    case UInt8(ascii: "k"): hasProtobufEnvelope(at: offset) ? .protobuf : nil
    case UInt8(ascii: "{"):
      // Encoders put these members first: Go's the fields in the order of their declaration, else by name.
      hasObjectMember(at: skippingFewSpaces(from: offset + 1)) ? .json : nil
    case UInt8(ascii: "a"):
      hasBase64Envelope(at: offset) ? .base64Protobuf : holds("apiVersion: ", at: offset) ? .yaml : nil
    case 0xD9: hasCBORMap(at: offset) ? .cbor : nil
    default: nil
    }
  }

  /// Passes over what white space a pretty printer puts behind a brace.
  private func skippingFewSpaces(from offset: Int) -> Int {
    let end = Swift.min(offset + 8, byteCount)
    return extracting(0..<Swift.max(end, 0)).skippingSpace(from: offset)
  }
}
