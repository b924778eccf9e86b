import EncryptionConfig

extension APIServerSettings {
  /// The newest release, with the feature gate that the plugins of some files need.
  static let allowingKMSv1 = APIServerSettings(enablesKMSv1: true)
}

extension EncryptionConfiguration {
  /// The configuration in `text`.
  init(_ text: String, for server: APIServerSettings = .allowingKMSv1) throws(InvalidConfiguration) {
    var bytes = Array(text.utf8)
    try self.init(wiping: &bytes, for: server)
  }

  /// A configuration of one entry.
  init(resources: String, providers: String, for server: APIServerSettings = .allowingKMSv1) throws {
    try self.init(Self.text(entries: "{resources: [\(resources)], providers: [\(providers)]}"), for: server)
  }

  /// A file with these entries, in flow style.
  static func text(entries: String...) -> String {
    firstLines + "resources:\n" + entries.map { "- \($0)\n" }.joined()
  }

  /// The two lines that every file begins with.
  static let firstLines = "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\n"
}
