import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Collects the rows of one snapshot, to be taken into a case or held against those of another one.
///
/// ```swift
/// var intake = CaseIntake()
/// rows.forEach(&intake)
/// ```
///
/// Memory: 72 bytes and the etcd key for each row. Values are not among what it is told.
package struct CaseIntake: RowSink, Sendable {
  var rows = IntakeRows()
  private var encryptions: [StoredRow.Encryption: UInt32] = [:]
  private var places: [RowPlace: UInt32] = [:]
  // Rows that follow each other are mostly alike.
  private var lastEncryption: (value: StoredRow.Encryption, number: UInt32)?
  private var lastPlace: (value: RowPlace, number: UInt32)?

  /// No rows.
  package init() {}

  /// How many rows it was told.
  package var count: Int { rows.entries.count }

  /// Takes the next row. O(length of its key).
  package mutating func take(_ row: StoredRow) {
    let encryption = row.encryption.map { number(of: $0) } ?? 0
    let place = number(of: RowPlace(resource: row.resource, prefix: row.prefix))
    rows.append(row, encryption: encryption, place: place)
  }

  private mutating func number(of encryption: StoredRow.Encryption) -> UInt32 {
    if let lastEncryption, lastEncryption.value == encryption { return lastEncryption.number }
    let number = encryptions[encryption] ?? rows.add(encryption)
    encryptions[encryption] = number
    lastEncryption = (encryption, number)
    return number
  }

  private mutating func number(of place: RowPlace) -> UInt32 {
    if let lastPlace, lastPlace.value == place { return lastPlace.number }
    let number = places[place] ?? rows.add(place)
    places[place] = number
    lastPlace = (place, number)
    return number
  }
}
