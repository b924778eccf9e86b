import KubernetesStorage

/// Which objects in the clear may matter to a verdict wherever they lie, by what they are.
struct ObjectInterest: Sendable {
  /// What is asked of an object.
  enum Question: UInt8, Sendable {
    /// Nothing.
    case nothing
    /// Whether it holds an EncryptionConfiguration with its keys.
    case keys
    /// More than a first look tells.
    case more
  }

  /// By the IDs of the built-in resources.
  private let questions: [Question]

  /// What is asked of objects where the verdict is about `scope`.
  init(_ scope: ResourceScope, readsDefinitions: Bool) {
    let keyHolders = [ValueTraits.configMaps, ValueTraits.secrets]
    questions = BuiltInResource.all.map { resource in
      guard let id = BuiltInResource.of(resource.resource) else { return .more }
      if scope.covers(id) || readsDefinitions && id == ValueTraits.definitions { return .more }
      return keyHolders.contains(id) ? .keys : .nothing
    }
  }

  /// What is asked of an object of this resource.
  subscript(_ object: BuiltInResource.ID) -> Question { questions[object.index] }
}
