import VerificationModel

/// One of a case's `clusters`.
struct CaseClusterRecord: Encodable {
  let name: PrintableText
  let members: [Member]
  let version: PrintableText?

  /// A member; its id as etcdctl prints it.
  struct Member: Encodable {
    let id: String
    let name: PrintableText?
  }

  init(_ cluster: CaseList.Cluster) {
    name = PrintableText(cluster.name)
    members = (cluster.identity?.members ?? []).map {
      Member(id: String($0.id, radix: 16), name: $0.name.map(PrintableText.init))
    }
    version = (cluster.identity?.version?.description).map(PrintableText.init)
  }
}
