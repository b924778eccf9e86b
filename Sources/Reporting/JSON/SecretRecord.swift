import KubernetesStorage

/// A finding's `secret`: the type of a plaintext Secret, and the names and sizes of its data.
struct SecretRecord: Encodable {
  let type: PrintableText
  let data: [DataKeyRecord]

  init(_ secret: SecretOutline) {
    self.type = PrintableText(secret.type)
    self.data = secret.data.map { DataKeyRecord(name: PrintableText($0.name), bytes: $0.bytes) }
  }
}
