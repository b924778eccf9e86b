/// The member `tool`.
struct ToolRecord: Encodable {
  let name = "atrest"
  let version: PrintableText
  let arguments: [PrintableText]?

  init(_ invocation: Invocation) {
    self.version = PrintableText(invocation.toolVersion)
    self.arguments = invocation.arguments.map(PrintableText.init).unlessEmpty
  }
}
