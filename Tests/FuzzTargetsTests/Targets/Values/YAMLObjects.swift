import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// YAML, as people write it and pipelines store it.
enum YAMLObjects: ObjectEncoding {
  static let name = "yaml"
  static let words = FuzzSeeds.words(
    "apiVersion: v1\n", "kind: Secret\n", "metadata:\n  name: db\n", "data:\n  a: YQ==\n", "stringData:\n", "---\n",
    "...\n",
    "# c\n", "|\n", ">-\n", "'", "\"", "&a", "*a", "!!str ", "? ", "- ", "{kind: Secret}", "\t", "\r\n", "\\x53",
    "items:\n", "\u{FEFF}")

  static func seeds() -> [[UInt8]] {
    [
      StoredValues.yaml,
      "---\n# a Secret\nkind: \"Secret\"\napiVersion: 'v1'\nmetadata: {name: db, namespace: default}\n"
        + "stringData:\n  a: |\n    b\n    c\n",
      "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Secret\n  data: {a: YQ==}\nkind: List\n",
      "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 1\n---\n"
        + "apiVersion: v1\nkind: Secret\ndata:\n  a: YQ==\n",
      "kind: >-\n  Secret\napiVersion: v1\r\n",
      "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n- resources: [secrets]\n"
        + "  providers:\n  - aescbc:\n      keys:\n      - name: k\n        secret: AAAAAAAAAAAAAAAAAAAAAA==\n",
    ].map { Array($0.utf8) }
  }
}
