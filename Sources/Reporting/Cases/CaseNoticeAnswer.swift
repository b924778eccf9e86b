import VerificationModel

/// That something was done with a case as a whole.
struct CaseNoticeAnswer: CaseAnswer {
  let label: String
  let path: String
  let statement: String
  let list: CaseList

  var headline: CaseHeadline { CaseHeadline(.pass, label, path, statement) }

  func sections(_ style: Style) -> [[String]] { [CaseLogText(list).lines(style)] }

  var summary: CaseSummaryRecord { CaseSummaryRecord(path, list) }

  var lists: [CaseRecordList] { [] }
}

extension CaseReport {
  /// That an empty case was made at `path`.
  package init(ofNewCase list: CaseList, at path: String) {
    self.init(CaseNoticeAnswer(label: "CREATED", path: path, statement: "an empty case", list: list))
  }

  /// That a case, which holds the snapshots of `list`, was copied to `path`.
  package init(ofCopy list: CaseList, at path: String) {
    self.init(
      CaseNoticeAnswer(
        label: "COPIED", path: path, statement: "a case with \(list.snapshots.count.counted("snapshot"))", list: list))
  }

  /// That the case at `path`, which holds the snapshots of `list`, was made of exported records.
  package init(ofImport list: CaseList, at path: String) {
    self.init(
      CaseNoticeAnswer(
        label: "IMPORTED", path: path, statement: "a case with \(list.snapshots.count.counted("snapshot"))", list: list)
    )
  }
}
