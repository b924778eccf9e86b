import TestSupport

@testable import ByteViews
@testable import KubernetesStorage
@testable import ValueAuthentication
@testable import VerificationModel

/// Values of one provider: taken apart, opened and judged.
enum EnvelopeTarget<Layout: EnvelopeLayout>: FuzzTarget {
  static var name: String { Layout.provider.rawValue }
  static var summary: String {
    "values of \(name): what is judged encrypted holds no object of ours, what opens seals to the same bytes"
  }
  static var words: [[UInt8]] {
    FuzzSeeds.words("\(Layout.provider.storedPrefix)", "key1:", "key1:2:", "vault:", "kek-1", "k8s\0", "k8s:enc:")
  }

  static func seeds() -> [[UInt8]] {
    var random = SeededGenerator(seed: 5)
    return FuzzSeeds.values.filter { $0.starts(with: "\(Layout.provider.storedPrefix)".utf8) && $0.count < 2000 }
      + (FuzzSeeds.objects.filter { $0.count < 1500 } + StoredValues.secrets).map { Layout.sealed($0, &random) }
      + [Layout.sealed(Array("not an object".utf8), &random), Layout.sealed(Wrapping.gzip(StoredSecret.json), &random)]
  }

  static func complaints(about value: [UInt8]) -> [String] {
    var complaints = Complaints()
    let classification = Classification(of: value.rawSpan)
    complaints.list(ValueOracle.complaints(about: value, classification))
    guard classification.valueClass == .encrypted, let envelope = classification.envelope else {
      return complaints.list
    }
    complaints.list(bodyComplaints(value, envelope))
    complaints.list(judgementComplaints(value, envelope))
    return complaints.list
  }

  private static func bodyComplaints(_ value: [UInt8], _ envelope: Envelope) -> [String] {
    var complaints = Complaints()
    guard let parts = EnvelopeBody(of: value.rawSpan, body: envelope.body, provider: envelope.provider) else {
      return ["a value is encrypted and no key could open it"]
    }
    for range in [parts.payload, parts.nonce, parts.seal, parts.encryptedDEK, parts.keyID] {
      complaints.expect(range, in: value.count, "a part of the body")
      complaints.expect(range.map { $0.lowerBound >= envelope.body.lowerBound } ?? true, "a part lies before the body")
    }
    let payload = Array(value[parts.payload])
    // API servers take a padding of up to 255 bytes, and write one of 16 at most.
    if let plaintext = EnvelopeKeys.opened(payload, parts.cipher),
      parts.cipher != .aescbc || payload.count - 16 - plaintext.count <= 16
    {
      let count = parts.cipher == .seededAESGCM ? 44 : parts.nonce.count
      let sealed = EnvelopeKeys.sealed(plaintext, parts.cipher, head: Array(payload.prefix(count)))
      complaints.expect(sealed == payload, "what opens seals to other bytes")
    }
    return complaints.list
  }

  private static func judgementComplaints(_ value: [UInt8], _ envelope: Envelope) -> [String] {
    let key = EnvelopeKeys.etcdKey
    guard let path = ResourcePath(key: key.rawSpan, prefixBytes: 9, tree: .kubernetes) else {
      return ["the path of the target is none"]
    }
    var complaints = Complaints()
    let encrypted = EncryptedValue(key: key.rawSpan, path, prefixBytes: 9, value: value.rawSpan, envelope)
    let judgement = judge.judge(encrypted)
    complaints.expect(judge.judge(encrypted).authenticity, equals: judgement.authenticity, "judged again")
    if judgement.authenticity.isOpened {
      let end = judgement.nameEnd ?? value.count
      let parts = encrypted.body(behind: end)
      let plaintext = parts.flatMap { EnvelopeKeys.opened(Array(value[$0.payload]), $0.cipher) }
      // Of what is bound to another key, only the judge knows which.
      if judgement.authenticity == .authentic {
        let match = plaintext.map { ObjectMatch(of: $0.rawSpan, at: path, in: key.rawSpan) }
        complaints.expect(match == .itself, "authentic, and not the object of its key: \(String(describing: match))")
      }
    }
    complaints.list(originComplaints(encrypted, isRefused: judgement.authenticity == .refused))
    return complaints.list
  }

  /// What a search finds under a key was written under it.
  private static func originComplaints(_ value: EncryptedValue, isRefused: Bool) -> [String] {
    guard isRefused else { return [] }
    var complaints = Complaints()
    var search = OriginSearch(EnvelopeKeys.ring)
    search.add(value, number: 1)
    for key in ["/registry/secrets/default/db", "/registry/secrets/other/db"].map({ Array($0.utf8) }) {
      search.attempt(key.rawSpan)
    }
    complaints.expect(search.isDone != (search.outcomes[1] == .notFound), "a search is done, and is not")
    if search.outcomes[1] == .found(EnvelopeKeys.etcdKey) {
      complaints.expect(false, "what is refused under its key was written under it")
    }
    return complaints.list
  }

  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    guard random.isOne(in: 2) else { return mutateBytes(bytes, limit) }
    // What is encrypted is changed, and encrypted again.
    let classification = Classification(of: bytes.rawSpan)
    var plaintext = random.one(of: StoredValues.secrets)
    if let envelope = classification.envelope,
      let parts = EnvelopeBody(of: bytes.rawSpan, body: envelope.body, provider: envelope.provider),
      let opened = EnvelopeKeys.opened(Array(bytes[parts.payload]), parts.cipher)
    {
      plaintext = opened
    }
    let value = Layout.sealed(mutateBytes(plaintext, max(1, limit - 300)), &random)
    return value.count <= limit ? value : mutateBytes(bytes, limit)
  }

  private static var judge: ValueJudge { EnvelopeJudge.shared }
}

/// The judge of all targets: generic types have no stored statics.
private enum EnvelopeJudge {
  static let shared = ValueJudge(EnvelopeKeys.ring)
}
