import ByteViews

/// What of an object in the clear makes up its content: by this it is told whether it has changed.
///
/// Of Secrets and ConfigMaps of the core group, in whatever version and encoding, these are the entries of their data, in
/// one order: equal for one set of names and bytes, whether they were written as `data` in protobuf, as base64 in JSON or
/// as `stringData`. Metadata don't enter into it, and neither does the type of a Secret: a credential is no other when it
/// gets a label, or another type. Of every other kind, it is all of the object as it is stored, but for white space behind
/// JSON, so that any change of it is a change of its content, also one of a label or of the encoding. So it is with what no API server could read as a Secret:
/// one with a number or wrong base64 for an entry, and one with more than ``DataFields/maximumCount`` entries.
package enum ObjectContents {
  /// Hands the contents of `object` on, piece by piece: those of two objects are the same bytes if, and only if, they have
  /// the same contents.
  ///
  /// The pieces may be a secret. What had to be decoded for them lies in buffers that are wiped. O(n log n), for the names.
  ///
  /// - Parameter object: all of a value in the clear, or the part of it that ``Classification/object`` names.
  package static func forEachPiece(of object: RawSpan, _ take: (RawSpan) -> Void) {
    if object.withUnwrapped({ forEachPiece(ofData: $0, take) }) { return }
    let head = Array("object\0".utf8)
    take(head.rawSpan)
    take(object.extracting(first: object.beginsLikeJSON ? object.endBeforeSpace : object.byteCount))
  }

  /// Hands the data of the Secret or ConfigMap in `text` on; false where it is none.
  private static func forEachPiece(ofData text: RawSpan, _ take: (RawSpan) -> Void) -> Bool {
    let encoding = Encoding(firstBytesOf: text)
    if encoding == .base64Protobuf { return text.withBase64Decoded { forEachPiece(ofData: $0, take) } }
    let draft: ObjectDraft? =
      switch encoding {
      case .protobuf: ObjectDraft(protobuf: text, collecting: DataFields())
      case .json: ObjectDraft(json: text, collecting: DataFields())
      case .cbor: ObjectDraft(cbor: text, collecting: DataFields())
      case .yaml: ObjectDraft(yaml: text, collecting: DataFields())
      case .base64Protobuf, nil: nil
      }
    guard let draft, let kind = draft.dataKind, let fields = draft.fields else { return false }
    return fields.forEachPiece(of: kind, in: text, take)
  }
}

extension RawSpan {
  /// Where the white space begins that these bytes end with.
  fileprivate var endBeforeSpace: Int {
    var end = byteCount
    while end > 0, extracting((end - 1)..<end).skippingSpace(from: 0) == 1 { end -= 1 }
    return end
  }
}
