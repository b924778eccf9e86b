import PolicyFile
import VerificationModel

/// The whole document. Records mirror `policy.schema.json` member by member; whatever text may come from a file or from
/// the call is a ``PrintableText``.
struct PolicyCheckRecord: Encodable {
  /// Raised when a member is removed or changes its meaning.
  let schemaVersion = 1
  let tool: ToolRecord
  let today: String
  let path: PrintableText
  let valid: Bool
  let sha256: String?
  let resources: [PrintableText]?
  /// What is in scope unless the call names others: `resources`, or Secrets, and what `encryption` names.
  let scope: [PrintableText]?
  let layers: [String]?
  let failOn: String?
  let severities: [String: String]?
  let encryption: [EncryptionDemandRecord]
  let waivers: [PolicyWaiverRecord]
  let errors: [Fault]

  /// One of the `errors`: why the policy can't be understood.
  struct Fault: Encodable {
    let code: String
    let message: PrintableText
    let line: Int?
    let path: PrintableText?

    init(_ error: PolicyError) {
      code = error.code.rawValue
      message = PrintableText(error.reason)
      line = error.isAboutWholeFile ? nil : error.line
      path = error.path.isEmpty ? nil : PrintableText(error.path)
    }
  }

  init(_ check: PolicyCheck, invocation: Invocation) {
    tool = ToolRecord(invocation)
    today = check.today.description
    path = PrintableText(check.path)
    let policy = try? check.outcome.get()
    valid = policy != nil
    sha256 = policy?.source.digest?.description
    resources = policy?.resources?.map { PrintableText($0.description) }
    scope = policy?.scope.map { PrintableText($0.description) }
    layers = policy?.layers.map { layers in Layer.allCases.filter(layers.contains).map(\.rawValue) }
    failOn = policy?.failOn?.description
    let stated = policy?.source.severities ?? [:]
    severities = Dictionary(uniqueKeysWithValues: stated.map { ($0.key.rawValue, $0.value.rawValue) }).unlessEmpty
    encryption = (policy?.demands ?? []).map(EncryptionDemandRecord.init)
    waivers = (policy?.source.waivers ?? []).map(PolicyWaiverRecord.init)
    if case .failure(let invalid) = check.outcome { errors = invalid.errors.map(Fault.init) } else { errors = [] }
  }
}

/// What a policy file demands and waives as one JSON document, as `policy.schema.json` describes it.
public enum PolicyCheckJSON {
  /// The document, indented, its members in alphabetical order, with a newline at the end.
  ///
  /// - Throws: `EncodingError`.
  public static func render(_ check: PolicyCheck, invocation: Invocation) throws -> String {
    try JSONText.document(of: PolicyCheckRecord(check, invocation: invocation)) + "\n"
  }
}
