import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Who made a report, when, and what was asked: what it needs in a folder that others read.
struct InvocationDescription {
  let invocation: Invocation
  let policy: Policy

  /// Program and time, and the options that decide on the verdict, defaults among them.
  func lines(_ style: Style) -> [String] {
    let program = "atrest \(PrintableText(invocation.toolVersion)), \(invocation.startedAt.formatted(.iso8601))"
    return LabelledText(label: "Report", texts: [program, options.joined(separator: " ")]).lines(style)
  }

  /// The options that decide on the verdict, defaults among them.
  var options: [String] {
    let layers = Layer.allCases.filter(policy.layers.contains).map(\.rawValue).joined(separator: ",")
    return ["--fail-on \(policy.failOnOption)", "--layers \(layers)"]
      + policy.resources.map { "--resource \(word($0.description))" }
      + [
        policy.etcdPrefix.map { "--etcd-prefix \(word($0.description))" },
        policy.configuration.map { "-c \(word($0.path))" },
        policy.decryption.map { _ in "--authenticate" },
        policy.decryption?.seedsPath.map { "--dek-seeds \(word($0))" },
        policy.decryption?.strippedPrefix.map { "--aad-strip-prefix \(word($0))" },
        policy.file.map { "--policy \(word($0.path))" },
        policy.cluster.map { "--cluster \(word($0))" },
        policy.redaction.map { $0 == .names ? "--redact=names" : "--redact" },
        policy.requiredProvider.map { "--require-provider \(word($0.description))" },
        policy.allowEmpty ? "--allow-empty" : nil,
        policy.hash == .skipped ? "--no-hash" : policy.hash == .required ? "--require-hash" : nil,
      ].compactMap(\.self)
  }

  private func word(_ text: String) -> String { PrintableText(text).description.shellWord }
}
