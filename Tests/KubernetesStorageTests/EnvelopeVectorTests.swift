import KubernetesStorage
import TestSupport
import Testing

@Suite("Reference vectors")
struct EnvelopeVectorTests {
  @Test("All vectors are there")
  func vectorsAreThere() {
    #expect(EnvelopeVector.positive.count == 22)
    #expect(EnvelopeVector.negative.count == 28)
  }

  @Test("Positive vectors have their class, provider, name and key id", arguments: EnvelopeVector.positive)
  func positive(_ vector: EnvelopeVector) throws {
    let stored = vector.stored
    let classification = Classification(stored)
    #expect(classification.valueClass.rawValue == vector.classification)
    #expect(classification.reason == nil)
    #expect(classification.encoding?.rawValue == vector.expect?.format)
    guard vector.classification == "encrypted" else {
      #expect(classification.envelope == nil)
      #expect(classification.object == 0..<stored.count)
      return
    }
    let envelope = try #require(classification.envelope)
    #expect(envelope.provider.rawValue == (vector.provider ?? "") + (vector.kmsVersion ?? ""))
    let ends = envelope.candidateNameEnds.map { stored.text(18..<$0) }
    #expect(vector.id == "kmsv1-colon-name" || stored.text(envelope.keyName) == vector.name, "\(ends)")
    #expect(stored.text(envelope.keyID) == vector.keyId)
    if let offset = vector.bodyOffset ?? vector.encryptedObjectOffset {
      #expect(envelope.body == offset..<stored.count)
    }
  }

  @Test("A KMS v1 name with a colon is among the candidates")
  func colonNameIsCandidate() throws {
    let vector = try #require(EnvelopeVector.positive.first { $0.id == "kmsv1-colon-name" })
    let stored = vector.stored
    let envelope = try #require(Classification(stored).envelope)
    let start = try #require(envelope.keyName).lowerBound
    #expect(envelope.candidateNameEnds.map { stored.text(start..<$0) }.contains("vault:prod"))
  }

  @Test("Objects in the clear are outlined", arguments: EnvelopeVector.positive.filter { $0.expect != nil })
  func outline(_ vector: EnvelopeVector) throws {
    let expected = try #require(vector.expect)
    let encoding = try #require(Encoding(rawValue: expected.format))
    let outline = ObjectOutline(vector.stored, encoding)
    #expect(outline?.apiVersion == expected.apiVersion)
    #expect(outline?.kind == expected.kind)
    #expect(outline?.name == expected.name)
    #expect(outline?.namespace == expected.namespace)
    #expect(outline?.secret?.type == expected.type)
    #expect(outline?.secret?.data.map(\.name) == expected.dataKeys)
  }

  @Test("Negative vectors have the class of their verdict", arguments: EnvelopeVector.negative)
  func negative(_ vector: EnvelopeVector) throws {
    let classification = Classification(vector.stored)
    switch vector.verdict?.prefix(while: { $0 != ";" }) {
    case "structure-ok", "well-formed":
      #expect(classification.valueClass == .encrypted)
    case "malformed":
      #expect(classification.valueClass == .malformed)
      #expect(classification.envelope != nil)
    case "encrypted-unknown":
      #expect(classification.valueClass == .unknownEnvelope)
      #expect(classification.envelope == nil)
    case "suspicious-plaintext-behind-prefix":
      #expect(classification.valueClass == .plaintext)
      #expect(classification.encoding == .protobuf)
    case "plaintext-unknown-encoding":
      #expect(classification.valueClass == .unrecognized)
    default:
      Issue.record("unexpected verdict \(vector.verdict ?? "none")")
    }
    #expect(classification.reason == Self.reasons[vector.id])
  }

  private static let reasons: [String: Reason] = [
    "aescbc-iv-only": .tooShort,
    "aescbc-not-block": .lengthNotMultipleOf16,
    "aesgcm-short": .tooShort,
    "secretbox-short": .tooShort,
    "no-key-name": .noKeyName,
    "empty-key-name": .emptyKeyName,
    "unknown-provider": .unknownProvider,
    "unknown-version": .unknownVersion,
    "kmsv1-overrun": .dekLengthOutOfRange,
    "kmsv1-zero-dek": .dekLengthOutOfRange,
    "kmsv2-empty-keyid": .missingKeyID,
    "kmsv2-long-keyid": .keyIDTooLong,
    "kmsv2-no-dek": .missingDEKSource,
    "kmsv2-long-dek": .dekSourceTooLong,
    "kmsv2-bad-type": .invalidDEKSourceType,
    "kmsv2-bad-annotation": .invalidAnnotation,
    "kmsv2-no-data": .missingEncryptedData,
    "kmsv2-short-data": .tooShort,
    "kmsv2-bad-utf8-keyid": .invalidKeyID,
    "kmsv2-garbage": .invalidProtobuf,
    "fake-prefix": .forgedEnvelope,
    "prefix-only-k8s": .undefinedEncodingStyle,
  ]

  @Test("No truncation of a vector is taken for more than it is", arguments: EnvelopeVector.positive)
  func truncations(_ vector: EnvelopeVector) {
    let stored = vector.stored
    for count in 0..<stored.count {
      let value = Array(stored.prefix(count))
      let classification = Classification(value)
      if let envelope = classification.envelope, classification.valueClass == .encrypted {
        let body = value[envelope.body]
        switch envelope.provider {
        case .aescbc: #expect(body.count >= 32 && body.count % 16 == 0)
        case .aesgcm: #expect(body.count >= 28)
        case .secretbox: #expect(body.count >= 40)
        case .kmsv1: #expect(body.count >= 31)
        case .kmsv2: #expect(envelope.keyID != nil && body.count > 60 + 60)
        }
      }
      if let encoding = classification.encoding { _ = ObjectOutline(value, encoding) }
      _ = ObjectOutline(value, .protobuf)
      _ = ObjectOutline(value, .json)
      #expect(vector.classification == "encrypted" || classification.valueClass != .encrypted)
    }
  }
}
