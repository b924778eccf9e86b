extension RuleDescription {
  /// What a configuration can be that it must not, although an API server starts with it.
  package static let aboutConfigurations = [
    configIdentityFirst, configNotCovered, configPlaintextRemains, configPublishedKey, configPlaintextUnreadable,
    configReusedSecret, configReusedKeyName, configPredictableKey, configUnknownResource, configIneffectiveEntry,
    configReadableByOthers, configNotFIPS, configIdentityUnneeded, configWeakCipher, configUnrotatedKey, configKMSv1,
    configLocalKey, configRepeatedResource, configExemptedResource, configMissingKey, configNotRunning,
    configAmbiguousKeyName, configShortKey, configUnusedKey, configExposedSocket, configSecretsOnly,
    configLegacyHeader, configServersDiffer,
  ]

  /// How to make a key.
  private static let newKey = "head -c 32 /dev/urandom | base64"

  package static let configIdentityFirst = RuleDescription(
    "config-identity-first", .critical, "identity is the first provider, so new values are written in the clear",
    meaning: """
      The first provider of a list writes; the others only read. identity leaves values as they are. With an encrypting \
      provider behind it, the entry looks encrypted and is not.
      """,
    importance: """
      Every Secret written from now on lies in etcd, in its backups and on the disks in plaintext. This is also how K3s \
      and others switch encryption off.
      """,
    repair: "Put the encrypting provider first, restart the API servers, and rewrite all objects.",
    controls: .atRest)

  package static let configNotCovered = RuleDescription(
    "config-not-covered", .critical, "no entry is for a resource that must be encrypted",
    meaning: "What no entry names, neither by its name nor by a wildcard, is written as it is.",
    importance: "The objects lie in etcd and its backups in plaintext, although a configuration is in force.",
    repair: "Add an entry for it whose first provider encrypts, and rewrite the objects.",
    controls: .atRest)

  package static let configPlaintextRemains = RuleDescription(
    "config-plaintext-remains", .critical, "the snapshot holds plaintext of a resource that the file encrypts",
    meaning: "Values are encrypted when they are written. These were written before, and not since.",
    importance: "The configuration is right, and the Secrets are readable all the same.",
    repair: "Rewrite the objects: kubectl get RESOURCE -A -o json | kubectl replace -f -",
    controls: .atRest)

  package static let configPublishedKey = RuleDescription(
    "config-published-key", .critical, "a secret is one of those in the documentation",
    meaning: "The key was copied from an example of the Kubernetes documentation or its source.",
    importance: "Everybody has it: the values are as good as plaintext.",
    repair: "Put a new key first (\(newKey)), rewrite the objects, and take this one out.",
    controls: .keys)

  package static let configPlaintextUnreadable = RuleDescription(
    "config-plaintext-unreadable", .high, "the snapshot holds plaintext that the file has no provider to read",
    meaning: "Only identity reads plaintext, and for this resource the file does not have it.",
    importance: "The API server fails to read these objects, and lists of the resource may fail with them.",
    repair: "Put 'identity: {}' last, rewrite the objects, and take it out again.",
    controls: [.nistAtRest, .nistCryptography])

  package static let configReusedSecret = RuleDescription(
    "config-reused-secret", .high, "one secret stands under two names or two providers",
    meaning: "The same bytes serve as two keys, so that changing from one to the other changes nothing.",
    importance: """
      One disclosure discloses both, the writes that a key is good for add up, and one key must not serve two ciphers.
      """,
    repair: "Make a key of its own for each: \(newKey)",
    controls: .keyChange)

  package static let configReusedKeyName = RuleDescription(
    "config-reused-key-name", .high, "one name stands for two secrets",
    meaning: "A stored value tells the name of its key, and here that does not tell which.",
    importance: "Whether a value still needs the old key can't be seen, so it may be taken out too early.",
    repair: "Give each key a name of its own.",
    controls: [.nistKeyManagement])

  package static let configPredictableKey = RuleDescription(
    "config-predictable-key", .high, "a secret is not random",
    meaning: "All of its bytes are printable, equal, ascending or a repeated pattern. No random source makes such.",
    importance: "A passphrase or pattern can be guessed from an encrypted value, without touching the cluster.",
    repair: "Put a new key first (\(newKey)), rewrite the objects, and take this one out.",
    controls: .keys)

  package static let configUnknownResource = RuleDescription(
    "config-unknown-resource", .high, "a resource does not exist, so nothing is encrypted for it",
    meaning: """
      API servers accept any name. Resources go by their plural, and behind a dot the group, except in the core group: \
      secrets, deployments.apps.
      """,
    importance: "What was meant is written in the clear, and nothing says so.",
    repair: "Write the plural and, behind a dot, the group, as 'kubectl api-resources' lists them.",
    controls: .atRest)

  package static let configIneffectiveEntry = RuleDescription(
    "config-ineffective-entry", .high, "the API server's release passes over part of the file",
    meaning: "Up to Kubernetes 1.26 a wildcard is taken for a name; up to 1.25 custom resources are not encrypted.",
    importance: "What the entry names is written in the clear, and nothing says so.",
    repair: "Name the resources one by one, or upgrade; then rewrite the objects.",
    controls: .atRest)

  package static let configReadableByOthers = RuleDescription(
    "config-readable-by-others", .high, "others can read the file or the keys in it",
    meaning: """
      Every user of the host may read the file, or an object in the snapshot holds it in the clear, keys and all.
      """,
    importance: "Keys beside the data they protect, or open to many, protect nothing from those who have both.",
    repair: "Take the keys away from there, set mode 0600, and change the keys.",
    controls: .keys)

  package static let configNotFIPS = RuleDescription(
    "config-not-fips", .high, "secretbox writes, which FIPS 140 does not know",
    meaning: "secretbox is XSalsa20-Poly1305, no algorithm that NIST approves. Raised only where FIPS is asked for.",
    importance: "However strong, it does not count where approved cryptography is required.",
    repair: "Use a KMS v2 plugin, or AES from a validated module.",
    controls: [.nistAlgorithms])

  package static let configIdentityUnneeded = RuleDescription(
    "config-identity-unneeded", .medium, "identity still reads a resource of which no plaintext is left",
    meaning: "identity behind the encrypting providers lets plaintext be read while objects are rewritten.",
    importance: "As long as it stands there, plaintext that somebody plants in etcd is believed.",
    repair: "Take 'identity: {}' out.",
    controls: [.cisProviders, .nistCryptography])

  package static let configWeakCipher = RuleDescription(
    "config-weak-cipher", .medium, "aescbc writes: it has no integrity and is not bound to its etcd key",
    meaning: "Kubernetes advises against aescbc: AES-CBC with padding, without authentication.",
    importance: "Whoever can write to etcd can alter values unnoticed, move them, and may learn from the errors.",
    repair: "Use a KMS v2 plugin or secretbox, and rewrite the objects.",
    controls: .ciphers)

  package static let configUnrotatedKey = RuleDescription(
    "config-unrotated-key", .medium, "aesgcm writes, and nothing shows that its key is changed",
    meaning: "aesgcm takes random nonces, and Kubernetes allows 200 000 writes under one key.",
    importance: "Once two values share a nonce, both can be disclosed in part, and values be forged.",
    repair: "Change the key before 200 000 writes, automatically, or use a KMS v2 plugin or secretbox.",
    controls: .ciphers + [.pciKeyChange])

  package static let configKMSv1 = RuleDescription(
    "config-kms-v1", .medium, "KMS v1 is deprecated, and off from Kubernetes 1.29 on",
    meaning: "A plugin without 'apiVersion: v2' is spoken to by the first interface.",
    importance: """
      After an upgrade the API server does not start, unless the feature gate KMSv1 is set. Which key the plugin used \
      does not show in the values, so that a change of keys can't be checked.
      """,
    repair: "Put the same keys behind a KMS v2 plugin, write 'apiVersion: v2', and rewrite the objects.",
    controls: .ciphers)

  package static let configLocalKey = RuleDescription(
    "config-local-key", .medium, "the key that writes lies in a file on the control plane's hosts",
    meaning: "aescbc, aesgcm and secretbox take their keys from this file, where they lie in the clear.",
    importance: "Who gets a host's disk or its backup gets etcd's data and the key to it.",
    repair: "Use a KMS v2 plugin, so that the key that protects the keys is elsewhere.",
    controls: .keys)

  package static let configRepeatedResource = RuleDescription(
    "config-repeated-resource", .medium, "a resource stands in several entries, of which the first one writes",
    meaning: "The API server puts the providers of all its entries one behind the other.",
    importance: "The later entries look as if they wrote, and only read.",
    repair: "Put all its providers into one entry.",
    controls: [.cisProviders])

  package static let configExemptedResource = RuleDescription(
    "config-exempted-resource", .medium, "a sensitive resource is exempt from a wildcard",
    meaning: "An entry that names it, with identity, goes before a wildcard that encrypts the rest.",
    importance: "ConfigMaps, routes and OAuth tokens often hold confidential data, and are written in the clear.",
    repair: "Take it out of the entry with identity, or put an encrypting provider first there.",
    controls: [.cisProviders, .stigSensitiveData, .nistAtRest])

  package static let configMissingKey = RuleDescription(
    "config-missing-key", .medium, "values in the snapshot name a key that the file does not have",
    meaning: "The key was taken out before all that it encrypted was rewritten, or the file is of another cluster.",
    importance: "An API server with this file can't read them, nor can a cluster that is restored with it.",
    repair: "Put the key back behind the first one, and rewrite the objects before it is taken out.",
    controls: [.nistKeyManagement, .nistBackups])

  package static let configNotRunning = RuleDescription(
    "config-not-running", .medium, "the newest values were written with another key than the file's first",
    meaning: "The API servers run with another file, or have not read this one since it was changed.",
    importance: "What the file promises is not what is written, and what was checked is not what runs.",
    repair: """
      Make sure that this is the running file (its SHA-256 is in the metric last_config_info from Kubernetes 1.34 on), \
      and restart the API servers or let them reload it.
      """,
    controls: [.cisProviderFlag, .cisProviders, .nistKeyManagement])

  package static let configAmbiguousKeyName = RuleDescription(
    "config-ambiguous-key-name", .info, "a name is hard to tell from what follows it in the values",
    meaning: "In a stored value a colon ends the key's name. This name has one itself, or characters beyond ASCII.",
    importance: "Tools that read etcd without the file may attribute values to the wrong key.",
    repair: "Name the next key with letters, digits and hyphens only.",
    controls: [.nistKeyManagement])

  package static let configShortKey = RuleDescription(
    "config-short-key", .info, "an AES key has less than 256 bits",
    meaning: "AES takes keys of 128, 192 and 256 bits, and so does the API server.",
    importance: "128 bits hold today; policies and the documentation ask for 256.",
    repair: "Make the next key 32 bytes long: \(newKey)",
    controls: [.nistAlgorithms])

  package static let configUnusedKey = RuleDescription(
    "config-unused-key", .info, "no value in the snapshot names the key, and it writes none",
    meaning: "All that it encrypted has been rewritten under another key, or it was never used.",
    importance: "A key that is kept longer than needed can be disclosed longer than needed.",
    repair: "Take it out once no backup needs it.",
    controls: [.nistKeyManagement, .pciKeyRetirement])

  package static let configExposedSocket = RuleDescription(
    "config-exposed-socket", .info, "anybody on the host may listen where the plugin's socket is looked for",
    meaning: "The socket is abstract, and so without permissions, or lies in a directory that everybody may write.",
    importance: "Before the plugin starts, another process can take its place, and is handed what is to be encrypted.",
    repair: "Put the socket into a directory that only root and the API server may write, such as /run/kms.",
    controls: .keys)

  package static let configSecretsOnly = RuleDescription(
    "config-secrets-only", .info, "only Secrets are encrypted, though other resources hold confidential data",
    meaning: "The snapshot has ConfigMaps, OAuth tokens or the like in the clear, and the file covers Secrets alone.",
    importance: "Helm, operators and people put credentials there too.",
    repair: "Add the resources that hold confidential data, or '*.*'.",
    controls: [.stigSensitiveData, .nistAtRest])

  package static let configLegacyHeader = RuleDescription(
    "config-legacy-header", .info, "the version and kind are those of the alpha form",
    meaning: "'v1' and 'EncryptionConfig' were replaced in Kubernetes 1.13, and are still read.",
    importance: "A later release may read them no longer, and tools that check the kind pass over the file.",
    repair: "Write 'apiVersion: apiserver.config.k8s.io/v1' and 'kind: EncryptionConfiguration'.",
    controls: [.cisProviders])

  package static let configServersDiffer = RuleDescription(
    "config-servers-differ", .info, "the API servers are not started with one configuration",
    meaning: "Their pods in the snapshot name different files, or some name none.",
    importance: "What one server encrypts, another writes in the clear or can't read.",
    repair: "Start all API servers with the same file.",
    controls: [.cisProviderFlag, .stigSecretsAtRest])
}
