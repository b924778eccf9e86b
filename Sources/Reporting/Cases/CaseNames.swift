import KubernetesStorage
import VerificationModel

/// What texts call the snapshots, objects and keys of a case, printable: with the cluster where there are several.
struct CaseNames {
  private let snapshots: [CaseSnapshot.ID: CaseSnapshot]
  private let hasOneCluster: Bool

  /// The names where there is no case, or one cluster.
  init() {
    snapshots = [:]
    hasOneCluster = true
  }

  /// The names in the case of which `list` tells.
  init(_ list: CaseList) {
    snapshots = Dictionary(list.snapshots.map { ($0.id, $0) }) { first, _ in first }
    hasOneCluster = list.clusters.count <= 1
  }

  /// `3`, or `prod/3`.
  func name(of snapshot: CaseSnapshot.ID) -> String {
    hasOneCluster ? "\(snapshot.number)" : "\(PrintableText(snapshot.cluster))/\(snapshot.number)"
  }

  /// `3`, or `3 to 5`.
  func range(_ first: CaseSnapshot.ID, _ last: CaseSnapshot.ID) -> String {
    first == last ? name(of: first) : "\(name(of: first)) to \(last.number)"
  }

  /// When the snapshot was taken, and what says so, as two cells of a table.
  func time(of snapshot: CaseSnapshot.ID) -> [String] { CaseTimeText(snapshots[snapshot]?.takenAt).cells }

  /// The path under which the snapshot was taken in.
  func path(of snapshot: CaseSnapshot.ID) -> String { snapshots[snapshot].map(Self.path) ?? "" }

  static func path(of snapshot: CaseSnapshot) -> String {
    path(snapshot.path, snapshot.member)
  }

  static func path(_ path: String, _ member: String?) -> String {
    PrintableText(path + (member.map { ":" + $0 } ?? "")).description.boundedName
  }

  /// `payments/db`, before it the resource unless that is `secrets`; the key of what has no name.
  func name(of object: CaseObject) -> String {
    let cluster = hasOneCluster ? "" : "\(PrintableText(object.cluster)): "
    guard let name = object.name else { return cluster + (object.key?.description ?? "an object without a name") }
    let place = object.namespace.map { "\(PrintableText($0))/" } ?? ""
    let resource = object.resource.flatMap { $0 == "secrets" ? nil : "\(PrintableText($0)) " } ?? ""
    return cluster + resource + place + PrintableText(name).description
  }

  /// `aescbc key1`; of KMS v2 also the id of the key.
  static func name(of encryption: StoredRow.Encryption) -> String {
    let names = [encryption.keyName, encryption.keyID.map { "key id \($0)" }].compactMap(\.self)
    return ([encryption.provider.rawValue] + names.map { PrintableText($0).description }).joined(separator: " ")
  }

  /// `in plaintext`, `encrypted by aescbc key1`, or what else the value is.
  static func state(_ valueClass: ValueClass, _ encryption: StoredRow.Encryption?) -> String {
    switch (valueClass, encryption) {
    case (.plaintext, _): "plaintext"
    case (.encrypted, let encryption?): name(of: encryption)
    default: valueClass.rawValue
    }
  }
}
