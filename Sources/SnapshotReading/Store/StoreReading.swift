import BoltFormat
import SnapshotInput
import VerificationModel

/// One snapshot, read to its end: what is in it, and where it came from.
package struct StoreReading {
  /// The path as the caller gave it.
  package let path: String
  /// The size, and the containers around it; its SHA-256 is judged later.
  package let file: SnapshotReport.FileSummary
  /// The tree that the meta pages name.
  package let tree: Tree
  /// What was found in etcd's buckets.
  package let contents: StoreContents
  /// What came of the SHA-256, or why the bytes could not be read to their end; nil when it was not asked for.
  package let hash: Result<HashVerification, VerificationError>?
  /// Where the names of rows come from.
  package let names: any RowNameSource
}

extension StoreReading {
  /// Reads the regular file `file`, in which `tree` is. One pass in file order, page by page, suffices for a file that is
  /// sound. Whatever is not, the tree is walked for: it reads what can be read, and reports the rest.
  ///
  /// Throws when the file has longer holes than can be read.
  ///
  /// - Parameter measuresPages: whether ``StoreContents/measured`` is asked for; of a file that is not sound it stays nil.
  package init(
    _ file: SnapshotFile, _ tree: Tree, _ list: CandidateList, takesHash: Bool, measuresPages: Bool = false,
    residue: ResidueDemand? = nil,
    _ options: ReadingOptions, _ instruments: Instruments = Instruments()
  ) throws(VerificationError) {
    let extent = try ReadingExtent(file, tree)
    let isWhole = takesHash || measuresPages || residue != nil
    let end = isWhole ? extent.end : min(extent.end, tree.pagesInFile * UInt64(tree.meta.pageSize))
    let source = BlockSource.atOffsets(end) { buffer, count, offset throws(VerificationError) in
      do throws(BoltError) { try file.read(count, at: offset, into: &buffer) } catch { throw VerificationError(error) }
    }
    var scan = PageScan(
      source, tree.meta, pageBound: tree.pageBound, list, takesHash: takesHash, retainsPages: false,
      measuresPages: measuresPages, residue: residue, holeBytes: isWhole ? extent.holeBytes : 0, options, instruments)
    let hash = scan.hashVerification(imageBytes: tree.imageBytes)
    let reread: ResidueReading = { owned, budget in
      guard var demand = residue else { return nil }
      demand.owned = owned
      demand.budget = budget
      return PageScan(
        source, tree.meta, pageBound: tree.pageBound, list, takesHash: false, retainsPages: false,
        residue: demand, holeBytes: extent.holeBytes, options
      ).residue
    }
    var contents = instruments.statistics.measure(.tree) {
      let found =
        options.reader == .scan && !Self.isAltered(hash) ? StoreContents(tree, list, &scan, reread) : nil
      return found ?? StoreContents(tree, list, &scan, residue: reread)
    }
    contents.hollowPages = extent.holeBytes / UInt64(tree.meta.pageSize)
    self.init(
      path: file.path, file: .init(bytes: file.byteCount), tree: tree, contents: contents, hash: hash,
      names: RereadRows(file, tree.meta))
  }

  /// Whether the SHA-256 tells that the file is not what was saved: then none of it counts as sound.
  private static func isAltered(_ hash: Result<HashVerification, VerificationError>?) -> Bool {
    if case .success(let verification) = hash, case .mismatch = verification.check { true } else { false }
  }

  /// Reads `stream` to its end. What is not sound can't be read again: it is reported, and whatever else could be read
  /// counts.
  ///
  /// Throws when it holds no database.
  ///
  /// - Parameter measuresPages: whether ``StoreContents/measured`` is asked for.
  package init(
    _ stream: SnapshotStream, _ list: CandidateList, takesHash: Bool, measuresPages: Bool = false,
    residue: ResidueDemand? = nil,
    _ options: ReadingOptions, _ instruments: Instruments = Instruments()
  ) throws(VerificationError) {
    let head = try StreamHead(stream)
    let meta = head.meta
    let rest = SharedState(head)
    let source = BlockSource.inOrder { buffer, count throws(VerificationError) in
      try rest.update { head in Result { () throws(VerificationError) in try head.read(count, into: &buffer) } }.get()
    }
    var scan = PageScan(
      source, meta, pageBound: meta.highWaterMark.rawValue, list, takesHash: takesHash, retainsPages: true,
      measuresPages: measuresPages, residue: residue, options, instruments)
    let tree: Tree
    do throws(BoltError) { tree = try Tree(scan.retained) } catch { throw VerificationError(error) }
    let contents = instruments.statistics.measure(.tree) {
      StoreContents(ofStream: tree, list, &scan, takesHash: takesHash)
    }
    var file = SnapshotReport.FileSummary(bytes: scan.byteCount)
    file.containers = stream.containers
    file.member = stream.member
    self.init(
      path: stream.path, file: file, tree: tree, contents: contents,
      hash: scan.hashVerification(imageBytes: tree.imageBytes), names: contents.list.names ?? KeptNames())
  }
}

extension PageScan {
  /// What came of the SHA-256, or why the bytes could not be read to their end; nil when it was not asked for.
  fileprivate func hashVerification(imageBytes: UInt64) -> Result<HashVerification, VerificationError>? {
    trailer.map { trailer in
      error.map(Result.failure) ?? .success(HashVerification(of: trailer, imageBytes: imageBytes))
    }
  }
}
