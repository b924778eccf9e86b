import BoltFormat
import EtcdStorage

extension StoreContents {
  /// What `scan` found on the pages that are in use. nil where the file is not sound in every respect, or holds more names
  /// than are kept: then the tree is to be walked.
  ///
  /// O(pages + rows in scope).
  init?(_ tree: Tree, _ list: CandidateList, _ scan: inout PageScan) {
    guard scan.error == nil, !tree.isTruncated, !scan.list.isFull, !scan.catalog.lacksMarks else { return nil }
    var catalog = scan.catalog
    catalog.index(pages: tree.pageBound)
    var reader = StoreReader(RowCollector(list))
    var survey: KeyBucketSurvey?
    let reachable = tree.walk(&reader) { bucket, owned in
      guard bucket.nesting == 1, bucket.name.elementsEqual("key".utf8), case .page(let root) = bucket.root else {
        return nil
      }
      survey = KeyBucketSurvey(from: root, in: catalog, owned: owned)
      // Of an unsound bucket nothing is needed here any more.
      return survey?.owned ?? owned
    }
    let compactRevision = reader.meta.finishedCompactRevision?.main ?? 0
    guard let survey, reader.errors.count == 0, reader.hasKeyBucket,
      reader.meta.scheduledCompactRevision?.main ?? 0 == compactRevision
    else { return nil }
    let totals = KeyBucketTotals(of: survey.leaves, in: catalog, compactRevision: compactRevision)
    var rows = scan.takeList(leaving: list)
    rows.keep(catalog.candidates(of: survey.leaves, count: rows.candidates.count))
    // What matters for its value, wherever it lies, may have been replaced by a value that does not, or deleted: of such
    // keys not all rows were taken in.
    guard rows.candidates.allSatisfy({ $0.isInScope || $0.role != .value }) else { return nil }
    rows.settlePrefixes()
    guard rows.prefixes.isComplete, !rows.prefixes.overflowed else { return nil }
    rows.settlePlaces()
    guard !rows.hasRowsOfUnknownLayer else { return nil }
    rows.settleLiveness()
    self.init(
      list: rows, revisions: totals.revisions, tombstones: totals.tombstones,
      greatestMain: totals.greatestMain, liveKeys: totals.liveKeys, unreadableRows: 0, meta: reader.meta,
      hasKeyBucket: true, errors: reader.errors, reachable: reachable)
  }
}

extension StoreContents {
  /// What `scan` found in a stream that is not sound, or can't be judged in one pass: all that could be read, and errors
  /// that say what could not.
  init(ofDamaged tree: Tree, _ list: CandidateList, _ scan: inout PageScan, takesHash: Bool) {
    var catalog = scan.catalog
    catalog.index(pages: tree.pageBound)
    var reader = StoreReader(RowCollector(list))
    var survey: KeyBucketSurvey?
    let reachable = tree.walk(&reader) { bucket, owned in
      guard bucket.nesting == 1, bucket.name.elementsEqual("key".utf8), case .page(let root) = bucket.root else {
        return nil
      }
      survey = KeyBucketSurvey(ofDamaged: root, in: catalog, owned: owned)
      return survey?.owned
    }
    var errors = reader.errors
    survey?.faults.forEach { errors.add($0) }
    if !takesHash, let error = scan.error { errors.add(error) }
    let totals = KeyBucketTotals(
      of: survey?.leaves ?? [], in: catalog, compactRevision: reader.meta.finishedCompactRevision?.main ?? 0)
    var rows = scan.takeList(leaving: list)
    rows.keep(catalog.candidates(of: survey?.leaves ?? [], count: rows.candidates.count))
    rows.settlePrefixes()
    if !rows.prefixes.isComplete || rows.isFull {
      errors.add(
        VerificationError(
          code: "ambiguous-stream",
          message: "one pass is not enough to tell what is in scope: name the prefix with --etcd-prefix, or save the "
            + "stream to a file and verify that"))
    }
    rows.settlePlaces()
    rows.settleLiveness()
    self.init(
      list: rows, revisions: totals.revisions, tombstones: totals.tombstones,
      greatestMain: totals.greatestMain, liveKeys: max(0, totals.liveKeys), unreadableRows: 0, meta: reader.meta,
      hasKeyBucket: reader.hasKeyBucket, errors: errors, reachable: reachable)
  }
}
