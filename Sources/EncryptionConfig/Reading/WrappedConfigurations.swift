import ByteViews
import Cryptography
import KubernetesStorage
import StrictYAML
import Yams

/// Finds the configurations that lie inside of other documents: in the data of ConfigMaps and Secrets, as they are or in
/// base64; in the state file of an RKE cluster (rancher/rke cluster/state.go: `desiredState` and `currentState`, each with
/// the text `encryptionConfig`); in whatever else holds one as a text or as a mapping that states the kind.
struct WrappedConfigurations {
  /// A configuration that was found.
  struct Found {
    let wrapping: ConfigurationWrapping
    /// The configuration, or why its text can't be read.
    let root: Result<YAMLValue, ConfigurationError>
    /// SHA-256 of its text; nil where it is part of a document.
    let digest: SHA256Digest?
    /// Whether the wrapping states version and kind for it.
    var lacksHeader = false
  }

  /// In the order of the file, each once.
  private(set) var found: [Found] = []
  private var valuesLeft = 200_000
  private var bytesLeft = 16 << 20
  /// How many texts may lie in one another: a configuration in the state of a cluster in a ConfigMap needs two.
  private static let maximumDepth = 3

  /// Searches `documents`. Bounded work, whatever aliases repeat.
  init(in documents: YAMLDocuments) {
    for root in documents.roots { search(root, Carrier(), depth: 0) }
  }

  /// What the values lie in that are looked at.
  private struct Carrier {
    var kind: String?
    /// Of texts in one another, the way to the outer one.
    var prefix = ""
    /// What stands around the value as a text.
    var form = ConfigurationWrapping.Form.mapping
    var digest: SHA256Digest?

    func path(_ value: YAMLValue) -> String {
      [prefix, value.place.path].filter { !$0.isEmpty }.joined(separator: ".")
    }
  }

  private mutating func search(_ root: YAMLValue, _ carrier: Carrier, depth: Int) {
    var rest = [(value: root, carrier: carrier)]
    while let (value, carrier) = rest.popLast() {
      guard valuesLeft > 0 else { return }
      valuesLeft -= 1
      switch value.node {
      case .mapping(let mapping):
        if add(value, carrier) { continue }
        var inner = carrier
        inner.kind = Self.kind(of: value) ?? carrier.kind
        let members = mapping.filter { !Self.isMetadata($0.key, of: value) }.map { value.member($0.key, $0.value) }
        // What the API servers of an RKE cluster run with goes before what they are to run with.
        let current = members.partition { $0.place.path.hasSuffix("currentState") }
        rest += (current.matching + current.others).map { ($0, inner) }.reversed()
      case .sequence(let sequence):
        rest += sequence.enumerated().map { (value.element($0.offset, $0.element), carrier) }.reversed()
      case .scalar(let scalar):
        if depth < Self.maximumDepth { searchText(scalar, value, carrier, depth: depth) }
      case .alias:
        continue
      }
    }
  }

  /// The annotation `kubectl.kubernetes.io/last-applied-configuration` repeats the object that it stands in.
  private static func isMetadata(_ key: Node, of value: YAMLValue) -> Bool {
    key.scalar?.string == "metadata" && value["kind"] != nil
  }

  private static func kind(of value: YAMLValue) -> String? {
    if value["currentState"] != nil || value["desiredState"] != nil { return ConfigurationWrapping.rkeState }
    return value["kind"]?.text.flatMap { QuotableText($0).isQuoted ? $0 : nil }
  }

  /// Adds `value` if it is a configuration.
  private mutating func add(_ value: YAMLValue, _ carrier: Carrier) -> Bool {
    let isConfiguration = value["kind"]?.text.map { text in
      EncryptionConfiguration.Header.allCases.contains { $0.kind == text }
    }
    if isConfiguration == true {
      let isText = carrier.form != .mapping && value.place.path.isEmpty
      add(
        Found(
          wrapping: wrapping(value, carrier), root: .success(value.asRoot), digest: isText ? carrier.digest : nil))
      return true
    }
    // Talos: the document has the members of the configuration but for version and kind.
    if value["kind"]?.text == "KubeEtcdEncryptionConfig", let config = value["config"] {
      var carrier = carrier
      carrier.kind = "KubeEtcdEncryptionConfig"
      add(
        Found(
          wrapping: wrapping(config, carrier), root: .success(config.asRoot), digest: nil, lacksHeader: true))
      return true
    }
    return false
  }

  private mutating func add(_ new: Found) {
    let isKnown = found.contains { known in
      if let digest = new.digest, digest == known.digest { return true }
      guard case .success(let left) = known.root, case .success(let right) = new.root else { return false }
      return left.node == right.node
    }
    if !isKnown { found.append(new) }
  }

  private func wrapping(_ value: YAMLValue, _ carrier: Carrier) -> ConfigurationWrapping {
    let path = carrier.path(value)
    let form: ConfigurationWrapping.Form = carrier.form == .mapping && path.isEmpty ? .document : carrier.form
    return ConfigurationWrapping(form: form, kind: carrier.kind, path: path, line: value.asRoot.place.line)
  }

  // MARK: Texts

  private mutating func searchText(_ scalar: Node.Scalar, _ value: YAMLValue, _ carrier: Carrier, depth: Int) {
    let count = scalar.string.utf8.count
    guard count <= bytesLeft else { return }
    bytesLeft -= count
    // The shortest configuration is longer.
    guard count > 60 else { return }
    var inner = carrier
    inner.prefix = carrier.path(value)
    if Self.mayHold(scalar.string) {
      inner.form = carrier.form == .base64 ? .base64 : .text
      search(scalar.string, Self.numbering(of: scalar, value), value, inner, depth: depth)
    } else if let text = Self.decoded(scalar.string), Self.mayHold(text) {
      inner.form = .base64
      search(text, .decoded(line: value.place.line), value, inner, depth: depth)
    }
  }

  private mutating func search(
    _ text: String, _ numbering: LineNumbering, _ value: YAMLValue, _ carrier: Carrier, depth: Int
  ) {
    var carrier = carrier
    var hash = SHA256()
    let bytes = Array(text.utf8)
    hash.update(bytes.rawSpan)
    carrier.digest = hash.digest()
    do throws(YAMLFault) {
      let documents = try YAMLDocuments(text, numbering)
      guard let root = documents.roots.first(where: { !$0.isNull }) else { return }
      search(root, carrier, depth: depth + 1)
    } catch {
      guard text.contains("providers"), text.contains("resources") else { return }
      let wrapping = ConfigurationWrapping(
        form: carrier.form, kind: carrier.kind, path: carrier.prefix, line: value.place.line)
      add(Found(wrapping: wrapping, root: .failure(ConfigurationError(error)), digest: carrier.digest))
    }
  }

  private static func mayHold(_ text: String) -> Bool { text.utf8.firstRange(of: "EncryptionConfig".utf8) != nil }

  /// The lines of a literal block are lines of the file; all else that has several is written in other ways.
  private static func numbering(of scalar: Node.Scalar, _ value: YAMLValue) -> LineNumbering {
    guard scalar.style == .literal, let line = scalar.mark?.line, case .behind(let count) = value.numbering else {
      return .decoded(line: value.place.line)
    }
    return .behind(count + line)
  }

  /// The text that `text` is in base64; nil when it is none. Its bytes are wiped.
  private static func decoded(_ text: String) -> String? {
    guard var bytes = Base64Key.bytes(of: text) else { return nil }
    defer { bytes.wipe() }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension [YAMLValue] {
  /// The elements that `isMatching` is true of, and the others, each in order.
  fileprivate func partition(_ isMatching: (YAMLValue) -> Bool) -> (matching: [YAMLValue], others: [YAMLValue]) {
    (filter(isMatching), filter { !isMatching($0) })
  }
}
