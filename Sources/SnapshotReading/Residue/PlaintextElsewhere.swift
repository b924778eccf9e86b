import BoltFormat
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Plaintext of a kind in scope in a part of the file that is in use and holds no values of keys.
package struct PlaintextElsewhere: Hashable, Sendable {
  /// The parts of a file in use that hold no values of keys.
  package enum Part: Hashable, Sendable {
    /// A page of a bucket other than `key`; of those that etcd has, its name.
    case bucket(String?)
    /// The page of the root bucket: buckets that are small lie inside it.
    case root
    /// The freelist, or what lies behind its entries.
    case freelist
    /// Bytes of a row of bucket `key` that are none of its fields: a field that is repeated or that etcd does not know, or
    /// the value of a tombstone.
    case rowMargin
    /// The etcd key of a row.
    case rowKey
    /// The value of a row, which is no object, or what follows the object there.
    case rowValue

    /// Machine-readable.
    package var reason: String {
      switch self {
      case .bucket, .root: "other-bucket"
      case .freelist: "freelist-page"
      case .rowMargin: "row-margin"
      case .rowKey: "row-key"
      case .rowValue: "row-value"
      }
    }

    /// What follows "lies in".
    package var description: String {
      switch self {
      case .bucket(let name?): "bucket \(name)"
      case .bucket(nil): "a bucket that etcd does not have"
      case .root: "the root bucket's page"
      case .freelist: "the freelist page"
      case .rowMargin: "a part of a row that etcd passes over"
      case .rowKey: "the etcd key of a row"
      case .rowValue: "a value that is no object, or behind the object in one"
      }
    }
  }

  /// Where in the file it begins.
  package let offset: UInt64
  /// The resource that it is of.
  package let resource: GroupResource
  package let part: Part
  /// The object; nil where only a part of one was recognised.
  package internal(set) var object: Object?

  /// What is told of a whole object.
  package struct Object: Hashable, Sendable {
    /// Of a row, where it lies in one.
    package let revision: Revision?
    package let valueBytes: Int
    /// nil where there was no room for them.
    package let names: Finding.Names?
  }
}

extension PlaintextElsewhere.Object {
  /// An object that was found among bytes in use, by what its row, if it has one, and it itself tell.
  package init(_ candidate: Candidate, _ source: inout some RowNameSource, isNamed: Bool) {
    let hasRow = candidate.role != .residueObject
    revision = hasRow ? candidate.revision : nil
    valueBytes = Int(candidate.valueBytes)
    let key = isNamed && hasRow ? source.key(of: candidate) : nil
    guard isNamed, let outline = source.outline(of: candidate), !outline.name.isEmpty else {
      let name = key?.bytes.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
      names = name.map { Finding.Names(key: key, namespace: nil, name: $0, secret: nil) }
      return
    }
    names = Finding.Names(
      key: key, namespace: outline.namespace.isEmpty ? nil : outline.namespace, name: outline.name,
      secret: outline.secret)
  }
}

extension PlaintextElsewhere.Part {
  /// etcd's buckets (server/storage/schema/bucket.go). Of others the name may be anything, a Secret too.
  private static let bucketNames: Set<String> = [
    "alarm", "auth", "authRoles", "authUsers", "cluster", "key", "lease", "members", "members_removed", "meta", "test",
  ]

  /// A part of a row.
  init(_ part: ImpossibleRow.Part) {
    self =
      switch part {
      case .margin: .rowMargin
      case .key: .rowKey
      case .value: .rowValue
      }
  }

  /// The bucket that is nested in these.
  init(bucket names: [[UInt8]]) {
    guard names.count == 1, let name = names.first.map({ String(decoding: $0, as: UTF8.self) }),
      Self.bucketNames.contains(name)
    else {
      self = .bucket(nil)
      return
    }
    self = .bucket(name)
  }
}
