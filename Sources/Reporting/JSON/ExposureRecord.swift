import VerificationModel

/// One of a snapshot's `exposed`.
struct ExposureRecord {
  let resource: PrintableText?
  let namespace: PrintableText?
  let name: PrintableText
  /// Lossless, as a finding's.
  let key: String?
  let type: PrintableText?
  let dataKeys: [PrintableText]
  let layers: [String]
  /// Only where it is true.
  let elsewhere: Bool?
  let firstRevision: Int64?
  let lastRevision: Int64?

  init(_ exposure: Exposure) {
    resource = exposure.resource.map(PrintableText.init)
    namespace = exposure.namespace.map(PrintableText.init)
    name = PrintableText(exposure.name)
    key = exposure.key?.description
    type = exposure.type.map(PrintableText.init)
    dataKeys = exposure.dataKeys.map(PrintableText.init)
    layers = exposure.layers.map(\.rawValue)
    elsewhere = exposure.isElsewhere ? true : nil
    firstRevision = exposure.firstRevision
    lastRevision = exposure.lastRevision
  }
}

extension ExposureRecord: JSONElement {
  func write(to json: inout JSONBuffer) {
    json.object { json in
      json.member("dataKeys", dataKeys.map(\.description))
      json.member("elsewhere", elsewhere)
      json.member("firstRevision", firstRevision)
      json.member("key", key)
      json.member("lastRevision", lastRevision)
      json.member("layers", layers)
      json.member("name", name)
      json.member("namespace", namespace)
      json.member("resource", resource)
      json.member("type", type)
    }
  }
}

/// A snapshot's `exposedTotals`: exact, whatever is listed, but for the namespaces, which are those of the objects listed.
struct ExposureTotalsRecord: Encodable {
  let objects: Int
  let namespaces: Int
  let fragments: Int
  let omitted: Int

  init(_ list: ExposureList) {
    objects = list.count
    namespaces = list.namespaces
    fragments = list.fragments
    omitted = list.omitted
  }
}
