import VerificationModel

/// Every value of one object that was seen in any snapshot of a case.
struct CaseTimelineAnswer: CaseAnswer {
  let path: String
  let timeline: CaseTimeline
  let list: CaseList

  private var names: CaseNames { CaseNames(list) }
  private var readable: Int { timeline.entries.count { $0.valueClass == .plaintext } }

  var headline: CaseHeadline {
    let values = timeline.entries.count.counted("value")
    let plain = readable > 0 ? ", \(readable) of them in plaintext" : ", none in plaintext"
    let newest = timeline.entries.last { $0.revision != nil }
    let use =
      timeline.isLive
      ? "in use" + (newest.map { ", " + Self.state($0) } ?? "") : "not in use in the newest snapshot"
    return CaseHeadline(
      readable > 0 ? .fail : .pass, "TIMELINE", path, "\(names.name(of: timeline.object)): \(values)\(plain); \(use)")
  }

  private static func state(_ entry: CaseTimeline.Entry) -> String {
    (entry.valueClass == .plaintext ? "in " : entry.encryption == nil ? "" : "encrypted by ")
      + CaseNames.state(entry.valueClass, entry.encryption)
  }

  func sections(_ style: Style) -> [[String]] {
    let heading = Table.Row.heading(["revision", "state", "value", "bytes", "layer", "snapshots", "first taken at"])
    let rows = timeline.entries.flatMap { self.rows(of: $0, style) }
    let isNumbered = timeline.entries.contains { $0.contents != nil }
    let note =
      isNumbered
      ? "Values of one number are the same value, however they are stored."
      : "Whether these values are the same is not known."
    let key = timeline.object.key.map { LabelledText(label: "Key", texts: [$0.description.boundedName]).lines(style) }
    return [key ?? [], Table(alignment: .left, rows: [heading] + rows).lines(style) + [style.dim(note)]]
  }

  private func rows(of entry: CaseTimeline.Entry, _ style: Style) -> [Table.Row] {
    let state = CaseNames.state(entry.valueClass, entry.encryption)
    let facts = [
      entry.revision?.description ?? "-", style.width == .max ? state : state.elidedInMiddle(to: Self.stateColumns),
      entry.contents.map { "#\($0)" } ?? "?", "\(entry.valueBytes)",
    ]
    return entry.presences.enumerated().map { number, presence in
      .cells(
        (number == 0 ? facts : ["", "", "", ""]) + [
          presence.layer?.rawValue ?? "elsewhere", names.range(presence.first, presence.last),
          names.time(of: presence.first)[0],
        ], tones: entry.valueClass == .plaintext ? [1: .bad] : [:])
    }
  }

  private static let stateColumns = 20

  // MARK: Documents

  struct Summary: Encodable {
    let `case`: PrintableText
    let head: String
    let object: CaseObjectRecord
    let live: Bool
    let plaintextValues: Int
  }

  var summary: Summary {
    Summary(
      case: PrintableText(path), head: list.head.description, object: CaseObjectRecord(timeline.object),
      live: timeline.isLive, plaintextValues: readable)
  }

  var lists: [CaseRecordList] {
    [CaseRecordList("values", of: "value", timeline.entries.map(CaseValueRecord.init))]
  }
}

extension CaseReport {
  /// Every value of one object in the case at `path`, which holds the snapshots of `list`.
  package init(of timeline: CaseTimeline, _ list: CaseList, at path: String) {
    self.init(CaseTimelineAnswer(path: path, timeline: timeline, list: list))
  }
}
