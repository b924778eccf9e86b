import EtcdStorage

/// A snapshot's `cluster`.
struct InspectionRecordCluster: Encodable {
  let version: PrintableText?
  let members: Int
  let authEnabled: Bool
  let users: Int
  let alarms: Int

  init(_ cluster: ClusterSummary) {
    self.version = (cluster.version?.description).map(PrintableText.init)
    self.members = cluster.members
    self.authEnabled = cluster.isAuthEnabled
    self.users = cluster.users
    self.alarms = cluster.alarms
  }
}
