import Cryptography
import KubernetesStorage
import TestSupport
import ValueAuthentication

/// A small store in which nothing is wrong: Secrets `s0` … `s11`, sealed so that ``keys`` open them, and a namespace.
///
/// Its file has four leaves for bucket `key` below one branch, and two free pages.
enum SoundStore {
  /// What the values are sealed with.
  private static let key = [UInt8](1...32)

  /// What opens them.
  static let keys: KeyRing = {
    var bytes = key
    return KeyRing(keys: [.init(provider: .secretbox, name: "key1", secret: SecretBytes(wiping: &bytes))])
  }()

  /// The rows.
  static let etcd = EtcdWriter(
    .v36,
    [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
      + (0..<12).map { .put(secretKey("s\($0)"), sealed("s\($0)", seed: UInt64($0))) })

  /// What writes its file.
  static let writer: BoltWriter = {
    var writer = BoltWriter(pageSize: 2048)
    writer.packing.rowsPerLeaf = 4
    writer.freePages = [3: [], 5: []]
    return writer
  }()

  /// The Secret `name` as an API server stores it, behind a nonce that follows from `seed`.
  static func sealed(_ name: String, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return prefix + Sealing.secretbox(StoredSecret.plaintext(name: name), key: key, nonce: random.bytes(24))
  }

  /// What a sealed value begins with.
  static let prefix = Array("k8s:enc:secretbox:v1:key1:".utf8)
}

extension EtcdWriter {
  /// The root bucket, with bucket `key` in pages of its own.
  var rootInPages: BoltBucket {
    var root = root
    root["key"]?.layout = .pages
    return root
  }
}

extension BoltImage {
  /// The second leaf of bucket `key`.
  var secondLeaf: Page { leafPages(ofBucket: "key")[1] }

  /// The branch above the leaves of bucket `key`.
  var onlyBranch: Page { branchPages(ofBucket: "key")[0] }

  /// The freelist, where one is stored.
  var freelist: Page { page(self[meta: 0, .freelist]) }
}
