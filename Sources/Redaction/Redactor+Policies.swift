import VerificationModel

extension Redactor {
  /// `policy` without a name in it, and as one of a report that is redacted.
  ///
  /// The digests of the files that it names are made anew under the key: what stands in a policy can be guessed.
  public func redacted(_ policy: Policy) -> Policy {
    var policy = policy
    policy.redaction = extent
    policy.cluster = policy.cluster.map { name(.cluster, $0) }
    policy.resources = policy.resources.map(pattern)
    policy.unexaminedDemands = policy.unexaminedDemands.map(pattern)
    policy.etcdPrefix = policy.etcdPrefix.map(prefix)
    policy.configuration = policy.configuration.map { check in
      check.replacingNames(path: name(.path, check.path), required: check.required.map(pattern)) { digests.digest($0) }
    }
    if let request = policy.decryption {
      policy.decryption = DecryptionRequest(
        seedsPath: request.seedsPath.map { name(.path, $0) },
        strippedPrefix: request.strippedPrefix.map { name(.key, $0) })
    }
    policy.requiredProvider = policy.requiredProvider.map(provider)
    policy.demands = policy.demands.map { demand in
      EncryptionDemand(
        resources: demand.resources.map(pattern), provider: demand.provider.map(provider),
        lastWrite: demand.lastWrite)
    }
    policy.file = policy.file.map { file in
      PolicySource(
        path: name(.path, file.path), digest: file.digest.map(digests.digest), severities: file.severities,
        waivers: file.waivers.map(redacted))
    }
    return policy
  }

  /// `waiver` without a name in it.
  public func redacted(_ waiver: PolicyWaiver) -> PolicyWaiver {
    waiver.replacingNames(
      key: waiver.key.map { name(.key, $0) }, resource: waiver.resource.map { name(.resource, $0) },
      self.waiver(waiver.waiver))
  }

  private func provider(_ provider: RequiredProvider) -> RequiredProvider {
    provider.replacingName { name(.encryptionKey, $0) }
  }
}
