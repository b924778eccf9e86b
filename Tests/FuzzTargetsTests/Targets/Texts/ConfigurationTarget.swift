import Cryptography
import TestSupport

@testable import EncryptionConfig
@testable import KubernetesStorage

/// Files of an EncryptionConfiguration, for API servers of several releases.
enum ConfigurationTarget: FuzzTarget {
  static let name = "configuration"
  static let summary = "EncryptionConfigurations: places inside the file, no key in any message, the text is wiped"
  static let longestInput = 8192
  static let words = FuzzSeeds.words(
    "apiVersion: apiserver.config.k8s.io/v1\n", "kind: EncryptionConfiguration\n", "resources:\n",
    "- resources: [secrets]\n", "  providers:\n", "  - aescbc:\n", "  - aesgcm:\n", "  - secretbox:\n",
    "  - identity: {}\n", "      keys:\n", "      - name: k1\n", "        secret: ", FuzzedKey.text, "  - kms:\n",
    "      apiVersion: v2\n", "      endpoint: unix:///a\n", "      timeout: 3s\n", "      cachesize: 10\n", "*.apps",
    "*.*", "kind: ConfigMap\n", "data:\n  a: |\n", "---\n", "&a ", "*a", "<<: ", "!!str ", "{", "}", "[", "]")

  static func seeds() -> [[UInt8]] {
    let samples = [
      "samples/03-aescbc-mixed", "samples/10-aesgcm", "samples/11-kms-v2", "samples/13-multi-resource",
    ].compactMap { FuzzSeeds.file("\($0)/encryption-config.yaml") }
    let head = "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n"
    let local =
      "- resources: [secrets, '*.apps']\n  providers:\n"
      + "  - secretbox: {keys: [{name: k1, secret: \(FuzzedKey.text)}]}\n"
    let texts = [
      head + local, head + local + "  - identity: {}\n- resources: ['*.*']\n  providers: [{identity: {}}]\n",
      head + "- resources: [secrets]\n  providers:\n"
        + "  - kms: {apiVersion: v1, name: p, endpoint: unix:///p, cachesize: 9, timeout: 3s}\n",
      "kind: ConfigMap\napiVersion: v1\ndata:\n  config.yaml: |\n"
        + (head + local).split(separator: "\n").map { "    \($0)\n" }.joined(),
      #"{"kind":"EncryptionConfiguration","apiVersion":"apiserver.config.k8s.io/v1","resources":[{"resources":["secrets"],"#
        + #""providers":[{"aesgcm":{"keys":[{"name":"k","secret":"\#(FuzzedKey.text)"}]}}]}]}"#,
      "kind: EncryptionConfig\napiVersion: v1\n" + "resources: &r\n" + local + "more: *r\n",
    ]
    return samples + texts.map { Array($0.utf8) }
  }

  static func complaints(about bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    // YAML 1.1 ends lines at U+0085, U+2028 and U+2029 too, and libyaml has the end of the text on a line of its own.
    let lines = 2 + bytes.count { [0x0A, 0x0D, 0x85, 0xA8, 0xA9].contains($0) }
    var before: String?
    for version in [nil, KubernetesVersion(1, 25), KubernetesVersion(1, 30)] {
      var text = bytes
      let outcome = Outcome(&text, APIServerSettings(kubernetesVersion: version))
      complaints.expect(text.allSatisfy { $0 == 0 }, "the text was not wiped")
      for place in outcome.lines { complaints.expect(1...lines ~= place, "line \(place) of \(lines)") }
      complaints.expect(!FuzzedKey.shows(in: outcome.messages), "a key shows: \(outcome.messages)")
      guard version == nil else { continue }
      before = outcome.messages
      var again = bytes
      complaints.expect(
        Outcome(&again, APIServerSettings()).messages, equals: before ?? "", "read again, it is something else")
    }
    return complaints.list
  }

  /// What came of a text, with all that is said of it.
  private struct Outcome {
    var lines: [Int] = []
    var messages = ""

    init(_ text: inout [UInt8], _ server: APIServerSettings) {
      do throws(InvalidConfiguration) {
        let configuration = try EncryptionConfiguration(wiping: &text, for: server)
        messages = "\(configuration.groups.count) \(configuration.digest)"
        for finding in configuration.lint() { messages += "\n\(finding)" }
        _ = configuration.resolution(of: GroupResource("secrets")).transformers.count
        _ = configuration.coverage(of: [.all])
      } catch {
        lines = error.errors.map(\.place.line)
        messages = "\(error)"
      }
    }
  }
}
