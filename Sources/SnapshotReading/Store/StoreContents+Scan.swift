import BoltFormat
import EtcdStorage
import VerificationModel

extension StoreContents {
  /// What `scan` found on the pages that are in use. nil where the file is not sound in every respect, or holds more names
  /// than are kept: then the tree is to be walked.
  ///
  /// O(pages + rows in scope).
  ///
  /// - Parameter reread: reads the file once more for what no page owns, where there was no room for it.
  package init?(_ tree: Tree, _ list: CandidateList, _ scan: inout PageScan, _ reread: ResidueReading? = nil) {
    guard scan.error == nil, !tree.isTruncated, !scan.list.isFull, !scan.catalog.lacksRows,
      !scan.catalog.lacksImpossibleRows
    else { return nil }
    let catalog = scan.indexedCatalog(tree)
    var reader = StoreReader(RowCollector(list), pageSize: tree.meta.pageSize)
    var survey: KeyBucketSurvey?
    let reachable = tree.walk(&reader) { bucket, owned in
      guard bucket.nesting == 1, bucket.name.elementsEqual("key".utf8), case .page(let root) = bucket.root else {
        return nil
      }
      survey = KeyBucketSurvey(from: root, in: catalog, owned: owned)
      // Of an unsound bucket nothing is needed here any more.
      return survey?.owned ?? owned
    }
    reader.finish(tree, reachable: reachable)
    let compactRevision = reader.meta.finishedCompactRevision?.main ?? 0
    guard let survey, reader.errors.count == 0, reader.hasKeyBucket,
      reader.meta.scheduledCompactRevision?.main ?? 0 == compactRevision
    else { return nil }
    let summing = BackgroundWork {
      KeyBucketTotals(of: survey.leaves, in: catalog, compactRevision: compactRevision)
    }
    defer { _ = summing.wait() }
    let impossible = catalog.impossibleRows(of: survey.leaves)
    for row in impossible.inUse { reader.add(row) }
    var errors = reader.errors
    var left = ResidueResolution(
      of: &scan, catalog, owned: reachable, heads: survey.heads, reader, unowned: impossible.others, tree, reread,
      &errors)
    var rows = scan.takeList(leaving: list)
    rows.keep(catalog.candidates(of: survey.leaves, count: rows.candidates.count))
    if let readable = left?.takeList() { rows.join(readable) }
    let prefixed = PrefixedRows(consume rows)
    guard prefixed.isComplete, !prefixed.overflowed else { return nil }
    let placed = prefixed.placed()
    let candidates = placed.residue
    guard !placed.hasRowsOfUnknownLayer else { return nil }
    let settled = placed.settled(by: .amongThemselves)
    let totals = summing.wait()
    self.init(
      list: settled, revisions: totals.revisions, tombstones: totals.tombstones,
      greatestMain: totals.greatestMain, liveKeys: totals.liveKeys, unreadableRows: 0, meta: reader.meta,
      hasKeyBucket: true, errors: errors, reachable: reachable)
    impossibleRows = reader.impossibleRows
    cluster = reader.cluster.identity
    residue = left?.contents(candidates)
    searchBudget = left?.budget
    measured = MeasuredPages(catalog, survey, pageSize: tree.meta.pageSize)
  }
}

extension StoreContents {
  /// What `scan` found in a stream, which can't be read again: all that could be read, and errors that say what could not.
  ///
  /// A row outside the scope that matters is taken for the newest of its key, unless a newer one matters too.
  package init(ofStream tree: Tree, _ list: CandidateList, _ scan: inout PageScan, takesHash: Bool) {
    let catalog = scan.indexedCatalog(tree)
    var reader = StoreReader(
      RowCollector(list, scan.residue?.digests ?? KeyDigest.Maker()), pageSize: tree.meta.pageSize)
    var survey: KeyBucketSurvey?
    let reachable = tree.walk(&reader) { bucket, owned in
      guard bucket.nesting == 1, bucket.name.elementsEqual("key".utf8), case .page(let root) = bucket.root else {
        return nil
      }
      survey = KeyBucketSurvey(ofDamaged: root, in: catalog, owned: owned)
      return survey?.owned
    }
    reader.finish(tree, reachable: reachable)
    let impossible = catalog.impossibleRows(of: survey?.leaves ?? [])
    for row in impossible.inUse { reader.add(row) }
    var errors = reader.errors
    if !takesHash, let error = scan.error { errors.add(error) }
    var left = ResidueResolution(
      of: &scan, catalog, owned: reachable, heads: survey?.heads ?? PageSet(capacity: tree.pageBound),
      reader, unowned: impossible.others, tree, nil, &errors)
    guard let survey else {
      // So small a bucket that it lies inside another page: the walk through the tree brought its rows.
      if let readable = left?.takeList() { reader.rows.list.join(readable) }
      let prefixed = PrefixedRows(reader.rows.takeList())
      errors.addAmbiguity(of: prefixed)
      let placed = prefixed.placed()
      let candidates = placed.residue
      self.init(&reader, placed, errors: errors, reachable)
      residue = left?.contents(candidates)
      searchBudget = left?.budget
      measured = MeasuredPages(catalog, nil, pageSize: tree.meta.pageSize)
      return
    }
    errors.add(contentsOf: survey.faults)
    let totals = KeyBucketTotals(
      of: survey.leaves, in: catalog, compactRevision: reader.meta.finishedCompactRevision?.main ?? 0)
    var rows = scan.takeList(leaving: list)
    rows.keep(catalog.candidates(of: survey.leaves, count: rows.candidates.count))
    if let readable = left?.takeList() { rows.join(readable) }
    let prefixed = PrefixedRows(consume rows)
    errors.addAmbiguity(of: prefixed)
    let placed = prefixed.placed()
    let candidates = placed.residue
    self.init(
      list: placed.settled(by: .amongThemselves), revisions: totals.revisions, tombstones: totals.tombstones,
      greatestMain: totals.greatestMain, liveKeys: totals.liveKeys, unreadableRows: 0, meta: reader.meta,
      hasKeyBucket: reader.hasKeyBucket, errors: errors, reachable: reachable)
    impossibleRows = reader.impossibleRows
    cluster = reader.cluster.identity
    residue = left?.contents(candidates)
    searchBudget = left?.budget
    measured = MeasuredPages(catalog, survey, pageSize: tree.meta.pageSize)
  }
}

extension ErrorList {
  /// Adds that `rows` may lack rows in scope that another pass would find.
  fileprivate mutating func addAmbiguity(of rows: borrowing PrefixedRows) {
    guard !rows.isComplete || rows.isFull else { return }
    add(
      VerificationError(
        code: "ambiguous-stream",
        message: "one pass is not enough to tell what is in scope: name the prefix with --etcd-prefix, or save the "
          + "stream to a file and verify that"))
  }
}
