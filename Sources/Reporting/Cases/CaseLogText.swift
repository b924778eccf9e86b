import VerificationModel

/// The head of the log, and what it is good for.
struct CaseLogText {
  private let list: CaseList

  init(_ list: CaseList) { self.list = list }

  func lines(_ style: Style) -> [String] {
    LabelledText(
      label: "Log",
      texts: [
        "\(list.acts.counted("act")), head digest", list.head.description,
        "Note it outside of the case: whoever can write to the case can write a new log, which then has another head.",
      ]
    ).lines(style)
  }
}
