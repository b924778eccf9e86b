import Cryptography
import EncryptionConfig
import SnapshotVerification

/// The member `file`.
struct LintRecordFile: Encodable {
  let path: PrintableText
  let bytes: Int?
  /// As API servers tell it (`apiserver_encryption_config_controller_last_config_info`): `sha256:` and hex digits.
  let sha256: String?
  let apiVersion: String?
  let kind: String?

  init(_ report: LintReport) {
    self.path = PrintableText(report.path)
    self.bytes = report.configuration.map { _ in report.byteCount }
    self.sha256 = report.configuration.map { "sha256:\($0.digest)" }
    self.apiVersion = report.configuration?.header.rawValue
    self.kind = report.configuration?.header.kind
  }
}
