import EncryptionConfig
import KubernetesStorage
import StrictYAML

/// One of the `resources`: what the file names, and who writes and reads it.
struct LintRecordResource: Encodable {
  let resource: PrintableText
  /// The first one writes.
  let providers: [Reader]

  /// A way of reading.
  struct Reader: Encodable {
    /// As stored values name it, or `identity`.
    let provider: String
    /// The name of the key or plugin.
    let name: PrintableText?
    let config: LintRecordPlace

    init(_ transformer: Transformer) {
      self.provider = transformer.key?.provider.rawValue ?? "identity"
      self.name = transformer.key.map { PrintableText(KeyLabel($0.name).inConfiguration) }
      self.config = LintRecordPlace(transformer.place)
    }
  }

  init(_ pattern: ResourcePattern, in configuration: EncryptionConfiguration) {
    self.resource = PrintableText(QuotableText(pattern.description).bare)
    self.providers = configuration.transformers(for: pattern).map(Reader.init)
  }
}
