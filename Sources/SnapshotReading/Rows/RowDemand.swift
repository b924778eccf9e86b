/// What is kept of rows while they go by because somebody listens to them.
///
/// Their keys, in any case: to read each row again would take longer than to keep it, and a stream can't be read again.
package struct RowDemand: Sendable {
  /// Makes the digests of what rows hold in the clear; nil where nobody asks. What is encrypted is digested by whoever opens
  /// it.
  package var digests: (any ContentDigesting)?

  /// A demand for keys, and for digests if they can be made.
  package init(digests: (any ContentDigesting)? = nil) { self.digests = digests }

  /// The same demand on another thread.
  func forAnotherThread() -> RowDemand { RowDemand(digests: digests?.forAnotherThread()) }
}
