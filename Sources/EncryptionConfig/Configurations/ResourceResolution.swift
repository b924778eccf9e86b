import KubernetesStorage

/// How an API server with a configuration writes and reads the values of one resource.
public struct ResourceResolution: Sendable {
  /// The resource.
  public let resource: GroupResource
  /// What in the file applies to it: its own name, else the wildcard of its group, else `*.*`; nil: nothing does.
  public let pattern: ResourcePattern?
  /// The ways of reading, in the order in which they are tried; the first one writes. None when nothing applies, which is
  /// the same as identity alone.
  public let transformers: [Transformer]

  /// What writes; nil when nothing in the file applies.
  public var writer: Transformer? { transformers.first }

  /// The key or plugin that new values name; nil: they are plaintext.
  public var writeKey: KeyReference? { writer?.key }

  /// Whether values in the clear can be read.
  public var readsPlaintext: Bool { transformers.isEmpty || transformers.contains { $0.key == nil } }

  /// Whether something in the file could encrypt or decrypt its values.
  public var isEncrypting: Bool { transformers.contains { $0.key != nil } }

  /// What is tried on a value that names `key`, in order. There are several when a name stands for several keys.
  public func readers(of key: KeyReference) -> [Transformer] { transformers.filter { $0.key == key } }

  /// Whether the file has a key or plugin of this name for the resource, so that a value may be readable.
  public func canRead(_ key: KeyReference) -> Bool { transformers.contains { $0.key == key } }
}
