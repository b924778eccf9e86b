import KubernetesStorage

/// One of a snapshot's `apiServers`.
struct InspectionRecordServer: Encodable {
  let podName: PrintableText
  let nodeName: PrintableText?
  let image: PrintableText
  let version: PrintableText?
  let flags: [Flag]

  /// A flag of the API server's command line, its name without dashes.
  struct Flag: Encodable {
    let name: String
    let value: PrintableText
  }

  init(_ server: APIServerOutline) {
    self.podName = PrintableText(server.podName)
    self.nodeName = server.nodeName.map(PrintableText.init)
    self.image = PrintableText(server.image)
    self.version = server.version.map(PrintableText.init)
    self.flags = server.flags.map { Flag(name: $0.name.rawValue, value: PrintableText($0.value)) }
  }
}
