import Cryptography
import KubernetesStorage

extension Linter {
  /// The keys by themselves and beside each other: L11 to L16.
  mutating func checkKeys() {
    checkReusedSecrets()
    checkReusedNames()
    for (provider, key) in keys {
      checkName(key.name, at: key.place)
      checkSecret(key, of: provider)
    }
  }

  private mutating func checkReusedSecrets() {
    var first: [SHA256Digest: (reference: KeyReference, place: ConfigurationPlace)] = [:]
    for (provider, key) in keys {
      let reference = KeyReference(provider: provider.provider, name: key.name)
      let digest = key.secret.digest
      if let other = first[digest] {
        guard other.reference != reference else { continue }
        add(
          .reusedSecret, at: key.secretPlace,
          "\(other.place) has the same secret: this is one key under two names or two providers")
      } else {
        first[digest] = (reference, key.secretPlace)
      }
    }
  }

  private mutating func checkReusedNames() {
    var reported: Set<ConfigurationPlace> = []
    for pattern in configuration.patterns {
      var first: [KeyReference: (digest: SHA256Digest, place: ConfigurationPlace)] = [:]
      for case .key(let provider, let key) in configuration.transformers(for: pattern) {
        let reference = KeyReference(provider: provider.provider, name: key.name)
        let digest = key.secret.digest
        guard let other = first[reference] else {
          first[reference] = (digest, key.place)
          continue
        }
        guard other.digest != digest, reported.insert(key.place).inserted else { continue }
        add(
          .reusedKeyName, at: key.place,
          "another key has the name \(KeyLabel(key.name).quoted) too (\(other.place)): a value does not tell which of the two "
            + "it needs")
      }
    }
  }

  /// Names are followed by a colon and then by random bytes.
  mutating func checkName(_ name: String, at place: ConfigurationPlace) {
    let flaw =
      if name.contains(":") {
        "a colon"
      } else if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
        "a control character"
      } else if !name.utf8.allSatisfy({ $0 < 0x80 }) {
        "a character outside of ASCII"
      } else {
        nil as String?
      }
    guard let flaw else { return }
    add(
      .ambiguousKeyName, at: place,
      "the name \(KeyLabel(name).quoted) contains \(flaw): without this file it is hard to tell where the name ends in a stored "
        + "value"
    )
  }

  private mutating func checkSecret(_ key: LocalKey, of provider: LocalProvider) {
    let name = KeyLabel(key.name).quoted
    if key.secret.isPublished {
      add(
        .publishedKey, at: key.secretPlace, "the secret of the key \(name) is published in the Kubernetes documentation"
      )
    } else if key.secret.isPredictable {
      add(.predictableKey, at: key.secretPlace, "the secret of the key \(name) is text or a pattern, not random bytes")
    }
    if provider != .secretbox, key.secret.byteCount < 32 {
      add(.shortKey, at: key.secretPlace, "the secret of the key \(name) has \(8 * key.secret.byteCount) bits")
    }
  }
}
