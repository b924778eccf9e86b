/// One of a Secret's `data`: never its content.
struct DataKeyRecord {
  let name: PrintableText
  let bytes: Int
}
