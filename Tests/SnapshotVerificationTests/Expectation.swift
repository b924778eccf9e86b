import EtcdStorage
import KubernetesStorage
import TestSupport
import VerificationModel

/// What the verifier must say of the core Secrets of a real snapshot, worked out from its truth alone.
///
/// The truth's classes are coarser than the contract's where values were tampered with. It tells those apart itself: a
/// Secret behind an envelope's prefix is one whose canary can be read although the truth doesn't count it as plaintext,
/// and a value that is mere text is named so among the manipulations.
struct Expectation {
  /// Live values by class.
  private(set) var live = ClassCounts()
  /// Superseded and deleted values by class.
  private(set) var history = ClassCounts()
  /// Live values that are plaintext, in order of their keys.
  let plaintextKeys: [String]
  /// Keys of which an old revision is plaintext, in order.
  let plaintextHistoryKeys: [String]
  /// Keys of plaintext behind an envelope's prefix.
  let forgedKeys: Set<String>
  /// How many values each encryption key is needed for.
  private(set) var keys: [Key: Uses] = [:]

  /// An encryption key.
  struct Key: Hashable {
    let provider: Provider
    let name: String
    let keyID: String?
  }

  /// Values that need a key.
  struct Uses: Hashable {
    var live = 0
    var history = 0
  }

  /// What one of the truth's classes stands for.
  private struct TruthClass {
    let valueClass: ValueClass
    let key: Key?

    init?(_ name: String) {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      switch parts.first {
      case "identity-protobuf", "identity-json": self.init(.plaintext)
      case "malformed": self.init(.malformed)
      case "unknown-enc-prefix": self.init(.unknownEnvelope)
      case "other": self.init(.unrecognized)
      case "empty": self.init(.empty)
      case let provider? where parts.count == 2: self.init(provider, parts[1])
      default: return nil
      }
    }

    private init(_ valueClass: ValueClass) { (self.valueClass, key) = (valueClass, nil) }

    /// A class such as `kms-v2:plugin key_id=id dek_source_type=1`.
    private init?(_ provider: String, _ details: String) {
      let name = provider == "kms-v1" ? "kmsv1" : provider == "kms-v2" ? "kmsv2" : provider
      guard let provider = Provider(rawValue: name) else { return nil }
      let words = details.split(separator: " ").map(String.init)
      let keyID = words.first { $0.hasPrefix("key_id=") }.map { String($0.dropFirst("key_id=".count)) }
      valueClass = .encrypted
      key = Key(provider: provider, name: words[0], keyID: keyID)
    }
  }

  /// What `truth` calls for. Throws when it names a class that is not known.
  init(_ truth: Truth) throws {
    let forged = truth.latest.secretsWithReadableCanaryButNotInPlaintextKeys
    let texts = (truth.tampered ?? []).filter { $0.kind.contains("whole value is text") }.map(\.key)
    forgedKeys = Set(forged)
    plaintextKeys = Set(truth.latest.secretsPlaintextKeys).subtracting(texts).union(forged).sorted()
    plaintextHistoryKeys = truth.history.secretKeysWithPlaintextHistoryList.sorted()
    for (directory, contents) in truth.latest.byPrefix where Self.holdsCoreSecrets(directory) {
      for (name, count) in contents.classes { try add(count, of: name, to: \.live, \.live) }
    }
    for (directory, classes) in truth.history.supersededByPrefix where Self.holdsCoreSecrets(directory) {
      for (name, count) in classes { try add(count, of: name, to: \.history, \.history) }
    }
    for key in forged { try moveToPlaintext(key, truth) }
  }

  /// The verdict under the default policy: history counts like what is live.
  var verdict: Verdict {
    live.total == live.encrypted && history.total == history.encrypted ? .pass : .fail
  }

  /// Whether core Secrets lie in the directory, such as `/registry/secrets`: below an etcd prefix of one segment, as
  /// all fixtures have.
  private static func holdsCoreSecrets(_ directory: String) -> Bool {
    let segments = directory.split(separator: "/")
    return segments.count == 2 && segments[1] == "secrets"
  }

  private mutating func add(
    _ count: Int, of name: String, to counts: WritableKeyPath<Expectation, ClassCounts>,
    _ uses: WritableKeyPath<Uses, Int>
  ) throws {
    guard let truthClass = TruthClass(name) else { throw UnknownClass(name: name) }
    for _ in 0..<count { self[keyPath: counts].count(truthClass.valueClass) }
    if let key = truthClass.key { keys[key, default: Uses()][keyPath: uses] += count }
  }

  /// Counts a live Secret behind an envelope's prefix as what it is, instead of where the truth has it.
  private mutating func moveToPlaintext(_ key: String, _ truth: Truth) throws {
    live.plaintext += 1
    if truth.latest.secretsMalformedOrUnrecognised.contains(where: { $0.key == key && $0.class == "malformed" }) {
      live.malformed -= 1
      return
    }
    // The padded one passes the truth's length check: it stands under the key of the prefix that was put before it.
    let kind = truth.tampered?.first { $0.key == key }?.kind ?? ""
    let name = truth.keysLoaded.first { kind.contains("\($0.prefix { $0 != ":" }) prefix followed by plaintext") }
    guard let name, let sealed = TruthClass(name)?.key else { throw UnknownClass(name: kind) }
    live.encrypted -= 1
    keys[sealed]?.live -= 1
  }

  /// What the truth's `classes` are, without regard to what was tampered with.
  static func counts(of classes: [String: Int]) throws -> ClassCounts {
    try classes.reduce(into: ClassCounts()) { counts, entry in
      guard let truthClass = TruthClass(entry.key) else { throw UnknownClass(name: entry.key) }
      for _ in 0..<entry.value { counts.count(truthClass.valueClass) }
    }
  }

  /// The truth uses a word that has no meaning here.
  struct UnknownClass: Error {
    let name: String
  }
}
