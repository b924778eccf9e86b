import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Plaintext of a kind in scope in a part of the file that is in use and holds no values of keys.
package struct PlaintextElsewhere: Hashable, Sendable {
  /// The parts of a file in use that hold no values of keys, and those of a row that nobody reads.
  package enum Part: Hashable, Sendable {
    /// Bytes of this kind in the ledger.
    case ledger(Ledger.Kind)
    /// The etcd key of a row.
    case rowKey
    /// The value of a row, which is no object, or what follows the object there.
    case rowValue

    /// Machine-readable.
    package var reason: String {
      switch self {
      case .ledger(let kind): kind.name
      case .rowKey: "row-key"
      case .rowValue: "row-value"
      }
    }

    /// What follows "lies in".
    package var description: String {
      switch self {
      case .ledger(let kind): kind.description
      case .rowKey: "the etcd key of a row"
      case .rowValue: "a value that is no object, or behind the object in one"
      }
    }
  }

  /// Where in the file it begins.
  package let offset: UInt64
  /// The resource that it is of.
  package let resource: GroupResource
  /// The part of the file.
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
    /// A digest of its contents; nil where nobody asks, or its end is missing.
    package internal(set) var contents: SHA256Digest?
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
  /// A part of a row.
  init(_ part: ImpossibleRow.Part) {
    self =
      switch part {
      case .margin: .ledger(.rowMargin)
      case .key: .rowKey
      case .value: .rowValue
      }
  }
}
