import StrictYAML

/// What a document is that is no configuration, and where the configuration is likely to be found.
enum ForeignDocument {
  /// A sentence about `root`; nil of what is, or may be meant to be, a configuration.
  static func sentence(about root: YAMLValue) -> String? {
    if root["sops"] != nil { return "the file is encrypted by SOPS: decrypt it first" }
    guard case .mapping = root.node else { return nil }
    if root["machine"] != nil, root["cluster"] != nil {
      return "this is a Talos machine configuration; the EncryptionConfiguration that Talos makes of it is "
        + "/system/secrets/kubernetes/kube-apiserver/encryptionconfig.yaml on a control plane node"
    }
    if root["secrets-encryption"] != nil || root["secrets-encryption-provider"] != nil {
      return "this is the configuration of K3s or RKE2; the EncryptionConfiguration that the server makes of it is "
        + "server/cred/encryption-config.json in its data directory, such as /var/lib/rancher/k3s"
    }
    guard let kind = root["kind"]?.text, !kind.isEmpty else { return nil }
    return kind.lowercased().hasPrefix("enc") ? nil : sentence(about: kind, root)
  }

  private static func sentence(about kind: String, _ root: YAMLValue) -> String {
    let noun = QuotableText(kind).isQuoted ? kind : "a document of another kind"
    switch kind {
    case "ConfigMap", "Secret", "List":
      return "this is a \(noun), and no EncryptionConfiguration was found in it"
    case "Config":
      return "this is a kubeconfig, not an EncryptionConfiguration"
    case "Pod":
      return "this is a Pod, not an EncryptionConfiguration; the API server's own names the file in "
        + "--encryption-provider-config"
    case "SealedSecret":
      return "this is a SealedSecret: give the Secret that it is made of"
    default:
      return "the kind is \(noun == kind ? "'\(kind)'" : noun), not 'EncryptionConfiguration'"
    }
  }
}
