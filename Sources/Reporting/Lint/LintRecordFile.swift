import Cryptography
import EncryptionConfig
import VerificationModel

/// The member `file`.
struct LintRecordFile: Encodable {
  let path: PrintableText
  let bytes: Int?
  /// As API servers tell it (`apiserver_encryption_config_controller_last_config_info`): `sha256:` and hex digits.
  let sha256: String?
  let apiVersion: String?
  let kind: String?
  /// Absent where the file is the configuration itself.
  let wrapping: Wrapping?

  /// What the configuration lies in.
  struct Wrapping: Encodable {
    let form: String
    let kind: PrintableText?
    let path: PrintableText
    let line: Int

    init(_ wrapping: ConfigurationWrapping) {
      self.form = wrapping.form.rawValue
      self.kind = wrapping.kind.map { PrintableText($0) }
      self.path = PrintableText(wrapping.path)
      self.line = wrapping.line
    }
  }

  init(_ report: LintReport) {
    self.path = PrintableText(report.path)
    self.bytes = report.configuration.map { _ in report.byteCount }
    self.sha256 = report.configuration.flatMap { $0.hasOwnText ? "sha256:\($0.digest)" : nil }
    self.apiVersion = report.configuration?.header.rawValue
    self.kind = report.configuration?.header.kind
    self.wrapping = report.wrapping.map(Wrapping.init)
  }
}
