@testable import ByteViews
@testable import KubernetesStorage

/// What must hold of what is told of any value.
enum ValueOracle {
  static func complaints(about value: [UInt8], _ found: Classification) -> [String] {
    var complaints = Complaints()
    let span = value.rawSpan
    let isPlaintext = found.valueClass == .plaintext
    complaints.expect(
      (found.valueClass == .empty) == value.isEmpty, "a value of \(value.count) bytes is \(found.valueClass)")
    complaints.expect((found.encoding != nil) == isPlaintext, "an encoding of a value that is \(found.valueClass)")
    complaints.expect((found.object != nil) == isPlaintext, "an object in a value that is \(found.valueClass)")
    complaints.expect(found.object, in: value.count, "the object")
    complaints.expect(Classification(of: span) == found, "classified again, it is something else")
    if found.valueClass == .encrypted {
      complaints.expect(found.envelope != nil && found.reason == nil, "encrypted, with a reason: \(found)")
      complaints.list(hiddenObjectComplaints(value))
    }
    if let envelope = found.envelope { complaints.list(envelopeComplaints(value, envelope)) }
    if let head = EnvelopeHead(of: span, found) {
      complaints.expect(head.begins(span), "the head does not stand before its own value")
      complaints.expect(head.nameEnd <= value.count, "a name ends behind the value")
    }
    if let object = found.object, let encoding = found.encoding {
      complaints.list(ObjectOracle.complaints(about: Array(value[object]), encoding))
      if let head = ObjectHead(hiddenIn: span, found) {
        complaints.expect(head.builtIn.map { BuiltInResource[$0].kind.isEmpty } != true, "a kind without a name")
      }
    }
    complaints.list(readerComplaints(value))
    return complaints.list
  }

  private static func envelopeComplaints(_ value: [UInt8], _ envelope: Envelope) -> [String] {
    var complaints = Complaints()
    let start = "\(envelope.provider.storedPrefix)".utf8.count
    complaints.expect(value.starts(with: "\(envelope.provider.storedPrefix)".utf8), "another provider's prefix")
    for range in [envelope.keyName, envelope.keyID, envelope.body] {
      complaints.expect(range, in: value.count, "a part of the envelope")
    }
    if let name = envelope.keyName {
      complaints.expect(name.lowerBound, equals: start, "where the name begins")
      complaints.expect(name.upperBound < value.count && value[name.upperBound] == 0x3A, "no colon behind the name")
      complaints.expect(envelope.body.lowerBound, equals: name.upperBound + 1, "where the body begins")
    }
    for end in envelope.candidateNameEnds {
      complaints.expect(end >= start && end < value.count && value[end] == 0x3A, "a name ends at \(end)")
    }
    complaints.expect(envelope.body.upperBound, equals: value.count, "where the body ends")
    return complaints.list
  }

  /// What is judged encrypted never holds a whole Secret that can be read: that is looked for at every byte.
  private static func hiddenObjectComplaints(_ value: [UInt8]) -> [String] {
    for offset in value.indices {
      guard let object = ObjectRemnant(in: value.rawSpan, at: offset), !object.isCut, !object.isWrapped else {
        continue
      }
      guard let secret = object.outline.secret, object.outline.apiVersion == "v1", !secret.data.isEmpty,
        !object.outline.name.isEmpty, object.encoding != .yaml, object.encoding != .base64Protobuf
      else { continue }
      return ["judged encrypted, with a Secret in \(object.encoding) at \(offset)..<\(object.end)"]
    }
    return []
  }

  /// Readers that take any value.
  private static func readerComplaints(_ value: [UInt8]) -> [String] {
    var complaints = Complaints()
    let span = value.rawSpan
    _ = KeyMaterial.isPresent(in: span)
    _ = BootstrapData.isPresent(key: Array("/bootstrap/0a1b2c".utf8).rawSpan, value: span)
    _ = CreationTime.seconds(of: span)
    _ = ObjectMatch.isBeginning(of: span)
    if let server = APIServerOutline(of: span) {
      complaints.expect(server.flags.count <= APIServerOutline.maximumFlags, "\(server.flags.count) flags")
      _ = server.version
    }
    if let definition = CustomResourceOutline(of: span) {
      complaints.expect(definition.kind.utf8.count <= ObjectOutline.maximumNameBytes + 3, "a kind is too long")
    }
    if let trace = SecretTrace.first(in: span, from: 0..<value.count) {
      complaints.expect(trace.range, in: value.count, "a trace of a Secret")
    }
    var cache = ObjectHeadCache()
    complaints.expect(cache.head(of: span) == ObjectHead(of: span), "the cache has another head")
    complaints.expect(cache.head(of: span) == ObjectHead(of: span), "the cache has another head the second time")
    return complaints.list
  }
}
