import ByteViews
import Cryptography
import StrictYAML

extension EncryptionConfiguration {
  /// Reads `text`, YAML or JSON, as an API server of `server` does, and overwrites it.
  ///
  /// Where the text is something else that holds a configuration, such as a ConfigMap, that configuration is read: see
  /// ``wrapping``.
  ///
  /// Keys go from the text into `SecretBytes`. Of the text itself only `text` is wiped: the copies that Swift strings
  /// and the YAML parser make on the way are freed before this returns, but their memory can't be reached to overwrite
  /// it.
  ///
  /// Throws everything that is wrong with the file. What depends on the release is whether unknown members are refused
  /// (from 1.31 on), names of resources (from 1.27 on) and KMS v1 (from 1.29 on); all else always is. Where `server` names
  /// no release, the newest is assumed. Beyond the API server's own refusals, these are refused: files above 1 MiB, UTF-16,
  /// collections more than a thousand deep in one another, more than 16 aliases, and aliases beside members that are no
  /// plain names. O(n).
  public init(
    wiping text: inout [UInt8], for server: APIServerSettings = APIServerSettings()
  ) throws(InvalidConfiguration) {
    try self.init(wiping: &text, server)
    try checkRefusals(by: server.kubernetesVersion)
  }

  /// The same for an API server whose release is found out later: what only some releases refuse is left to
  /// ``checkRefusals(by:enablesKMSv1:)``.
  public init(
    wiping text: inout [UInt8], forAnyRelease server: APIServerSettings
  ) throws(InvalidConfiguration) {
    try self.init(wiping: &text, server)
  }

  private init(wiping text: inout [UInt8], _ server: APIServerSettings) throws(InvalidConfiguration) {
    defer { text.wipe() }
    var hash = SHA256()
    hash.update(text.rawSpan)
    let source: ConfigurationSource
    do throws(ConfigurationError) {
      source = try ConfigurationSource(of: Self.documents(in: text))
    } catch {
      throw InvalidConfiguration([error])
    }
    guard case .success(let root) = source.root else {
      throw InvalidConfiguration(source.errors, in: source.wrapping)
    }
    var reader = ConfigurationReader(for: server)
    let draft = reader.configuration(root, lacksHeader: source.lacksHeader)
    let errors = reader.errorsInOrder
    guard let draft, !errors.contains(where: \.isRaisedByAll) else {
      throw InvalidConfiguration(errors.filter { $0.isRaised(by: server.kubernetesVersion) }, in: source.wrapping)
    }
    header = draft.header
    headerPlace = draft.headerPlace
    groups = draft.groups
    groupsPlace = draft.groupsPlace
    self.server = server
    wrapping = source.wrapping
    others = source.others
    digest = source.digest ?? hash.digest()
    hasOwnText = source.wrapping == nil || source.digest != nil
    laterRefusals = errors
  }

  private static func documents(in text: [UInt8]) throws(ConfigurationError) -> YAMLDocuments {
    do throws(YAMLFault) {
      return try YAMLDocuments(YAMLDocuments.text(of: text, kind: "an EncryptionConfiguration"), .file)
    } catch {
      throw ConfigurationError(error)
    }
  }
}
