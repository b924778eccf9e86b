import VerificationModel

/// An object of which a case has seen values.
struct CaseObjectRecord: Encodable {
  let cluster: PrintableText
  /// Lossless, as a finding's.
  let key: String?
  let resource: PrintableText?
  let namespace: PrintableText?
  let name: PrintableText?

  init(_ object: CaseObject) {
    cluster = PrintableText(object.cluster)
    key = object.key?.description
    resource = object.resource.map(PrintableText.init)
    namespace = object.namespace.map(PrintableText.init)
    name = object.name.map(PrintableText.init)
  }
}
