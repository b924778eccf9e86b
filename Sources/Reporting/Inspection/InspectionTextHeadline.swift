import VerificationModel

/// The first line of the text about a file: what it is, and how much of what matters is in it. Whoever reads nothing
/// else has the answer.
struct InspectionTextHeadline: TextHeadline {
  let inspection: Inspection

  var verdict: Verdict { inspection.isComplete ? .pass : .error }

  var path: String { PrintableText(inspection.name).description.boundedName }

  var label: String {
    if inspection.bolt == nil { return "UNREADABLE" }
    if inspection.isForeign { return "NOT ETCD" }
    guard inspection.isComplete else { return "DAMAGED" }
    return inspection.bolt?.origin == .rawCopy ? "RAW COPY" : "SNAPSHOT"
  }

  var statement: String {
    let facts = facts.joined(separator: ", ")
    guard let error = inspection.errors.mostImportant else {
      return [facts, hash].filter { !$0.isEmpty }.joined(separator: "; ")
    }
    let others = inspection.errors.count - 1 + inspection.errorsOmitted
    return PrintableText(error.message).description + (others > 0 ? ", and \(others.counted("more error"))" : "")
      + (facts.isEmpty ? "" : "; still read: \(facts)")
  }

  private var facts: [String] {
    guard let etcd = inspection.etcd else { return [] }
    let version = etcd.version.map { "etcd \(PrintableText($0))" }
    guard etcd.revisions > 0 else { return [version, "no rows"].compactMap(\.self) }
    return [version, "revision \(etcd.revision)", etcd.liveKeys.counted("live key"), secrets].compactMap(\.self)
  }

  /// The live Secrets under all prefixes, or under the one that was given; nil where the resources were not told apart.
  private var secrets: String? {
    let place = inspection.givenPrefix.map { " under \(PrintableText($0.description))" } ?? ""
    guard !inspection.resources.isEmpty else { return place.isEmpty ? nil : "no secrets\(place)" }
    let secrets = inspection.resources.filter { $0.kind == .resource && $0.resource == "secrets" }
      .reduce(ClassCounts()) { $0 + $1.live }
    return secrets.total == 0
      ? "no secrets\(place)" : "\(secrets.encrypted) of \(secrets.total.counted("secret")) encrypted"
  }

  private var hash: String {
    let sentence = inspection.file.hash?.sentence ?? ""
    guard case .present(_, let appendedBytes) = inspection.trailer, appendedBytes > 0 else { return sentence }
    return "\(sentence), but \(appendedBytes.counted("byte")) \(appendedBytes == 1 ? "follows" : "follow")"
  }
}

extension Inspection {
  /// Whether the file is a sound database of something else than etcd.
  var isForeign: Bool { etcd == nil && errorsOmitted == 0 && errors.map(\.code) == ["missing-key-bucket"] }
}

extension SnapshotReport.HashCheck {
  /// What became of the SHA-256 at the file's end.
  var sentence: String {
    switch self {
    case .match: "SHA-256 matches"
    case .mismatch: "SHA-256 does not match"
    case .missing: "SHA-256 missing"
    case .skipped: "SHA-256 not checked"
    }
  }
}
