import Cryptography
import KubernetesStorage
import StrictYAML

/// Which part of a file is the configuration, and what else the file holds.
struct ConfigurationSource {
  /// The configuration, or why its text can't be read.
  let root: Result<YAMLValue, ConfigurationError>
  /// What it lies in; nil when it is the first document of the file, the only one that an API server reads.
  let wrapping: ConfigurationWrapping?
  /// What does not count.
  let others: [OtherConfiguration]
  /// SHA-256 of the configuration's text, where that is a part of the file.
  let digest: SHA256Digest?
  /// Whether what it lies in states version and kind for it.
  let lacksHeader: Bool

  /// Looks for the configuration in `documents`.
  ///
  /// Throws when there is nothing in them.
  init(of documents: YAMLDocuments) throws(ConfigurationError) {
    let first = documents.roots[0]
    let wrapped = Self.isMeantAsConfiguration(first) ? [] : WrappedConfigurations(in: documents).found
    guard let found = wrapped.first else {
      guard !first.isNull else { throw ConfigurationError(.empty, at: .start, Self.emptiness(of: documents)) }
      root = .success(first)
      wrapping = nil
      digest = nil
      lacksHeader = false
      others = Self.laterDocuments(of: documents)
      return
    }
    root = found.root
    wrapping = found.wrapping
    digest = found.digest
    lacksHeader = found.lacksHeader
    others = wrapped.dropFirst().map { other in
      guard case .success(let root) = other.root else {
        return OtherConfiguration(
          reason: .alsoWrapped, place: ConfigurationPlace(line: other.wrapping.line, path: other.wrapping.path),
          kind: nil, resources: [])
      }
      return OtherConfiguration(root, .alsoWrapped, path: other.wrapping.path)
    }
  }

  /// Why the configuration can't be read; none when it can.
  var errors: [ConfigurationError] {
    if case .failure(let error) = root { [error] } else { [] }
  }

  /// Whether an API server would take the document for a configuration, right or wrong.
  private static func isMeantAsConfiguration(_ root: YAMLValue) -> Bool {
    guard !root.isNull, ForeignDocument.sentence(about: root) == nil else { return false }
    return root["kind"] != nil || root["resources"] != nil
  }

  private static func emptiness(of documents: YAMLDocuments) -> String {
    documents.roots.contains { !$0.isNull }
      ? "the first document of the file is empty, and an API server reads no other" : "the file is empty"
  }

  private static func laterDocuments(of documents: YAMLDocuments) -> [OtherConfiguration] {
    let later = documents.roots.dropFirst().filter { !$0.isNull }.map { OtherConfiguration($0, .laterDocument) }
    let unreadable = documents.fault.map { fault in
      OtherConfiguration(
        reason: .laterDocument, place: ConfigurationPlace(line: fault.place.line, path: ""), kind: nil, resources: [])
    }
    return later + [unreadable].compactMap(\.self)
  }
}

extension OtherConfiguration {
  /// What `root` names, a configuration or another document.
  fileprivate init(_ root: YAMLValue, _ reason: Reason, path: String? = nil) {
    var resources: [String] = []
    for entry in root["resources"]?.elements ?? [] {
      for name in entry["resources"]?.elements ?? [] where resources.count < 100 {
        if let text = name.text { resources.append(QuotableText(text).bare) }
      }
    }
    self.init(
      reason: reason, place: ConfigurationPlace(line: root.place.line, path: path ?? root.place.path),
      kind: root["kind"]?.text.flatMap { QuotableText($0).isQuoted ? $0 : nil }, resources: resources)
  }
}

extension YAMLValue {
  /// The elements of a list; none of anything else.
  fileprivate var elements: [YAMLValue] {
    guard case .sequence(let sequence) = node else { return [] }
    return sequence.enumerated().map { element($0.offset, $0.element) }
  }
}
