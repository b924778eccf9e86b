/// What a document says, before it is known whether it holds.
struct ConfigurationDraft {
  let header: EncryptionConfiguration.Header
  let headerPlace: ConfigurationPlace
  let groups: [ResourceGroup]
  let groupsPlace: ConfigurationPlace
}
