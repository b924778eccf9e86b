import BoltFormat
import KubernetesStorage

/// What is looked for in bytes that no page in use owns.
package struct ResidueDemand: Sendable {
  /// What must be encrypted.
  package let scope: ResourceScope
  /// The pages in use, where a reading before this one has told them: then only what they leave is searched, and there is
  /// room for all that is found.
  package var owned: PageSet?
  /// What that reading left of the budget; nil of the first.
  var budget: SearchBudget?

  /// A demand for what of `scope` lies in free pages.
  package init(scope: ResourceScope, owned: PageSet? = nil) {
    self.scope = scope
    self.owned = owned
  }
}
