import EtcdStorage
import KubernetesStorage

/// What was found in bytes that no live page may own. Which of them a page does own is known only at the end.
///
/// Provisional finds are bounded: where pages in use hold what looks like rows, nobody knows yet that they are in use.
package struct ResidueFinds: Sendable {
  /// A sign of a Secret in the clear that belongs to no object that could be recovered.
  ///
  /// Takes 8 bytes: a file may be full of them.
  struct Fragment: Sendable {
    private let bits: UInt64

    init(offset: UInt64, isSlack: Bool) { bits = offset << 1 | (isSlack ? 1 : 0) }

    /// Where it lies in the file.
    var offset: UInt64 { bits >> 1 }
    /// Whether it lies behind the last element of a page that may be in use.
    var isSlack: Bool { bits & 1 != 0 }
  }

  /// Objects and rows in the clear and in scope: candidates whose role is one of the residue's.
  package var list: CandidateList
  private(set) var fragments = SegmentedArray<Fragment>()
  package var pages: ResiduePages
  /// What may be examined.
  var budget = SearchBudget()
  /// Whether there was no room for all finds.
  package private(set) var isFull = false

  /// The list that the finds began with.
  private let template: CandidateList
  private let scope: ResourceScope
  package let digests: KeyDigest.Maker
  private let isBounded: Bool
  private var finds = 0
  private var searchedBytes: UInt64 = 0
  /// Bytes of finds that are kept in any case, and for each page searched.
  private static let room = (fixed: 16 << 20, perPage: 32)
  private let pageSize: Int
  private let pageBound: UInt64
  /// What lies behind the last element of runs of several pages.
  private(set) var slack: [RunSlack] = []
  /// Where whole rows lie behind the last element of a page that may be in use.
  private(set) var rowsInSlack: [UInt64] = []

  /// No finds yet.
  ///
  /// - Parameters:
  ///   - list: an empty list.
  ///   - pageBound: the first page number that was never in use.
  ///   - isBounded: whether some of the bytes searched may be owned.
  init(
    _ list: CandidateList, _ scope: ResourceScope, _ digests: KeyDigest.Maker, pageSize: Int, pageBound: UInt64,
    isBounded: Bool
  ) {
    self.list = list
    template = list
    self.scope = scope
    self.digests = digests
    self.isBounded = isBounded
    self.pageSize = pageSize
    self.pageBound = pageBound
    pages = ResiduePages(pageSize: pageSize, pageBound: pageBound, concernsSecretsOnly: scope.coversSecretsOnly)
  }

  /// Takes note that so many bytes were searched.
  mutating func noteSearch(of bytes: Int) {
    searchedBytes += UInt64(bytes)
    budget.charge(bytes)
  }

  /// Takes in a row, whose message begins at `offset` of the file. Answers whether its value is in the clear and may be in
  /// scope under its key.
  package mutating func add(_ row: borrowing KeyValueRemnant, _ revision: Revision, at offset: UInt64, isSlack: Bool)
    -> Bool
  {
    guard hasRoom else { return true }
    if isSlack, !row.isCut {
      rowsInSlack.append(offset)
      finds += 1
    }
    let count = list.candidates.count
    var examined = 0
    list.add(residue: row, revision, at: offset, isSlack: isSlack, examined: &examined) { [digests] key in
      digests.digest(of: key)
    }
    budget.charge(examined)
    finds += list.candidates.count - count
    return list.candidates.count > count
  }

  /// The bytes of the object in protobuf that `value` begins with, if it is whole, and of a built-in kind that is out of
  /// scope; nil of any other. O(its fields), without allocation.
  mutating func bytesOfIndifferentObject(_ value: RawSpan) -> Int? {
    guard let object = list.heads.head(of: value)?.builtIn, !scope.covers(object) else { return nil }
    return value.bytesOfWholeProtobufObject
  }

  /// Takes in an object without its row, which begins at `offset` of the file and of which `bytes` are left. Answers whether
  /// it is in scope.
  @discardableResult
  package mutating func add(_ object: ObjectRemnant, at offset: UInt64, _ bytes: RawSpan, isSlack: Bool) -> Bool {
    guard let resource = scope.resource(of: object) else { return false }
    guard !object.outline.name.isEmpty else {
      addFragment(at: offset, isSlack: isSlack)
      return true
    }
    guard hasRoom else { return true }
    list.add(residue: object, of: resource, at: offset, bytes, isSlack: isSlack)
    finds += 1
    return true
  }

  /// Takes in a sign of a Secret at `offset` of the file, unless Secrets are out of scope.
  mutating func addFragment(at offset: UInt64, isSlack: Bool) {
    guard coversSecrets, hasRoom else { return }
    fragments.append(Fragment(offset: offset, isSlack: isSlack))
    finds += 1
  }

  /// Takes note of what lies behind the last element of a run.
  package mutating func note(_ slack: RunSlack) {
    // On a run of one page, nothing else can be the slack of another.
    if slack.page != (slack.range.upperBound - 1) / UInt64(pageSize) { self.slack.append(slack) }
  }

  /// Forgets what was taken over from ``list``.
  mutating func removeRows() { list.removeRows() }

  /// No finds yet, in the same scope, with what is left of the budget.
  package func empty() -> ResidueFinds {
    var empty = ResidueFinds(
      template, scope, digests, pageSize: pageSize, pageBound: pageBound, isBounded: true)
    empty.budget = budget
    return empty
  }

  /// Takes over what `other`, which began as ``empty()``, left of the budget, and whether it had room.
  package mutating func take(workOf other: ResidueFinds) {
    budget = other.budget
    isFull = isFull || other.isFull
  }

  private var coversSecrets: Bool { ValueTraits.secrets.map(scope.covers) ?? false }

  private var hasRoom: Bool {
    mutating get {
      let room = Self.room.fixed + Int(searchedBytes) / pageSize * Self.room.perPage
      isFull = isFull || isBounded && finds * MemoryLayout<Candidate>.stride > room
      return !isFull
    }
  }
}
