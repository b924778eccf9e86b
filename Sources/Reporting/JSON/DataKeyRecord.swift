/// One of a Secret's `data`: never its content.
struct DataKeyRecord: Encodable {
  let name: PrintableText
  let bytes: Int
}
