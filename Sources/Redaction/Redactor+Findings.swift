import KubernetesStorage
import VerificationModel

extension Redactor {
  func finding(_ finding: Finding) -> Finding {
    var finding = finding
    finding.text = text(finding.text)
    finding.resource = finding.resource.map { name(.resource, $0) }
    finding.subject = finding.subject.map { subject in
      Finding.Subject(revision: subject.revision, valueBytes: subject.valueBytes, names: subject.names.map(names))
    }
    finding.keyName = finding.keyName.map { name(.encryptionKey, $0) }
    finding.keyID = finding.keyID.map { name(.encryptionKey, $0) }
    finding.movedFrom = finding.movedFrom.map(key)
    finding.waiver = finding.waiver.map(waiver)
    return finding
  }

  private func names(_ names: Finding.Names) -> Finding.Names {
    Finding.Names(
      key: names.key.map(key), namespace: names.namespace.map { name(.namespace, $0) }, name: name(.object, names.name),
      secret: names.secret.map { secret in
        SecretOutline(
          type: name(.data, secret.type),
          data: secret.data.map { SecretOutline.DataKey(name: name(.data, $0.name), bytes: $0.bytes) },
          isCut: secret.isCut)
      })
  }

  func exposure(_ exposure: Exposure) -> Exposure {
    Exposure(
      resource: exposure.resource.map { name(.resource, $0) }, key: exposure.key.map(key),
      namespace: exposure.namespace.map { name(.namespace, $0) }, name: name(.object, exposure.name),
      type: exposure.type.map { name(.data, $0) }, dataKeys: exposure.dataKeys.map { name(.data, $0) },
      layers: exposure.layers, isElsewhere: exposure.isElsewhere, firstRevision: exposure.firstRevision,
      lastRevision: exposure.lastRevision)
  }

  func waiver(_ waiver: Waiver) -> Waiver {
    Waiver(
      reason: name(.remark, waiver.reason), acceptedBy: name(.remark, waiver.acceptedBy), expiry: waiver.expiry)
  }
}
