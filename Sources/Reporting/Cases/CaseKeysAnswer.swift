import VerificationModel

/// The encryption keys that values of a case need: which writes, which are left over, and which may be retired.
struct CaseKeysAnswer: CaseAnswer {
  let path: String
  let keys: [CaseKey]
  let list: CaseList

  private var names: CaseNames { CaseNames(list) }

  var headline: CaseHeadline {
    guard !keys.isEmpty else {
      return CaseHeadline(.fail, "KEYS", path, "no encrypted value in \(list.snapshots.count.counted("snapshot"))")
    }
    let writing = keys.filter { $0.standing == .writing }.map { name(of: $0) + " writes" }
    let needed = keys.compactMap { key in
      if case .needed(let live) = key.standing {
        "\(name(of: key)) is needed by \(live.counted("value")) in use"
      } else {
        nil
      }
    }
    let retirable = keys.count { if case .retirable = $0.standing { true } else { false } }
    let retired = retirable > 0 ? [retirable.counted("key") + " may be retired"] : []
    return CaseHeadline(
      needed.isEmpty ? .pass : .fail, "KEYS", path,
      "\(keys.count.counted("key")): \((writing + needed + retired).joined(separator: ", "))")
  }

  private func name(of key: CaseKey) -> String {
    (list.clusters.count > 1 ? "\(PrintableText(key.cluster)): " : "") + CaseNames.name(of: key.encryption)
  }

  func sections(_ style: Style) -> [[String]] { keys.map { lines(about: $0, style) } }

  private func lines(about key: CaseKey, _ style: Style) -> [String] {
    let uses = key.uses.prefix(style.limit())
    let rest = key.uses.count - uses.count
    let rows = uses.map { use in
      Table.Row.cells([
        "  " + names.name(of: use.snapshot), names.time(of: use.snapshot)[0], "\(use.live)", "\(use.history)",
      ])
    }
    let title = name(of: key)
    return [style.bold(style.width == .max ? title : title.elidedInMiddle(to: style.width))]
      + sentences(about: key).flatMap { $0.words.paragraph(indent: 2, hanging: 4, width: style.width) }
      + Table(alignment: .left, rows: [.heading(["  #", "taken at", "live", "history"])] + rows).lines(style)
      + (rest > 0 ? [style.cut(rest.counted("more snapshot"))] : [])
  }

  private func sentences(about key: CaseKey) -> [String] {
    let standing =
      switch key.standing {
      case .writing: "It wrote the newest encrypted value."
      case .needed(let live):
        "\(live.counted("value")) in use \(live == 1 ? "needs" : "need") it: the rotation is not complete."
      case .retirable(let snapshot):
        "It may be retired: the rotation was complete in snapshot \(names.name(of: snapshot))."
      }
    let writes =
      "First write seen: \(write(key.firstWrite)); last: \(write(key.lastWrite))."
    guard case .retirable = key.standing, let first = key.restorable.first, let last = key.restorable.last else {
      return [standing, writes]
    }
    let range =
      first == last ? "snapshot \(names.name(of: first))" : "one of the snapshots \(names.range(first, last))"
    return [standing, writes, "Keep it outside of the cluster as long as \(range) may have to be restored."]
  }

  private func write(_ write: CaseKey.Write) -> String {
    "revision \(write.revision), in snapshot \(names.name(of: write.snapshot))"
  }

  // MARK: Documents

  var summary: CaseSummaryRecord { CaseSummaryRecord(path, list) }

  var lists: [CaseRecordList] { [CaseRecordList("keys", of: "key", keys.map(CaseKeyRecord.init))] }
}

extension CaseReport {
  /// The encryption keys of the case at `path`, which holds the snapshots of `list`.
  package init(of keys: [CaseKey], _ list: CaseList, at path: String) {
    self.init(CaseKeysAnswer(path: path, keys: keys, list: list))
  }
}
