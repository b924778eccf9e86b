import BoltFormat
import ByteViews
import EtcdStorage
import KubernetesStorage
import RuleCatalog
import SnapshotInput
import SnapshotReading
import ValueAuthentication
import VerificationModel

/// The verification of one snapshot that was read.
struct ReportAssembly {
  private let reading: StoreReading
  private let policy: Policy
  private let keys: KeyRing?
  private var errors = ErrorList()
  private var tally: FindingTally
  private var exposed = ExposureList()

  /// - Parameter rating: says what comes of each finding; nil: it counts with its own severity.
  init(of reading: StoreReading, policy: Policy, keys: KeyRing? = nil, rating: (any FindingRating)? = nil) {
    self.reading = reading
    self.keys = keys
    self.policy = policy
    tally = FindingTally(limit: policy.maximumFindings, rating)
  }

  /// Judges what was read, and puts the report together.
  ///
  /// - Parameter listen: is handed the report, and the rows that it is about.
  mutating func report(_ listen: ((SnapshotReport, AssessedRows) -> Void)? = nil) -> SnapshotReport {
    let store = reading.contents
    var file = reading.file
    file.hash = take(reading.hash)
    file.digest = (try? reading.hash?.get())?.wholeDigest
    take(store)
    let comparison = policy.configuration.map { ConfigurationComparison($0, store.list.resources) }
    let nonces = BackgroundWork { NonceGroups(of: store.list.candidates, comparison) }
    var assessment = RowAssessment(of: store, policy: policy, comparison, authenticates: keys != nil)
    assessment.flag(nonces.wait())
    if let keys {
      var names = reading.names
      assessment.findOrigins(keys, in: &names)
    }
    assessment.findings.forEach { tally.add($0) }
    noteAuthentication(assessment)
    var names = reading.names
    var residue = store.residue.map { ResidueAssessment(of: $0, store, assessment, &names) }
    noteScope(assessment, residue, store)
    addForeign(store)
    let unread = rate(&assessment, &residue)
    let rows = AssessedRows(assessment, residue)
    add(rows, names, unread)

    var report = SnapshotReport(path: reading.path, file: file, verdict: .pass)
    report.bolt = SnapshotReport.BoltSummary(reading.tree, reachablePages: store.reachable.count)
    report.etcd = store.hasKeyBucket ? etcdSummary(store, assessment) : nil
    report.cluster = store.cluster
    report.prefixes = assessment.prefixes
    report.resources = residue?.resources ?? assessment.resources
    report.residue = store.residue?.pages
    report.pageMap = pageMap(store, rows)
    report.encryption = assessment.encryption
    report.authentication = assessment.authentication
    report.errors = errors.errors
    report.errorsOmitted = errors.omitted
    report.findings = first(of: tally.findings)
    report.exposed = exposed
    report.findingCounts = tally.counts
    report.layerCounts = tally.layerCounts
    report.severities = tally.severities
    report.waived = first(of: tally.waived)
    report.waivedCounts = tally.waivedCounts
    report.unknownResources = assessment.unknownResources
    report.definedResources = store.list.definitions.sorted()
    report.verdict = verdict
    listen?(report, rows)
    return report
  }

  private var verdict: Verdict {
    if errors.count > 0 { return .error }
    if tally.counts[.nothingInScope] != nil { return .fail }
    guard let least = policy.failOn else { return .pass }
    return tally.severities.values.contains { $0 >= least } ? .fail : .pass
  }

  /// The first of `findings`, sorted by severity, those about the file first. The sort is stable in effect: findings of one
  /// severity and layer keep their order.
  private func first(of findings: [Finding]) -> [Finding] {
    findings.enumerated().sorted { a, b in
      let (one, other) = (a.element, b.element)
      if one.severity != other.severity { return one.severity > other.severity }
      return (one.layer?.order ?? 0, a.offset) < (other.layer?.order ?? 0, b.offset)
    }.prefix(max(0, policy.maximumFindings)).map(\.element)
  }

  // MARK: The parts

  private mutating func take(_ hashing: Result<HashVerification, VerificationError>?) -> SnapshotReport.HashCheck {
    guard let hashing else { return .skipped }
    do throws(VerificationError) {
      let verification = try hashing.get()
      verification.errors.forEach { errors.add($0) }
      if case .missing = verification.check, policy.hash == .required, errors.count == 0 {
        errors.add(VerificationError(code: "hash-missing", message: "the file carries no SHA-256, and one is required"))
      }
      verification.findings.forEach { tally.add($0) }
      return verification.check
    } catch {
      errors.add(error)
      return .skipped
    }
  }

  /// Takes over what could not be read: each is an error, and a finding.
  private mutating func take(_ store: StoreContents) {
    errors.add(contentsOf: store.errors)
    for error in store.errors.errors {
      var finding = Finding(.damagedPage, marked: error.text)
      finding.page = error.page
      finding.offset = error.offset
      finding.reason = error.code
      tally.add(finding)
    }
    tally.count(FindingFacts(.damagedPage), times: store.errors.omitted)
    if !store.hasKeyBucket { errors.add(store.missingKeyBucket(root: reading.tree.meta.root)) }
    if let error = store.tooManyPrefixes { errors.add(error) }
  }

  /// Where keys were asked to open values, and opened none, nothing was authenticated.
  private mutating func noteAuthentication(_ assessment: RowAssessment) {
    guard let authentication = assessment.authentication, authentication.encrypted > 0,
      authentication.authenticated == 0
    else { return }
    let count = authentication.encrypted
    tally.add(
      Finding(
        .nothingAuthenticated,
        count == 1
          ? "the only encrypted value could not be decrypted with the keys given"
          : "none of \(count) encrypted values could be decrypted with the keys given"))
  }

  private mutating func noteScope(
    _ assessment: RowAssessment, _ residue: ResidueAssessment?, _ store: StoreContents
  ) {
    // That old revisions or free pages hold nothing is as it should be, where the store has such objects, or had them. That
    // nothing is live is not.
    let counted = policy.layers.isSubset(of: [.live]) ? policy.layers : Set(Layer.allCases)
    let inScope =
      assessment.resources.reduce(0) { total, resource in
        total + (counted.contains(.live) ? resource.live.total : 0)
          + (counted.contains(.history) ? resource.history.total : 0)
      } + (residue.map { $0.objects.count + $0.fragmentCount } ?? 0)
    // Of a file of which a part could not be read, nobody can say that nothing is in it.
    if inScope == 0, store.errors.count == 0, store.hasKeyBucket, !policy.allowEmpty {
      tally.add(
        Finding(.nothingInScope, marked: "nothing of \(scopeName) found: \(searchedPlace(store.list.prefixes))"))
    }
  }

  private var scopeName: MarkedText { MarkedText(listing: .resource, policy.resources.map(\.description)) }

  /// Where the objects were looked for, and where an API server's objects are.
  private func searchedPlace(_ prefixes: PrefixTable) -> MarkedText {
    let searched = prefixes.prefixes()
    let others = prefixes.realPrefixes().filter { !searched.contains($0) }
    func list(_ prefixes: [EtcdPrefix]) -> MarkedText { MarkedText(listing: .prefix, prefixes.map(\.description)) }
    guard !searched.isEmpty else { return "no etcd prefix of an API server was found" }
    return others.isEmpty
      ? "looked under \(list(searched))" : "looked under \(list(searched)), but the snapshot uses \(list(others))"
  }

  /// Rates and counts the flagged rows. Answers what could not be read of the keys that the rating asks for.
  private mutating func rate(_ assessment: inout RowAssessment, _ residue: inout ResidueAssessment?) -> ErrorList {
    var names = reading.names
    var rows = assessment.flagged
    // What is written to has one owner: there may be millions of rows.
    assessment.flagged = []
    tally.rate(&rows, assessment, &names, candidate: assessment.candidate)
    assessment.flagged = rows
    if var objects = residue?.flagged, let found = residue {
      tally.rate(&objects, assessment, &names, candidate: found.candidate)
      residue?.flagged = objects
    }
    return names.errors
  }

  /// Keeps the findings about rows that come first, and lists what can be read.
  ///
  /// - Parameter unread: what could not be read of the rows when they were rated.
  private mutating func add(_ rows: AssessedRows, _ names: any RowNameSource, _ unread: ErrorList) {
    var list = FindingList(rows, ratedBy: tally, names: names, pageSize: reading.tree.meta.pageSize)
    var findings = list.findings(limit: policy.maximumFindings)
    if !tally.waivers.isEmpty { findings += list.findings(limit: policy.maximumFindings, areWaived: true) }
    for (finding, _) in findings { tally.keep(finding) }
    expose(findings, rows)
    if let residue = rows.residue { add(residue) }
    // A row that can't be read is told of once.
    errors.add(contentsOf: unread.count > 0 ? unread : list.errors)
  }

  /// Lists the objects that can be read: those of the rows, and those where etcd keeps none.
  private mutating func expose(
    _ findings: [(finding: Finding, digest: KeyDigest)], _ rows: AssessedRows
  ) {
    let store = reading.contents
    let pageSize = UInt64(reading.tree.meta.pageSize)
    let elsewhere = store.residue?.elsewhere ?? []
    let objects = elsewhere.filter { $0.object != nil }
    let digests = objects.map { store.digest(of: $0) }
    let census = ExposureCensus(
      rows, elsewhere: zip(objects, digests).map { ($1, $0.object?.revision?.main) })
    let named = zip(objects, digests).prefix(max(0, policy.maximumFindings)).map {
      (finding: Finding($0, pageSize: pageSize), digest: $1)
    }
    exposed = ExposureList(
      findings + named, census, fragments: (rows.residue?.fragmentCount ?? 0) + elsewhere.count - objects.count)
  }

  /// Adds what lies in bytes that no page owns and is no object.
  private mutating func add(_ residue: ResidueAssessment) {
    let pageSize = UInt64(reading.tree.meta.pageSize)
    tally.add(residue.fragments) { offset in
      var finding = Finding(.plaintextResidue, "part of a plaintext Secret can be read in free pages")
      finding.layer = .residue
      finding.resource = GroupResource.secrets.description
      finding.offset = ByteOffset(offset)
      finding.page = PageID(offset / pageSize)
      finding.valueClass = .plaintext
      finding.reason = "fragment"
      return finding
    }
    if !residue.fragments.isEmpty {
      var others = FindingFacts(.plaintextResidue)
      others.layer = .residue
      others.resource = GroupResource.secrets.description
      others.reason = "fragment"
      tally.count(others, times: residue.fragmentCount - residue.fragments.count)
    }
    addUnexplained(residue.pages.unexplained)
  }

  /// Adds a finding for each run of pages, one behind the other, with bytes that nothing accounts for.
  private mutating func addUnexplained(_ pages: [SnapshotReport.UnexplainedPage]) {
    var runs: [Range<Int>] = []
    for number in pages.indices {
      if let last = runs.last, pages[number].page.rawValue == pages[number - 1].page.rawValue + 1 {
        runs[runs.count - 1] = last.lowerBound..<(number + 1)
      } else {
        runs.append(number..<(number + 1))
      }
    }
    tally.add(runs) { Finding(unexplained: pages[$0]) }
  }

  /// Adds what lies where etcd keeps no values, and rows that the tables of their pages leave out.
  private mutating func addForeign(_ store: StoreContents) {
    let elsewhere = store.residue?.elsewhere ?? []
    var withheld = store.residue?.withheld ?? []
    for page in store.emptyLeaves where !withheld.contains(where: { $0.page == page }) {
      withheld.append(WithheldRows(page: page, count: nil))
    }
    let pageSize = UInt64(reading.tree.meta.pageSize)
    tally.add(elsewhere) { Finding($0, pageSize: pageSize) }
    tally.add(withheld) { Finding($0, pageSize: pageSize) }
    let impossible = store.impossibleRows
    tally.add(impossible.first) { Finding($0, pageSize: pageSize) }
    tally.count(FindingFacts(.impossibleRow), times: impossible.count - impossible.first.count)
  }

  /// The map of the file: also where values lie that can be read and should not.
  private func pageMap(_ store: StoreContents, _ rows: AssessedRows) -> PageMap {
    var uses = store.pageUses(of: reading.tree)
    let pageSize = UInt64(reading.tree.meta.pageSize)
    for row in rows.assessment.flagged where row.rule.isAboutPlaintextInUse {
      uses.mark(rows.candidate(row).valueOffset / pageSize, .readableValues)
    }
    return uses.map
  }

  private func etcdSummary(_ store: StoreContents, _ assessment: RowAssessment) -> SnapshotReport.EtcdSummary {
    SnapshotReport.EtcdSummary(
      revision: store.greatestMain, compactRevision: store.meta.finishedCompactRevision?.main ?? 0,
      revisions: store.revisions, tombstones: store.tombstones, liveKeys: store.liveKeys,
      version: store.meta.impliedVersion, unreadableRows: store.unreadableRows,
      liveKeysInScope: assessment.liveKeys)
  }
}

extension Finding {
  /// One about adjacent pages, at least one.
  fileprivate init(unexplained pages: ArraySlice<SnapshotReport.UnexplainedPage>) {
    let readable = pages.count(where: \.isReadable)
    let subject = pages.count == 1 ? "a page" : "\(pages.count) pages side by side"
    let kind = readable == 0 ? "bytes" : readable == pages.count ? "text" : "bytes, in part text,"
    self.init(
      .residueUnexplained,
      "the free space of \(subject) holds \(kind) of unknown origin: the object to which it belonged can't be told")
    layer = .residue
    page = pages.first?.page
    offset = pages.first?.offset
    reason = readable > 0 ? "text" : "binary"
  }
}

extension StoreContents {
  /// The key of an object that lies where etcd keeps none, or the one that an API server would give it; nil where its names
  /// are not known.
  func key(of find: PlaintextElsewhere) -> EtcdKey? {
    guard let names = find.object?.names else { return nil }
    if let key = names.key { return key }
    let tree = BuiltInResource.of(find.resource).map { BuiltInResource[$0].tree } ?? .kubernetes
    let prefix = list.prefixes.prefixes().first { StorageTree(below: $0) == tree } ?? EtcdPrefix("/registry")
    return EtcdKey(
      bytes: ResourcePath.key(below: prefix, of: find.resource, namespace: names.namespace, name: names.name))
  }

  /// The digest of that key.
  fileprivate func digest(of find: PlaintextElsewhere) -> KeyDigest {
    guard let key = key(of: find), let digests = residue?.digests else { return .none }
    return digests.digest(of: key.bytes.rawSpan)
  }
}

extension Finding {
  fileprivate init(_ find: PlaintextElsewhere, pageSize: UInt64) {
    self.init(
      .plaintextElsewhere, marked: "a plaintext value of \(.resource, find.resource) lies in \(find.part.description)")
    resource = find.resource.description
    if let object = find.object {
      subject = Subject(revision: object.revision, valueBytes: object.valueBytes, names: object.names)
    }
    page = PageID(find.offset / pageSize)
    offset = ByteOffset(find.offset)
    valueClass = .plaintext
    reason = find.part.reason
  }

  fileprivate init(_ row: ImpossibleRow, pageSize: UInt64) {
    let form = row.isTombstone ? "a deletion with more than its key" : "fields twice, unknown, out of order or too long"
    self.init(.impossibleRow, "the row of revision \(row.revision.main) is not as etcd writes it: \(form)")
    page = PageID(row.offset / pageSize)
    offset = ByteOffset(row.offset)
    reason = row.isTombstone ? "tombstone-with-fields" : "fields"
  }

  fileprivate init(_ rows: WithheldRows, pageSize: UInt64) {
    if let count = rows.count {
      self.init(
        .rowsWithheld, "\(count) \(count == 1 ? "row lies" : "rows lie") behind the last element of a page in use")
      reason = "rows-behind-elements"
    } else {
      self.init(.rowsWithheld, "a leaf page of bucket key has no rows, and bbolt keeps no such page")
      reason = "empty-leaf"
    }
    page = rows.page
    offset = ByteOffset(rows.page.rawValue * pageSize)
  }
}

extension Rule {
  /// Whether it is about a value in the clear that a row in use has.
  fileprivate var isAboutPlaintextInUse: Bool {
    switch self {
    case .plaintextLive, .plaintextHistory, .misplacedObject: true
    default: false
    }
  }
}
