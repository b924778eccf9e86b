import VerificationModel

/// All that a case holds, line by line, in an order that does not depend on that in which it was taken in: first a line for
/// each snapshot, then one for each value of each object. Or else its log.
///
/// Each line has `datetime`, `timestamp_desc` and `message`, as timeline tools ask for. Where nothing tells when a snapshot was
/// taken, `datetime` is left out, or empty in CSV.
package struct CaseExport: Sendable {
  /// How lines are written.
  package enum Format: String, CaseIterable, Sendable {
    case ndjson
    case csv
  }

  private let format: Format
  private let list: CaseList
  private let snapshots: [CaseSnapshot.ID: CaseSnapshot]
  private let names: CaseNames

  /// An export of the case of which `list` tells.
  package init(_ list: CaseList, _ format: Format) {
    self.list = list
    self.format = format
    snapshots = Dictionary(list.snapshots.map { ($0.id, $0) }) { first, _ in first }
    names = CaseNames(list)
  }

  /// The lines before those of the objects: of CSV the heading, the clusters in NDJSON, and the snapshots.
  ///
  /// - Throws: `EncodingError`.
  package func head() throws -> String {
    switch format {
    case .csv:
      return CSVLine(Self.columns).description + list.snapshots.map { CSVLine(fields(of: $0)).description }.joined()
    case .ndjson:
      return try list.clusters.map { try line("cluster", CaseClusterRecord($0)) }.joined()
        + list.snapshots.map { snapshot in
          try line("snapshot", CaseEventRecord(event(of: snapshot), CaseSnapshotRecord(snapshot)))
        }.joined()
    }
  }

  /// The lines of the next object: of NDJSON one for each value, of CSV one for each layer in which snapshots hold it.
  ///
  /// - Throws: `EncodingError`.
  package func lines(of timeline: CaseTimeline) throws -> String {
    switch format {
    case .csv:
      timeline.entries.flatMap { entry in
        entry.presences.map { CSVLine(fields(of: entry, $0, of: timeline.object)).description }
      }.joined()
    case .ndjson:
      try timeline.entries.map { entry in
        try line(
          "value",
          CaseEventRecord(
            event(of: entry, entry.presences.first, of: timeline.object),
            CaseObjectValueRecord(object: CaseObjectRecord(timeline.object), value: CaseValueRecord(entry))))
      }.joined()
    }
  }

  private func line(_ type: String, _ record: some Encodable) throws -> String {
    try JSONText.line(of: TypedRecord(type: type, record: record)) + "\n"
  }

  // MARK: Events

  private func event(of snapshot: CaseSnapshot) -> CaseEvent {
    let live = snapshot.counts[.live].map { ", \($0.encrypted) of \($0.total) values in use encrypted" } ?? ""
    return CaseEvent(
      snapshot.takenAt, "snapshot taken",
      "snapshot \(snapshot.id.number) of \(PrintableText(snapshot.id.cluster)): \(snapshot.verdict.rawValue)\(live)")
  }

  private func event(
    of entry: CaseTimeline.Entry, _ presence: CaseTimeline.Presence?, of object: CaseObject
  ) -> CaseEvent {
    let revision = entry.revision.map { " at revision \($0)" } ?? ""
    let place = presence.map { presence in
      " in \(presence.layer?.rawValue ?? "other parts") of snapshot \(names.range(presence.first, presence.last))"
    }
    let resource = object.resource.map { "\(PrintableText($0)) " } ?? ""
    return CaseEvent(
      presence.flatMap { snapshots[$0.first]?.takenAt }, "first snapshot with the value",
      "\(resource)\(CaseNames().name(of: object))\(revision): \(CaseNames.state(entry.valueClass, entry.encryption))"
        + (place ?? ""))
  }

  // MARK: CSV

  private static let columns = [
    "datetime", "timestamp_desc", "message", "type", "cluster", "snapshot", "last_snapshot", "sha256", "path",
    "verdict",
    "revision", "layer", "resource", "namespace", "name", "key", "class", "provider", "key_name", "key_id", "contents",
    "value_bytes",
  ]

  private func fields(of snapshot: CaseSnapshot) -> [String] {
    event(of: snapshot).fields + [
      "snapshot", text(snapshot.id.cluster), "\(snapshot.id.number)", "", snapshot.digest.description,
      PrintableText(snapshot.path + (snapshot.member.map { ":" + $0 } ?? "")).description, snapshot.verdict.rawValue,
      snapshot.revisions.map { "\($0.greatest)" } ?? "",
    ] + repeatElement("", count: 11)
  }

  private func fields(
    of entry: CaseTimeline.Entry, _ presence: CaseTimeline.Presence, of object: CaseObject
  ) -> [String] {
    event(of: entry, presence, of: object).fields + [
      "value", text(object.cluster), "\(presence.first.number)", "\(presence.last.number)", "", "", "",
      entry.revision?.description ?? "", presence.layer?.rawValue ?? "elsewhere", text(object.resource),
      text(object.namespace), text(object.name), object.key?.description ?? "", entry.valueClass.rawValue,
      entry.encryption?.provider.rawValue ?? "", text(entry.encryption?.keyName), text(entry.encryption?.keyID),
      entry.contents.map { "\($0)" } ?? "", "\(entry.valueBytes)",
    ]
  }

  private func text(_ text: String?) -> String { text.map { PrintableText($0).description } ?? "" }
}

// MARK: The log

extension CaseExport {
  /// The log of a case.
  ///
  /// - Throws: `EncodingError`.
  package static func lines(of log: [CaseAct], _ format: Format) throws -> String {
    switch format {
    case .csv:
      CSVLine(CaseActRecord.columns).description + log.map { CSVLine(CaseActRecord($0).fields).description }.joined()
    case .ndjson:
      try log.map { try JSONText.line(of: TypedRecord(type: "act", record: CaseActRecord($0))) + "\n" }
        .joined()
    }
  }
}
