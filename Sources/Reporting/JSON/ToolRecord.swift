/// The member `tool`.
struct ToolRecord: Encodable {
  let name = "atrest"
  let version: PrintableText
  let arguments: [PrintableText]?
  let sandbox: SandboxRecord?

  /// The member `sandbox`: what the process gave up. Without `landlock`, it kept its files.
  struct SandboxRecord: Encodable {
    let mode: String
    let landlock: Int?
    let seccomp: Bool
  }

  init(_ invocation: Invocation) {
    self.version = PrintableText(invocation.toolVersion)
    self.arguments = invocation.arguments.map(PrintableText.init).unlessEmpty
    self.sandbox = invocation.sandbox.map { SandboxRecord(mode: $0.mode, landlock: $0.landlock, seccomp: $0.seccomp) }
  }
}
