import TestSupport

/// Values that targets put beside those that are made up.
enum StoredValues {
  /// An object that no policy asks for.
  static let namespace = StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])
  /// Secrets in the clear, in every encoding.
  static let secrets = [StoredSecret.plaintext(), StoredSecret.json, Array(yaml.utf8)]
  /// A Secret as people write it.
  static let yaml = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: YQ==\ntype: Opaque\n"
}
