import KubernetesStorage

/// The resource of an object, and the etcd prefix below which it lies: what rows have in common.
struct RowPlace: Hashable, Sendable {
  /// The group resource; nil where it is not known.
  let resource: String?
  /// nil where it lies below none that counts.
  let prefix: EtcdPrefix?
}

extension RowPlace {
  /// As table ``CaseTable/places`` has it.
  var record: [UInt8] {
    var writer = FieldWriter()
    writer.put(resource) { $0.put($1) }
    writer.put(prefix) { $0.put($1.bytes) }
    return writer.bytes
  }

  init(_ reader: inout FieldReader) throws(CaseError) {
    resource = try reader.optional { reader throws(CaseError) in try reader.text() }
    prefix = try reader.optional { reader throws(CaseError) in EtcdPrefix(bytes: try reader.piece()) }
    try reader.end()
  }
}
