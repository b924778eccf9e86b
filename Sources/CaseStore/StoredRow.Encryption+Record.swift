import KubernetesStorage
import VerificationModel

/// What table ``CaseTable/encryptions`` has of a key that envelopes name.
extension StoredRow.Encryption {
  var record: [UInt8] {
    var writer = FieldWriter()
    writer.put(provider.rawValue)
    writer.put(keyName) { $0.put($1) }
    writer.put(keyID) { $0.put($1) }
    return writer.bytes
  }

  init(_ reader: inout FieldReader) throws(CaseError) {
    guard let provider = Provider(rawValue: try reader.text()) else { throw reader.damage }
    let keyName = try reader.optional { reader throws(CaseError) in try reader.text() }
    let keyID = try reader.optional { reader throws(CaseError) in try reader.text() }
    try reader.end()
    self.init(provider: provider, keyName: keyName, keyID: keyID)
  }
}
