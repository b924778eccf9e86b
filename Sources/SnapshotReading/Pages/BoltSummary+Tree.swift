import BoltFormat
import EtcdStorage
import VerificationModel

extension SnapshotReport.BoltSummary {
  /// The summary of `tree`, in which a walk reached `reachablePages`.
  package init(_ tree: Tree, reachablePages: UInt64) {
    self.init(
      pageSize: tree.meta.pageSize, pages: tree.meta.highWaterMark.rawValue, reachablePages: reachablePages,
      unreachablePages: tree.pagesInFile - reachablePages, txid: tree.meta.txid,
      freelistStored: tree.meta.storesFreelist, origin: .init(tree))
  }
}

extension SnapshotReport.Origin {
  /// How the file with this tree came to be; unknown unless both meta pages can be used.
  ///
  /// A member's own file looks like a snapshot when its last transaction changed nothing and has an even number, which
  /// puts it on meta page 0 (bbolt tx.go, `writeMeta`): then only a trailer tells.
  package init(_ tree: Tree) {
    guard case .success = tree.metas.first, case .success = tree.metas.second else {
      self = .unknown
      return
    }
    let trailer = Trailer(fileBytes: tree.source.byteCount, imageBytes: tree.imageBytes)
    let isMembers = tree.meta.txid % 2 == 0 && !trailer.isAnnouncedByLength
    self = !tree.metas.describeOneTree ? .rawCopy : isMembers ? .unknown : .snapshot
  }
}
