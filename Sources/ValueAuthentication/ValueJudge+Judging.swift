import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

extension ValueJudge.State {
  /// See ``ValueJudge/judge(_:)``.
  package mutating func judge(_ value: EncryptedValue) -> Judgement {
    var judgement = Judgement()
    forEachKey(of: value) { state, key, parts, nameEnd in
      var found = Judgement()
      found.nameEnd = nameEnd
      found.authenticity = state.judge(value, parts, key, origin: &found.origin)
      if found.authenticity.isOpened, let digests = state.digests {
        found.contents = state.buffer.withBytes { digests.digest(of: $0) }
      }
      state.buffer.wipe()
      if found.authenticity > judgement.authenticity { judgement = found }
      return judgement.authenticity.isOpened
    }
    return judgement
  }

  /// See ``ValueJudge/opens(_:under:)``.
  package mutating func opens(_ value: EncryptedValue, under other: RawSpan) -> Bool {
    var isOpened = false
    forEachKey(of: value) { state, key, parts, _ in
      guard parts.isBound else { return false }
      isOpened = state.opens(value.value.extracting(parts.payload), parts.cipher, key, under: other)
      state.buffer.wipe()
      return isOpened
    }
    return isOpened
  }

  private mutating func judge(
    _ value: EncryptedValue, _ parts: EnvelopeBody, _ key: ReadyKey,
    origin: inout Judgement.Origin?
  ) -> Authenticity {
    let payload = value.value.extracting(parts.payload)
    switch parts.cipher {
    case .aescbc: return judge(cbc: payload, of: value, key, origin: &origin)
    case .secretbox:
      let opening = key.open(payload, .secretbox, authenticating: value.key, into: &buffer)
      return opening == .opened ? judgeObject(of: value, origin: &origin) : .refused
    case .aesgcm, .seededAESGCM:
      return judge(bound: payload, parts.cipher, of: value, key, origin: &origin)
    case .aesgcmOrCBC:
      // apiserver server/options/encryptionconfig/config.go: from 1.25 on, GCM is tried before CBC.
      let asGCM = judge(bound: payload, .aesgcm, of: value, key, origin: &origin)
      guard !asGCM.isOpened, payload.byteCount % 16 == 0 else { return asGCM }
      var originOfCBC: Judgement.Origin?
      let asCBC = judge(cbc: payload, of: value, key, origin: &originOfCBC)
      guard asCBC > asGCM else { return asGCM }
      origin = originOfCBC
      return asCBC
    }
  }

  /// Without integrity: what is not an object, padding and all, was altered or decrypted with the wrong key.
  private mutating func judge(
    cbc payload: RawSpan, of value: EncryptedValue, _ key: ReadyKey,
    origin: inout Judgement.Origin?
  ) -> Authenticity {
    if key.open(payload, .aescbc, authenticating: value.key, into: &buffer) == .opened {
      let object = judgeObject(of: value, origin: &origin)
      if object != .notAnObject { return object }
    }
    return key.decrypt(payload, .aescbc, into: &buffer) && beginsLikeObject ? .altered : .refused
  }

  /// What is bound to its etcd key: under its own, or without what a gateway put before it.
  private mutating func judge(
    bound payload: RawSpan, _ cipher: EnvelopeBody.Cipher, of value: EncryptedValue, _ key: ReadyKey,
    origin: inout Judgement.Origin?
  ) -> Authenticity {
    if opens(payload, cipher, key, under: value.key) { return judgeObject(of: value, origin: &origin) }
    guard key.decrypt(payload, cipher, into: &buffer) else { return .refused }
    switch buffer.withBytes({ ObjectMatch(of: $0, at: value.path, in: value.key) }) {
    case .notAnObject: return beginsLikeObject ? .altered : .refused
    case .itself, .another: break
    }
    // What was not altered says itself under which key it was written: in memory that is wiped, as it is.
    let home = withHome(of: value) { home in
      var bytes: [UInt8] = []
      bytes.append(home)
      return SecretBytes(wiping: &bytes)
    }
    for candidate in value.possibleOrigins {
      if opens(payload, cipher, key, under: candidate.rawSpan) {
        origin = .key(EtcdKey(bytes: candidate))
        return .moved
      }
    }
    if let home, home.withBytes({ opens(payload, cipher, key, under: $0) }) {
      origin = .named(home.withBytes { ring.digests.digest(of: $0) })
      return .moved
    }
    return .unplaced
  }

  /// Whether `payload` was written under `path`, or under what is left of it without the prefix that a gateway puts there.
  /// If so, the buffer holds what was encrypted.
  private mutating func opens(
    _ payload: RawSpan, _ cipher: EnvelopeBody.Cipher, _ key: ReadyKey, under path: RawSpan
  ) -> Bool {
    let strippable = path.holds(ring.strippedPrefix, at: 0) ? ring.strippedPrefix.count : 0
    let stripped = path.extracting(droppingFirst: strippable)
    // Nearly all values of a store are alike.
    if isStripped, key.open(payload, cipher, authenticating: stripped, into: &buffer) == .opened { return true }
    if key.open(payload, cipher, authenticating: path, into: &buffer) == .opened {
      isStripped = false
      return true
    }
    guard strippable > 0, !isStripped,
      key.open(payload, cipher, authenticating: stripped, into: &buffer) == .opened
    else { return false }
    isStripped = true
    return true
  }

  /// Judges what was opened into the buffer.
  private func judgeObject(
    of value: EncryptedValue, origin: inout Judgement.Origin?
  ) -> Authenticity {
    switch buffer.withBytes({ ObjectMatch(of: $0, at: value.path, in: value.key) }) {
    case .itself: return .authentic
    case .notAnObject: return .notAnObject
    case .another:
      origin = withHome(of: value) { .named(ring.digests.digest(of: $0)) }
      return .moved
    }
  }

  /// Hands the etcd key that the object in the buffer names to `body`.
  private func withHome<Result>(of value: EncryptedValue, _ body: (RawSpan) -> Result) -> Result? {
    buffer.withBytes {
      ObjectMatch.withHome(of: $0, beside: value.key, value.path, prefixBytes: value.prefixBytes, body)
    }
  }

  private var beginsLikeObject: Bool { buffer.withBytes { ObjectMatch.isBeginning(of: $0) } }
}

extension EncryptedValue {
  /// The same path below other prefixes: where a store was restored or migrated, values are bound to the old one.
  fileprivate var possibleOrigins: [[UInt8]] {
    ["/registry", "/kubernetes.io", "/openshift.io"].map { prefix in
      var bytes = Array(prefix.utf8)
      bytes.append(key.extracting(droppingFirst: prefixBytes))
      return bytes
    }
  }
}

extension EnvelopeBody {
  /// Whether the value is bound to its etcd key.
  fileprivate var isBound: Bool {
    switch cipher {
    case .aesgcm, .aesgcmOrCBC, .seededAESGCM: true
    case .aescbc, .secretbox: false
    }
  }
}
