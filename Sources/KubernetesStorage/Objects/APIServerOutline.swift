import ByteViews

/// What the mirror pod of a kube-apiserver in the clear tells about how that runs: its version and a few of its flags.
///
/// A kubelet that runs the API server as a static pod mirrors it to the API (kubeadm, RKE2, Talos, OpenShift). Every
/// string is at most `ObjectOutline.maximumNameBytes` long, longer ones are cut; bytes that are not UTF-8 become U+FFFD.
public struct APIServerOutline: Hashable, Sendable {
  /// At most this many flags are kept, the first ones.
  public static let maximumFlags = 64

  /// Such as `kube-apiserver-node-1`; empty when absent.
  public let podName: String
  /// The node the pod runs on; nil when absent.
  public let nodeName: String?
  /// Such as `registry.k8s.io/kube-apiserver:v1.31.2`; empty when absent.
  public let image: String
  /// The flags of `Flag.Name` in the order of the command line. Of flags of one name the last one counts, but that
  /// feature gates and overrides add up.
  public let flags: [Flag]

  /// Reads the pod in `value`, in JSON or protobuf; nil when it is damaged, another object, or has no container named
  /// `kube-apiserver`. O(length).
  public init?(of value: RawSpan) {
    guard ObjectType(of: value) == .pod, let draft = APIServerDraft(of: value), let container = draft.apiServer else {
      return nil
    }
    self.podName = draft.podName
    self.nodeName = draft.nodeName.isEmpty ? nil : draft.nodeName
    self.image = container.image
    self.flags = Array((container.command.flags + container.arguments.flags).prefix(Self.maximumFlags))
  }

  /// The image's tag, when it is a version: `v1.31.2`, `v1.28.3-rke2r1`; nil of an image named by its digest alone.
  public var version: String? {
    guard let path = image.split(separator: "@").first, let name = path.split(separator: "/").last else { return nil }
    let parts = name.split(separator: ":")
    guard parts.count == 2, let tag = parts.last else { return nil }
    let number = tag.first == "v" ? tag.dropFirst() : tag
    return number.utf8.first.map(\.isDigit) == true ? String(tag) : nil
  }

  /// Whether the pod of this namespace and name, as its etcd key has them, is a kube-apiserver's mirror pod: named
  /// `kube-apiserver-` and the node, in the namespace that its distribution uses.
  public static func isPath(namespace: RawSpan?, name: RawSpan) -> Bool {
    guard let namespace, namespace.equals("kube-system") || namespace.equals("openshift-kube-apiserver") else {
      return false
    }
    return name.byteCount > 15 && name.holds("kube-apiserver-", at: 0)
  }
}

extension APIServerOutline {
  /// A flag and its value. No flag is kept whose value could be a secret.
  public struct Flag: Hashable, Sendable {
    /// The flags that tell how and where objects are stored (kube-apiserver's command line reference).
    public enum Name: String, CaseIterable, Sendable {
      /// The path of the EncryptionConfiguration.
      case encryptionProviderConfig = "encryption-provider-config"
      /// Whether the API server reads that file again when it changes.
      case encryptionProviderConfigAutomaticReload = "encryption-provider-config-automatic-reload"
      /// Below which path in etcd objects are kept.
      case etcdPrefix = "etcd-prefix"
      /// Resources that are kept in other etcd clusters, and these clusters' addresses.
      case etcdServersOverrides = "etcd-servers-overrides"
      /// How built-in objects are written.
      case storageMediaType = "storage-media-type"
      /// Features turned on or off.
      case featureGates = "feature-gates"
      /// How long old revisions are kept.
      case etcdCompactionInterval = "etcd-compaction-interval"
      /// The version of etcd's API.
      case storageBackend = "storage-backend"
    }

    /// Which flag.
    public let name: Name
    /// As it stands on the command line; `true` when it stands there without a value.
    public let value: String
  }
}

extension ObjectType {
  fileprivate static let pod = ObjectType(group: "", kind: "Pod")
}
