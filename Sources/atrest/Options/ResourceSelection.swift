import ArgumentParser
import KubernetesStorage

/// The values of `--resource`: what must be encrypted.
struct ResourceSelection {
  /// What each value stands for, in order.
  let patterns: [ResourcePattern]

  /// The resources that a shell offers: those that Kubernetes advises to encrypt first, and the patterns.
  static let completion = CompletionKind.list(["secrets", "configmaps", "*.", "*.*", openShiftPreset])

  /// What stands for all that OpenShift's own encryption covers.
  static let openShiftPreset = "openshift"

  /// The patterns that `argument` stands for.
  static func patterns(of argument: String) throws(ResourcePatternError) -> [ResourcePattern] {
    argument == openShiftPreset ? ResourcePattern.openShift : [try ResourcePattern(argument)]
  }

  /// The selection of all values together, each pattern once; Secrets where there is none.
  init(_ values: [[ResourcePattern]]) {
    var patterns: [ResourcePattern] = []
    for pattern in values.joined() where !patterns.contains(pattern) { patterns.append(pattern) }
    self.patterns = patterns.isEmpty ? [.resource(.secrets)] : patterns
  }

  /// The custom resources that are named one by one: whether there are such, only a snapshot can tell.
  var custom: Set<GroupResource> {
    Set(
      patterns.compactMap { pattern in
        if case .resource(let resource) = pattern, BuiltInResource.of(resource) == nil { resource } else { nil }
      })
  }

  /// Why the selection can't be right, whatever the snapshot holds; nil where nothing is wrong.
  var mistake: String? { patterns.lazy.compactMap(\.mistake).first }

  /// What is wrong with a call that names resources that no snapshot knows: a line for each, with likely spellings among
  /// those that do exist.
  static func unknown(_ resources: [GroupResource], among defined: [GroupResource]) -> String {
    resources.map { ResourceSuggestion.unknown($0, among: defined) }.joined(separator: "\n") + insistence
  }

  /// What to do where the resource is right all the same; to be added where a command has the option.
  static let insistence = "\nto look for it anyway, add --allow-unknown-resource"
}
