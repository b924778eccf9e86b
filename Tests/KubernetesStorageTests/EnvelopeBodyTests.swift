import KubernetesStorage
import TestSupport
import Testing

@Suite("Bodies of envelopes")
struct EnvelopeBodyTests {
  private static func body(_ stored: [UInt8]) throws -> (EnvelopeBody, Envelope) {
    let envelope = try #require(Classification(stored).envelope)
    let body = unsafe EnvelopeBody(of: stored.span.bytes, body: envelope.body, provider: envelope.provider)
    return (try #require(body), envelope)
  }

  private static let encrypted = EnvelopeVector.positive.filter {
    $0.classification == "encrypted" && $0.id != "kmsv1-colon-name"
  }

  @Test("Are taken apart as the vectors say", arguments: encrypted)
  func vectors(_ vector: EnvelopeVector) throws {
    let stored = vector.stored
    let (body, envelope) = try Self.body(stored)
    let offset = vector.payloadOffset ?? vector.encryptedObjectOffset.map { $0 + 3 } ?? vector.bodyOffset
    #expect(body.payload.lowerBound == offset)
    #expect(body.payload.count == vector.encryptedDataLen ?? stored.count - body.payload.lowerBound)
    let dek = vector.encryptedDekHex ?? vector.encryptedDekSourceHex
    #expect(body.encryptedDEK.map { Array(stored[$0]) } == dek.map { [UInt8](hex: $0) })
    #expect(body.keyID == envelope.keyID)
    switch envelope.provider {
    case .aescbc: #expect(body.cipher == .aescbc)
    case .aesgcm: #expect(body.cipher == .aesgcm)
    case .secretbox: #expect(body.cipher == .secretbox)
    case .kmsv1: #expect(body.cipher == .aesgcmOrCBC)
    case .kmsv2: #expect(body.cipher == (vector.seedHex == nil ? .aesgcm : .seededAESGCM))
    }
  }

  @Test("Nonce and seal are those of the vectors", arguments: encrypted)
  func nonces(_ vector: EnvelopeVector) throws {
    let stored = vector.stored
    let (body, _) = try Self.body(stored)
    let nonce = (vector.ivHex ?? vector.nonceHex).map { [UInt8](hex: $0) } ?? []
    let info = vector.hkdfInfoHex.map { [UInt8](hex: $0) } ?? []
    // Of KMS v1 as many bytes are taken as a nonce of AES-GCM has.
    #expect(Array(stored[body.nonce]) == (body.cipher == .aesgcmOrCBC ? Array(nonce.prefix(12)) : info + nonce))
    if let tag = vector.tagHex { #expect(Array(stored[body.seal]) == [UInt8](hex: tag)) }
    #expect(body.seal.count == 16)
  }

  @Test("No truncation has parts outside of it", arguments: encrypted)
  func truncations(_ vector: EnvelopeVector) {
    for count in 0..<vector.stored.count {
      let stored = Array(vector.stored.prefix(count))
      guard let envelope = Classification(stored).envelope else { continue }
      for end in envelope.candidateNameEnds {
        let range = (end + 1)..<count
        guard let body = unsafe EnvelopeBody(of: stored.span.bytes, body: range, provider: envelope.provider) else {
          continue
        }
        for part in [body.payload, body.nonce, body.seal, body.encryptedDEK ?? range, body.keyID ?? range] {
          #expect(part.lowerBound >= range.lowerBound && part.upperBound <= count)
        }
      }
    }
  }
}
