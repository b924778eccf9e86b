/// The tables of a case. What their keys and values are, byte for byte, is written down in `Schema.md` beside this file.
enum CaseTable: String, CaseIterable {
  /// What is to be known before anything else: the version of the form.
  case about
  /// All that was done, in order.
  case log
  case clusters
  case snapshots
  /// The SHA-256 of a bbolt image to the snapshot that it is.
  case digests
  /// Encryption keys by number.
  case encryptions
  /// Resources and etcd prefixes by number.
  case places
  /// Long etcd keys by number, and their digests to their numbers.
  case names
  case longnames
  /// Values of objects, and the snapshots that have them.
  case rows

  /// The version of the form that this release reads and writes.
  static let version: UInt32 = 1
}
