import ByteViews

/// How an object in the clear is written.
public enum Encoding: String, Hashable, Sendable {
  /// `k8s\0` and a `runtime.Unknown` message.
  case protobuf
  /// A JSON object, as custom resources are stored.
  case json
  /// Self-described CBOR, for custom resources behind the gate `CBORServingAndStorage`.
  case cbor
  /// YAML, with `--storage-media-type=application/yaml`.
  case yaml
  /// Base64 of the protobuf encoding, an artefact of etcd2.
  case base64Protobuf = "base64-protobuf"

  /// The encoding of a whole stored value; nil when it is none of these. O(length).
  init?(of value: RawSpan) {
    // apimachinery pkg/runtime/serializer/protobuf/protobuf.go: whatever follows, the reader takes it for protobuf.
    if value.holds("k8s\u{0}", at: 0) {
      self = .protobuf
    } else if value.hasSelfDescribedCBOR {
      self = .cbor
    } else if value.isJSONObject {
      self = .json
    } else if value.isBase64Envelope {
      self = .base64Protobuf
    } else if value.isYAMLObject {
      self = .yaml
    } else {
      return nil
    }
  }

  /// The encoding of what was unwrapped, whatever follows it; nil when it is no object that tells its type, or is whole.
  init?(wrapped value: RawSpan) {
    if let encoding = Encoding(of: value) ?? value.withTypeMeta({ _ in Encoding(firstBytesOf: value) }) ?? nil {
      self = encoding
    } else {
      return nil
    }
  }
}

extension RawSpan {
  /// Whether the first byte that is no space opens a JSON object.
  var beginsLikeJSON: Bool {
    peek(at: skippingSpace(from: 0)) == UInt8(ascii: "{")
  }

  /// Tag 55799, `d9 d9 f7` (RFC 8949 §3.4.6).
  fileprivate var hasSelfDescribedCBOR: Bool {
    peek(at: 0) == 0xD9 && peek(at: 1) == 0xD9 && peek(at: 2) == 0xF7
  }

  fileprivate var isJSONObject: Bool {
    guard beginsLikeJSON else { return false }
    var reader = JSONReader(self)
    do throws(SyntaxError) {
      while try reader.next() != nil {}
      return reader.isAtEnd
    } catch {
      return false
    }
  }

  /// Six digits are four bytes and a half: `azhz` is `k8s`; `A` and a digit below `Q` are a zero byte.
  /// apiserver server/storage/storage_codec.go tries base64 after everything else.
  fileprivate var isBase64Envelope: Bool {
    guard holds("azhzA", at: 0), let sixth = peek(at: 5), (UInt8(ascii: "A")...UInt8(ascii: "P")).contains(sixth) else {
      return false
    }
    var position = 6
    // Go's encoding/base64 passes over ends of lines.
    while let byte = peek(at: position), byte.isBase64Digit || byte == 0x0A || byte == 0x0D { position += 1 }
    while peek(at: position) == UInt8(ascii: "=") { position += 1 }
    return skippingSpace(from: position) == byteCount
  }

  /// UTF-8 with a line that begins `apiVersion:` and one that begins `kind:`.
  fileprivate var isYAMLObject: Bool {
    var hasVersion = holds("apiVersion:", at: 0)
    var hasKind = holds("kind:", at: 0)
    for offset in 0..<byteCount where byte(at: offset) == UInt8(ascii: "\n") {
      hasVersion = hasVersion || holds("apiVersion:", at: offset + 1)
      hasKind = hasKind || holds("kind:", at: offset + 1)
    }
    return hasVersion && hasKind && isUTF8(in: 0..<byteCount)
  }
}
