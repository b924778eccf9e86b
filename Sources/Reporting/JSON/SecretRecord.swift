import KubernetesStorage

/// A finding's `secret`: the type of a plaintext Secret, and the names and sizes of its data.
struct SecretRecord {
  let type: PrintableText
  let data: [DataKeyRecord]

  init(_ secret: SecretOutline) {
    self.type = PrintableText(secret.type)
    self.data = secret.data.map { DataKeyRecord(name: PrintableText($0.name), bytes: $0.bytes) }
  }

  /// Writes the member.
  func write(to json: inout JSONBuffer) {
    json.object("secret") { json in
      json.array("data") { json in
        for key in data {
          json.object { json in
            json.member("bytes", key.bytes)
            json.member("name", key.name)
          }
        }
      }
      json.member("type", type)
    }
  }
}
