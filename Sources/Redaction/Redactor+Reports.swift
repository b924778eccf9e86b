import EtcdStorage
import KubernetesStorage
import SnapshotInput
import VerificationModel

extension Redactor {
  /// `report` without a name in it.
  public func redacted(_ report: SnapshotReport) -> SnapshotReport {
    var report = report
    report.path = name(.path, report.path)
    report.file.member = report.file.member.map { name(.path, $0) }
    report.cluster = report.cluster.map(cluster)
    report.prefixes = report.prefixes.map(prefix)
    report.resources = report.resources.map(resource)
    report.encryption = report.encryption.map(use)
    report.errors = report.errors.map { error in
      VerificationError(code: error.code, marked: text(error.text), page: error.page, offset: error.offset)
    }
    report.findings = report.findings.map(finding)
    report.waived = report.waived.map(finding)
    report.exposed.objects = report.exposed.objects.map(exposure)
    report.unknownResources = []
    report.definedResources = []
    report.unexamined = report.unexamined.map(redacted)
    return report
  }

  /// `file` without its name.
  public func redacted(_ file: PassedOver) -> PassedOver {
    PassedOver(
      path: name(.path, file.path), member: file.member.map { name(.path, $0) }, reason: file.reason,
      content: file.content)
  }

  private func resource(_ summary: SnapshotReport.ResourceSummary) -> SnapshotReport.ResourceSummary {
    var summary = summary
    summary.resource = name(.resource, summary.resource)
    summary.prefix = prefix(summary.prefix)
    if let writer = summary.rotation?.writer, let colon = writer.firstIndex(of: ":") {
      let key = String(writer[writer.index(after: colon)...])
      summary.rotation?.writer = writer[...colon] + name(.encryptionKey, key)
    }
    return summary
  }

  private func use(_ use: SnapshotReport.KeyUse) -> SnapshotReport.KeyUse {
    var use = use
    use.name = name(.encryptionKey, use.name)
    use.keyID = use.keyID.map { name(.encryptionKey, $0) }
    return use
  }

  /// The id of a member is a digest of its addresses, made without a key.
  private func cluster(_ cluster: ClusterIdentity) -> ClusterIdentity {
    ClusterIdentity(
      members: cluster.members.map { member in
        ClusterIdentity.Member(
          id: digests.number(.member, member.id), name: member.name.map { name(.member, $0) })
      },
      removedIDs: cluster.removedIDs.map { digests.number(.member, $0) }, version: cluster.version)
  }
}
