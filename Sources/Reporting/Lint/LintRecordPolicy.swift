import EncryptionConfig
import VerificationModel

/// The member `policy`.
struct LintRecordPolicy: Encodable {
  let failOn: String
  let resources: [PrintableText]
  let kubernetesVersion: String?
  let fips: Bool

  init(_ policy: LintPolicy) {
    self.failOn = policy.failOnOption
    self.resources = policy.required.map { PrintableText($0.description) }
    self.kubernetesVersion = policy.server.kubernetesVersion?.description
    self.fips = policy.requiresFIPS
  }
}
