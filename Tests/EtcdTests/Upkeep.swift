import TestSupport

/// What the operator of a cluster does to its store from time to time.
enum Upkeep: CaseIterable {
  case none
  /// Old revisions are deleted; their pages become free.
  case compaction
  /// And the database is rewritten without free pages.
  case defragmentation

  /// Does it to the store of `client`, with a compaction up to `revision`; answers what changed the store.
  func run(_ client: EtcdClient, upTo revision: Int64) async throws -> [EtcdWriter.Operation] {
    guard self != .none else { return [] }
    try await client.apply(.compact(revision))
    if self == .defragmentation { try await client.defragment() }
    return [.compact(revision)]
  }
}
