import EncryptionConfig
import KubernetesStorage
import ValueAuthentication

extension KeyRing {
  /// The keys of `configuration`; the values of each resource are opened with those that it has for the resource, in
  /// their order.
  public init(_ configuration: EncryptionConfiguration, seeds: DEKSeeds = DEKSeeds(), strippedPrefix: [UInt8] = []) {
    var keys: [Key] = []
    var numbers: [ConfigurationPlace: Int] = [:]
    for case .key(let provider, let key) in configuration.groups.flatMap(\.providers).flatMap(\.transformers)
    where numbers[key.place] == nil {
      numbers[key.place] = keys.count
      keys.append(Key(provider: provider.provider, name: key.name, secret: key.secret))
    }
    self.init(keys: keys, seeds: seeds, strippedPrefix: strippedPrefix) { [numbers] resource in
      let transformers =
        resource.map { configuration.resolution(of: $0).transformers } ?? configuration.transformers(for: .all)
      return transformers.compactMap { transformer in
        if case .key(_, let key) = transformer { numbers[key.place] } else { nil }
      }
    }
  }
}
