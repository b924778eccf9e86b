import ByteViews
import Cryptography
import StrictYAML
import VerificationModel

extension PolicyDocument {
  /// Reads `text`, YAML or JSON, as it stands on `today`.
  ///
  /// Throws everything that is wrong with it: members that do not exist or stand twice, values of another type, rules and
  /// resources that do not exist, waivers of what can't be waived or without a reason, a name and a day. Refused are also
  /// files above 1 MiB, several documents, more than 16 aliases, and all else that is read of no EncryptionConfiguration
  /// either. O(n).
  ///
  /// - Parameters:
  ///   - text: the bytes of the file, in UTF-8.
  ///   - path: what reports call the file.
  ///   - today: by this day a waiver holds or has expired.
  public init(text: [UInt8], path: String, today: CalendarDay) throws(InvalidPolicy) {
    let root = try Self.root(of: text)
    var reader = PolicyReader(today: today)
    let draft = reader.policy(root)
    guard reader.errors.isEmpty else { throw InvalidPolicy(reader.errorsInOrder) }
    var hash = SHA256()
    hash.update(text.rawSpan)
    resources = draft.resources
    layers = draft.layers
    failOn = draft.failOn
    demands = draft.demands
    source = PolicySource(path: path, digest: hash.digest(), severities: draft.severities, waivers: draft.waivers)
    self.today = today
  }

  /// The one document of `text`.
  private static func root(of text: [UInt8]) throws(InvalidPolicy) -> YAMLValue {
    let roots: [YAMLValue]
    do throws(YAMLFault) {
      let documents = try YAMLDocuments(YAMLDocuments.text(of: text, kind: "a policy"), .file)
      if let fault = documents.fault { throw fault }
      roots = documents.roots.filter { !$0.isNull }
    } catch {
      throw InvalidPolicy([PolicyError(error)])
    }
    guard let root = roots.first else {
      throw InvalidPolicy([PolicyError(.empty, at: .start, "the file says nothing")])
    }
    guard roots.count == 1 else {
      throw InvalidPolicy([
        PolicyError(
          .severalDocuments, at: roots[1].place, "a second document begins here, and a policy is one: remove '---'")
      ])
    }
    return root
  }
}
