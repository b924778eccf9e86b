@testable import ByteViews
@testable import KubernetesStorage

/// What must hold of what is told of an object in the clear.
enum ObjectOracle {
  static func complaints(about object: [UInt8], _ encoding: Encoding) -> [String] {
    var complaints = Complaints()
    let span = object.rawSpan
    let outline = ObjectOutline(of: span, encoding: encoding)
    if let outline {
      // A character that is cut, or none, may be replaced by one of three bytes.
      let longest = ObjectOutline.maximumNameBytes * 3
      var names = [outline.apiVersion, outline.kind, outline.namespace, outline.name]
      if let secret = outline.secret {
        names += secret.data.map(\.name) + [secret.type]
        complaints.expect(secret.data.count <= SecretOutline.maximumDataKeys, "\(secret.data.count) data keys")
        complaints.expect(secret.data.allSatisfy { $0.bytes >= 0 }, "a data key of less than no bytes")
      }
      complaints.expect(names.allSatisfy { $0.utf8.count <= longest }, "a name is too long")
    }
    complaints.list(remnantComplaints(object, encoding, outline))
    complaints.list(contentComplaints(object))
    _ = ObjectType(of: span)
    _ = ObjectMatch(of: span, at: nil, in: [UInt8]().rawSpan)
    return complaints.list
  }

  private static func remnantComplaints(
    _ object: [UInt8], _ encoding: Encoding, _ outline: ObjectOutline?
  ) -> [String] {
    var complaints = Complaints()
    var examined = 0
    guard let remnant = ObjectRemnant(in: object.rawSpan, at: 0, startsValue: true, examined: &examined) else {
      return []
    }
    complaints.expect(remnant.end >= 0 && remnant.end <= object.count, "a remnant ends at \(remnant.end)")
    complaints.expect(
      remnant.quotationEnd >= 0 && remnant.quotationEnd <= object.count, "a quotation ends at \(remnant.quotationEnd)")
    complaints.expect(examined <= 16 * object.count + 2048, "\(examined) bytes examined of \(object.count)")
    if let count = remnant.byteCount {
      complaints.expect(count >= remnant.end, "an object of \(count) bytes ends at \(remnant.end)")
    }
    // What has an end tells the same of itself whatever follows.
    guard !remnant.isCut, !remnant.isWrapped, encoding == .cbor || encoding == .json else { return complaints.list }
    let followed = object.prefix(remnant.end) + [UInt8](repeating: 0, count: 64)
    let again = ObjectRemnant(in: Array(followed).rawSpan, at: 0)
    complaints.expect(again?.outline == remnant.outline, "an object is another one with zeros behind it")
    if let outline, outline.secret != nil, remnant.end == object.count {
      complaints.expect(outline == remnant.outline, "the outline of the remnant is another one")
    }
    return complaints.list
  }

  /// The pieces of an object's content are bounded, and the same each time.
  private static func contentComplaints(_ object: [UInt8]) -> [String] {
    func content() -> (bytes: [UInt8], pieces: Int) {
      var bytes: [UInt8] = []
      var count = 0
      ObjectContents.forEachPiece(of: object.rawSpan) {
        bytes.append($0)
        count += 1
      }
      return (bytes, count)
    }
    let (one, other) = (content(), content())
    var complaints = Complaints()
    complaints.expect(one.bytes == other.bytes, "the content is another one the second time")
    // Each entry has its lengths with it.
    complaints.expect(one.bytes.count <= 16 * object.count + 256, "\(one.bytes.count) bytes of content")
    return complaints.list
  }
}
