import EtcdStorage
import LMDB

/// Why a case can't be opened, read, or added to.
///
/// The description is a sentence that says what is wrong and what to do, without the path of the case, which the caller knows:
///
/// ```swift
/// catch CaseError.unknownObject { … }
/// catch { print("\(path): \(error)"); exit(error.isWrongCall ? 2 : 3) }
/// ```
package enum CaseError: Error, Hashable, Sendable {
  // The directory.
  /// There is no case: no directory, or none of its files in it.
  case missing
  /// The directory in which a case was to be made is not there.
  case noParent
  /// A case was to be made where there is one.
  case exists
  /// A case was to be made in a directory in which something else lies.
  case notEmpty
  /// The directory has a store that is no case, or one whose making was interrupted.
  case notCase
  /// It was written by a newer release of this program, in a form of this version.
  case newer(version: UInt32)
  /// The file of the key of the digests is not there, or is not what it must be: a sentence says which.
  case digestKey(String)

  // What is in it.
  /// Something that is kept is not as it was written: where, in plain words.
  case damaged(String)
  /// What the store says.
  case store(LMDBError)

  // The call.
  /// No snapshot has this name; names of some that are there.
  case unknownSnapshot(String, suggestions: [String])
  /// Several snapshots go by this name.
  case ambiguousSnapshot(String, choices: [String])
  /// No object has this name; keys of some that are like it.
  case unknownObject(String, suggestions: [String])
  /// Several objects go by this name: their keys.
  case ambiguousObject(String, choices: [String])
  /// A snapshot names none of the members of the clusters that the case has, by these names, or no member at all.
  case otherCluster(known: [String], namesMembers: Bool)
  /// A snapshot may be of several clusters of the case.
  case ambiguousCluster([String])
  /// The name of a cluster is empty, too long, or has characters that would not show.
  case clusterName(String)
  /// The SHA-256 of a snapshot was not taken.
  case noDigest
  /// What is to be imported is not what an export has: a sentence says why.
  case wrongExport(String)
  /// A case can hold no more of something.
  case tooMany(String)
}

extension CaseError: TransactionFailure {
  /// What a store says.
  package init(_ error: LMDBError) {
    self =
      switch error {
      case .missing: .missing
      case .exists: .exists
      case .missingTable: .notCase
      default: .store(error)
      }
  }
}

extension CaseError {
  /// Whether the call is wrong, and would be right with other arguments: exit status 2. If not, what it asks for can't be read
  /// or kept: exit status 3.
  package var isWrongCall: Bool {
    switch self {
    case .missing, .noParent, .exists, .notEmpty, .notCase, .unknownSnapshot, .ambiguousSnapshot, .unknownObject,
      .ambiguousObject,
      .otherCluster, .ambiguousCluster, .clusterName, .noDigest:
      true
    case .store(let error): error == .busy || error == .alreadyOpen
    case .newer, .digestKey, .damaged, .wrongExport, .tooMany: false
    }
  }
}

extension CaseError {
  /// What the system says: `errno`.
  init(systemCode code: Int32) { self.init(LMDBError(code: code)) }

  /// Whether the system, or another program, stands in the way, which tells nothing of what is in the case.
  package var isFromOutside: Bool {
    guard case .store(let error) = self else { return false }
    return error.isFromOutside
  }
}

extension CaseError: CustomStringConvertible {
  /// A sentence: what is wrong, and what to do.
  package var description: String {
    switch self {
    case .missing: "there is no case here: make one with `atrest case init`"
    case .noParent: "it can't be made here: the directory around it is not there, or a file has its name"
    case .exists: "there is a case here already: choose another directory"
    case .notEmpty: "the directory is not empty: choose another one"
    case .notCase:
      "this is no case, or one that was never finished: take the directory away, and make a case with `atrest case init`"
    case .newer(let version):
      "it was written by a newer release, in version \(version) of its form, and this one reads version \(CaseTable.version): use that release"
    case .digestKey(let problem):
      "\(CaseFiles.digestKey) \(problem): put that of the case back, from a copy or from the case it was exported from"
    case .damaged(let place): "it is damaged: \(place): take a copy of the directory that is whole"
    case .store(let error): error.description
    case .unknownSnapshot(let name, let names): "it has no snapshot \(quoted(name))\(Self.suggestion(names))"
    case .ambiguousSnapshot(let name, let names):
      "several snapshots go by \(quoted(name)): name one of \(Self.list(names))"
    case .unknownObject(let name, let names): "no snapshot has an object \(quoted(name))\(Self.suggestion(names))"
    case .ambiguousObject(let name, let keys):
      "several objects go by \(quoted(name)): name one with --key: \(Self.list(keys))"
    case .otherCluster(let names, true):
      "none of its members is one of the cluster \(Self.list(names)) in the case: say with --cluster to which it belongs, or a new name"
    case .otherCluster(let names, false):
      "it does not tell its members: say with --cluster whether it belongs to \(Self.list(names)), or a new name"
    case .ambiguousCluster(let names):
      "it may belong to several clusters of the case, \(Self.list(names)): say with --cluster to which"
    case .clusterName(let name):
      "\(quoted(name)) can't be the name of a cluster: use letters, digits, '.', '_' and '-', at most 64 of them"
    case .noDigest: "the SHA-256 of the snapshot was not taken, by which a case knows it: leave out --no-hash"
    case .wrongExport(let problem): "the export can't be imported: \(problem)"
    case .tooMany(let things): "the case can hold no more \(things): make another one"
    }
  }

  private static func suggestion(_ names: [String]) -> String {
    names.isEmpty ? ": see `atrest case list`" : ": did you mean \(list(names))?"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(5).map(quoted).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}

/// A name that someone gave, as it is shown: without what a terminal would act on.
private func quoted(_ text: String) -> String { "'\(EtcdKey(bytes: Array(text.utf8)))'" }
