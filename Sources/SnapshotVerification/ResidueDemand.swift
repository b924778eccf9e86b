import BoltFormat
import KubernetesStorage

/// What is looked for in bytes that no page in use owns.
struct ResidueDemand: Sendable {
  /// What must be encrypted.
  let scope: ResourceScope
  /// The pages in use, where a reading before this one has told them: then only what they leave is searched, and there is
  /// room for all that is found.
  var owned: PageSet?
  /// What that reading left of the budget; nil of the first.
  var budget: SearchBudget?
}
