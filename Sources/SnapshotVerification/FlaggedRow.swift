/// A row that a finding is about.
struct FlaggedRow: Sendable {
  let rule: Rule
  let layer: Layer
  let candidate: Candidate
}
