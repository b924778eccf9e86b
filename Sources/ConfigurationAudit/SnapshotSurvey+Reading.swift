import BoltFormat
import EncryptionConfig
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

extension SnapshotSurvey {
  /// Reads the one snapshot in `input`: a file, plain or packed, or `-` for standard input.
  ///
  /// Never throws: what can't be read is an error, beside whatever could be. O(input), with memory for each row.
  ///
  /// - Parameters:
  ///   - input: a path, or `-`.
  ///   - configuration: tells by the names of its keys where names with colons end.
  ///   - etcdPrefix: where the resources lie; nil: found from the keys.
  ///   - limits: how far a compressed or packed input may unfold.
  public init(
    of input: String, for configuration: EncryptionConfiguration, etcdPrefix: EtcdPrefix? = nil,
    limits: UnpackingLimits = UnpackingLimits()
  ) {
    let entries = InputList(arguments: [input]).entries
    guard let entry = entries.first, entries.count == 1 else {
      let error = VerificationError(
        code: "several-files", message: "the directory holds \(entries.count) files: name the snapshot among them")
      self.init(path: input, facts: SnapshotFacts(), errors: [error])
      return
    }
    do throws(VerificationError) {
      let reading = try Self.read(entry, ResidueDemand(scope: configuration.residueScope), etcdPrefix, limits)
      var facts = SnapshotFacts(of: reading.contents, naming: configuration.keys)
      facts.residue = Self.residue(in: reading, configuration.residueScope)
      let errors = Self.errors(of: reading)
      self.init(path: input, facts: facts, errors: errors.errors, errorsOmitted: errors.omitted)
    } catch {
      self.init(path: input, facts: SnapshotFacts(), errors: [error])
    }
  }

  private static func read(
    _ entry: InputList.Entry, _ residue: ResidueDemand, _ etcdPrefix: EtcdPrefix?, _ limits: UnpackingLimits
  ) throws(VerificationError) -> StoreReading {
    let streams = try entry.open(limits)
    guard let stream = try streams.nextSnapshot() else {
      throw VerificationError(code: "no-snapshots", message: "there is no snapshot in it")
    }
    var demand = ReadingDemand(scope: .wholeStore, etcdPrefix: etcdPrefix)
    demand.extent = .wholeStore
    demand.residue = residue
    let reading = try stream.read(demand, ReadingOptions(), Instruments())
    guard try streams.nextSnapshot() == nil else {
      throw VerificationError(
        code: "several-snapshots", message: "there are several snapshots in it: unpack the one that is meant")
    }
    return reading
  }

  /// How many objects of `scope` can be read in bytes that no page in use owns, each counted once.
  private static func residue(in reading: StoreReading, _ scope: ResourceScope) -> [GroupResource: Int] {
    let store = reading.contents
    guard let contents = store.residue else { return [:] }
    func resource(of candidate: Candidate) -> GroupResource? {
      store.list.resources[candidate.place.resource].groupResource
    }
    var names = reading.names
    let recovered = RecoveredObjects(of: contents, store, &names) { candidate in
      resource(of: candidate).map { resource in scope.patterns.contains { $0.matches(resource) } } ?? false
    }
    var counts: [GroupResource: Int] = [:]
    for object in recovered.objects {
      if let resource = resource(of: object.candidate) { counts[resource, default: 0] += 1 }
    }
    return counts
  }

  /// What could not be read.
  private static func errors(of reading: StoreReading) -> ErrorList {
    let store = reading.contents
    var list = ErrorList()
    switch reading.hash {
    case .success(let verification): verification.errors.forEach { list.add($0) }
    case .failure(let error): list.add(error)
    case nil: break
    }
    list.add(contentsOf: store.errors)
    if !store.hasKeyBucket { list.add(store.missingKeyBucket(root: reading.tree.meta.root)) }
    if let error = store.tooManyPrefixes { list.add(error) }
    return list
  }
}

extension InputList.Entry {
  /// Opens what the entry names.
  fileprivate func open(_ limits: UnpackingLimits) throws(VerificationError) -> SnapshotStreams {
    do throws(InputError) {
      return try open(limits, acceptsCompanions: false)
    } catch {
      throw VerificationError(error)
    }
  }
}

extension SnapshotStreams {
  fileprivate func nextSnapshot() throws(VerificationError) -> SnapshotStream? {
    do throws(InputError) { return try next() } catch { throw VerificationError(error) }
  }
}

extension EncryptionConfiguration {
  /// What matters in free pages: the resources that it covers, or Secrets.
  fileprivate var residueScope: ResourceScope { ResourceScope(scope.isEmpty ? [.resource(.secrets)] : scope) }
}
