import KubernetesStorage

/// The API servers whose mirror pods lie in the store in plaintext, and how they store objects.
struct InspectionTextServers {
  let servers: [APIServerOutline]

  /// The lines; none where no mirror pod can be read.
  func lines(_ style: Style) -> [String] {
    let listed = servers.prefix(style.limit(Self.listLimit))
    let rest = servers.count - listed.count
    return listed.flatMap { LabelledText(label: "API server", texts: texts(about: $0)).lines(style) }
      + (rest > 0 ? [style.dim(style.cut(rest.counted("more API server")))] : [])
  }

  /// The most that are listed: a control plane has three or five.
  private static let listLimit = 5
  /// The most columns of a name, and of a flag.
  private static let textColumns = 200

  private func texts(about server: APIServerOutline) -> [String] {
    let pod = [server.podName, server.version].compactMap(\.self).joined(separator: ", ")
    let encrypts = server.flags.contains { $0.name == .encryptionProviderConfig }
    return ([pod, server.image].filter { !$0.isEmpty } + server.flags.map { "--\($0.name.rawValue)=\($0.value)" })
      .map { PrintableText($0).description.elidedInMiddle(to: Self.textColumns) }
      + (encrypts ? [] : ["no --encryption-provider-config: what it writes is plaintext"])
  }
}
