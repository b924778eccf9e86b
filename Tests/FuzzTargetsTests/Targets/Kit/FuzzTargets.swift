/// All targets.
enum FuzzTargets {
  /// In the order in which `scripts/fuzz all` takes them.
  static let all: [any FuzzTarget.Type] = [
    TreeTarget.self, ReadersTarget.self, ResidueTarget.self, KeyValueTarget.self, EtcdKeyTarget.self,
    FiguresTarget.self,
    EnvelopeTarget<AESCBCLayout>.self, EnvelopeTarget<AESGCMLayout>.self, EnvelopeTarget<SecretboxLayout>.self,
    EnvelopeTarget<KMSv1Layout>.self, EnvelopeTarget<KMSv2Layout>.self,
    PlaintextTarget<ProtobufObjects>.self, PlaintextTarget<JSONObjects>.self, PlaintextTarget<CBORObjects>.self,
    PlaintextTarget<YAMLObjects>.self, PlaintextTarget<WrappedObjects>.self, DeflateTarget.self,
    ConfigurationTarget.self, PolicyTarget.self, SeedsTarget.self, ArchivesTarget.self, RecordsTarget.self,
    CaseEntriesTarget.self,
  ]

  /// The target of this name.
  static func named(_ name: String) -> (any FuzzTarget.Type)? { all.first { $0.name == name } }
}
