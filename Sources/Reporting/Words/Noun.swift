/// What values are called: one of them, and several.
struct Noun {
  let singular: String
  let plural: String

  /// Columns for the name of a resource.
  private static let nameColumns = 40
  /// How plurals end, and how their singulars do. Kubernetes makes plurals by the reverse of these
  /// (apimachinery, `meta.UnsafeGuessKindToResource`).
  private static let endings = [("ies", "y"), ("sses", "ss"), ("uses", "us"), ("s", "")]

  static let object = Noun(singular: "object", plural: "objects")

  private init(singular: String, plural: String) {
    self.singular = singular
    self.plural = plural
  }

  /// That of a group resource: `secret` and `secrets`, `certificate.cert-manager.io` and `certificates.cert-manager.io`.
  init(resource: String) {
    let name = resource.prefix { $0 != "." }
    let ending = Self.endings.first { name.hasSuffix($0.0) } ?? ("", "")
    func shown(_ name: String) -> String {
      PrintableText(name).description.elidedInMiddle(to: Self.nameColumns)
    }
    singular = shown(name.dropLast(ending.0.count) + ending.1 + resource.dropFirst(name.count))
    plural = shown(resource)
  }

  /// That of any of `nouns`: `secrets or configmaps`.
  static func any(of nouns: [Noun]) -> Noun {
    Noun(
      singular: nouns.map(\.singular).joined(separator: " or "), plural: nouns.map(\.plural).joined(separator: " or "))
  }

  /// The number and what it counts, such as `1 secret` and `12 secrets`.
  func counted(_ count: Int) -> String { "\(count) \(count == 1 ? singular : plural)" }
}
