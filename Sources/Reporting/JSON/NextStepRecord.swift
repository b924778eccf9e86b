/// A snapshot's `next`: what to do after it was verified.
struct NextStepRecord: Encodable {
  /// One of its `steps`.
  struct Step: Encodable {
    let kind: String
    let text: String?
    let command: String?
    let state: String
  }

  let advice: String
  let steps: [Step]

  init(_ next: NextStep) {
    advice = next.advice
    steps = next.steps.map {
      Step(kind: $0.kind.rawValue, text: $0.text.isEmpty ? nil : $0.text, command: $0.command, state: $0.state.rawValue)
    }
  }
}
