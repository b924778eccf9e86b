import VerificationModel

/// The file in a few words: size, pages, revision, etcd version, SHA-256.
struct FileDescription {
  let snapshot: SnapshotReport
  /// Whether the path is named, because the first line could not hold it.
  let includesPath: Bool

  /// The lines; none where there is nothing to tell.
  func lines(_ style: Style) -> [String] {
    let path = includesPath ? [PrintableText(snapshot.name).description.boundedName] : []
    let figures = figures.isEmpty ? [] : [figures.joined(separator: ", ")]
    return LabelledText(label: "File", texts: path + figures + digests).lines(style)
  }

  private var figures: [String] {
    [size, pages, origin, revision, version, hash].compactMap(\.self)
  }

  /// Of what holds no bytes, or could not be opened, the first line has said so.
  private var size: String? {
    guard snapshot.file.bytes > 0 else { return nil }
    let containers = snapshot.file.containers.reversed().map(\.rawValue).joined(separator: " in ")
    return snapshot.file.bytes.inBinaryUnits + (containers.isEmpty ? "" : " out of \(containers)")
  }

  private var pages: String? {
    snapshot.bolt.map { bolt in
      "\(bolt.pages.counted("page")) of \(bolt.pageSize) bytes"
        + (bolt.unreachablePages > 0 ? " (\(bolt.unreachablePages) unreachable)" : "")
    }
  }

  private var origin: String? {
    snapshot.bolt?.origin == .rawCopy ? "copied from a member's data directory" : nil
  }

  private var revision: String? {
    snapshot.etcd.map { etcd in
      "revision \(etcd.revision)" + (etcd.compactRevision > 0 ? " (compacted up to \(etcd.compactRevision))" : "")
    }
  }

  private var version: String? {
    snapshot.etcd?.version.map { "etcd \(PrintableText($0))" }
  }

  private var hash: String? { snapshot.file.hash?.sentence }

  private var digests: [String] {
    switch snapshot.file.hash {
    case .match(let digest): ["content \(digest)"]
    case .mismatch(let computed, let embedded): ["computed \(computed)", "embedded \(embedded)"]
    case .missing(let computed): ["content \(computed)"]
    case .skipped, nil: []
    }
  }
}
