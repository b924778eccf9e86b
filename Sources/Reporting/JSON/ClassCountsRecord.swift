import VerificationModel

/// How many values are of which class.
struct ClassCountsRecord: Encodable {
  let total: Int
  let plaintext: Int
  let encrypted: Int
  let malformed: Int
  let unknownEnvelope: Int
  let unrecognized: Int
  let empty: Int

  init(_ counts: ClassCounts) {
    self.total = counts.total
    self.plaintext = counts.plaintext
    self.encrypted = counts.encrypted
    self.malformed = counts.malformed
    self.unknownEnvelope = counts.unknownEnvelope
    self.unrecognized = counts.unrecognized
    self.empty = counts.empty
  }
}
