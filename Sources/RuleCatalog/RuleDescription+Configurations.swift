extension RuleDescription {
  /// What a configuration can be that it must not, although an API server starts with it.
  package static let aboutConfigurations = [
    configIdentityFirst, configNotCovered, configPlaintextRemains, configPublishedKey, configPlaintextUnreadable,
    configReusedSecret, configReusedKeyName, configPredictableKey, configUnknownResource, configIneffectiveEntry,
    configIgnoredDocument, configReadableByOthers, configNotFIPS, configPlaintextKept, configIdentityUnneeded,
    configWeakCipher, configUnrotatedKey, configKMSv1, configLocalKey, configRepeatedResource, configExemptedResource,
    configMissingKey,
    configNotRunning, configWrapped, configAmbiguousKeyName, configShortKey, configUnusedKey, configExposedSocket,
    configSecretsOnly, configLegacyHeader, configServersDiffer,
  ]

  /// How to make a key.
  private static let newKey = "head -c 32 /dev/urandom | base64"

  /// How to change a key, or to move to another provider, without a moment in which some API server can't read what
  /// another one wrote (kubernetes.io, "Rotate a decryption key").
  private static let keyChange = """
    On every control plane host, add the new key behind the first one and restart the API server. Then put it first \
    everywhere, restart again, and rewrite the objects. Keep the old key behind it until no value and no backup needs it.
    """

  /// The same for a provider.
  private static let providerChange = """
    On every control plane host, add the new provider behind the first one and restart the API server. Then put it first \
    everywhere, restart again, and rewrite the objects. Keep the old provider behind it until no value and no backup \
    needs it.
    """

  package static let configIdentityFirst = RuleDescription(
    "config-identity-first", .critical, "identity is the first provider, so new values are written in the clear",
    meaning: """
      The first provider of an entry writes; the others only read. The provider 'identity' does not encrypt. Where it \
      stands first, the entry looks as if it encrypted, and does not.
      """,
    importance: """
      Every Secret that is written from now on is plaintext in etcd, in its backups and on the disks. If the objects were \
      rewritten now, those that are encrypted would become plaintext too. K3s and others switch encryption off this way.
      """,
    repair: """
      Put the encrypting provider first and keep 'identity: {}' behind it. Restart every API server, and only then rewrite \
      all objects.
      """,
    controls: .atRest)

  package static let configNotCovered = RuleDescription(
    "config-not-covered", .critical, "no entry covers a resource that must be encrypted",
    meaning: "An API server does not encrypt a resource that no entry names, neither by its name nor by a wildcard.",
    importance: "The objects are plaintext in etcd and its backups, although a configuration is in force.",
    repair: """
      Add an entry for the resource: an encrypting provider first and 'identity: {}' last. Restart every API server, then \
      rewrite the objects.
      """,
    controls: .atRest)

  package static let configPlaintextRemains = RuleDescription(
    "config-plaintext-remains", .critical, "the snapshot holds plaintext of a resource that the file encrypts",
    meaning: "An API server encrypts a value when it writes it. These values were written before encryption was on.",
    importance: "The configuration is right, and the Secrets can be read all the same.",
    repair: """
      Rewrite the objects: kubectl get RESOURCE -A -o json | kubectl replace -f - (see 'atrest explain plaintext-live' for \
      what must follow).
      """,
    controls: .atRest)

  package static let configPublishedKey = RuleDescription(
    "config-published-key", .critical, "a key is published in the Kubernetes documentation",
    meaning: "The key was copied from an example in the Kubernetes documentation or source.",
    importance: "Everybody has this key, so the values are as good as plaintext.",
    repair: """
      Make a new key: \(newKey). \(keyChange) Treat every Secret that it encrypted as disclosed.
      """,
    controls: .keys)

  package static let configPlaintextUnreadable = RuleDescription(
    "config-plaintext-unreadable", .high, "the snapshot holds plaintext that the file has no provider to read",
    meaning: "Only the provider 'identity' reads plaintext, and the file does not have it for this resource.",
    importance: "The API server can't read these objects. Lists of the resource fail with them.",
    repair: """
      Add 'identity: {}' as the last provider, restart every API server, and rewrite the objects. Remove it only when a new \
      snapshot holds no plaintext.
      """,
    controls: [.nistAtRest, .nistCryptography])

  package static let configReusedSecret = RuleDescription(
    "config-reused-secret", .high, "two names or two providers have the same key",
    meaning: "The file has the same key bytes twice. A change from one of the two to the other changes nothing.",
    importance: """
      Whoever learns one key has both. The writes under both add up to the limit of one key, and one key must not serve \
      two ciphers.
      """,
    repair: "Make a new key with a name of its own: \(newKey). \(keyChange)",
    controls: .keyChange)

  package static let configReusedKeyName = RuleDescription(
    "config-reused-key-name", .high, "two keys have the same name",
    meaning: "A stored value states the name of its key. Here the name does not tell which key that is.",
    importance: "Nobody can see whether a value still needs the old key, so the key may be removed too early.",
    repair: """
      Do not rename a key: values that state its name could no longer be read. Make a new key with a new name: \
      \(newKey). \(keyChange)
      """,
    controls: [.nistKeyManagement])

  package static let configPredictableKey = RuleDescription(
    "config-predictable-key", .high, "a key is not random",
    meaning:
      "All bytes of the key are printable, equal, ascending, or a repeated pattern. No random source makes such.",
    importance: "A passphrase or a pattern can be guessed from one encrypted value, without access to the cluster.",
    repair: "Make a new key: \(newKey). \(keyChange)",
    controls: .keys)

  package static let configUnknownResource = RuleDescription(
    "config-unknown-resource", .high, "a resource does not exist, so the entry encrypts nothing for it",
    meaning: """
      An API server accepts any name. The right name is the plural and, behind a dot, the group: secrets, \
      deployments.apps. Resources of the core group have no dot.
      """,
    importance: "The resource that was meant is written in the clear, and no message says so.",
    repair: "Write the plural and the group as 'kubectl api-resources' lists them.",
    controls: .atRest)

  package static let configIneffectiveEntry = RuleDescription(
    "config-ineffective-entry", .high, "this Kubernetes release ignores part of the file",
    meaning: """
      Kubernetes 1.26 and older take a wildcard for the name of one resource. Kubernetes 1.25 and older do not encrypt \
      custom resources.
      """,
    importance: "The resources that the entry names are written in the clear, and no message says so.",
    repair: "Name the resources one by one, or upgrade Kubernetes; then rewrite the objects.",
    controls: .atRest)

  package static let configIgnoredDocument = RuleDescription(
    "config-ignored-document", .high, "the file has several documents, and an API server reads only the first",
    meaning:
      "A line '---' begins a new YAML document. An API server starts with the first document and ignores the rest.",
    importance: "What the later documents should encrypt is not encrypted by them, and no message says so.",
    repair: "Move the entries of all documents into the list 'resources' of the first one, and remove the others.",
    controls: .atRest)

  package static let configReadableByOthers = RuleDescription(
    "config-readable-by-others", .high, "others can read the keys",
    meaning: "Every user of the host may read the file, or the snapshot holds the file and its keys as plaintext.",
    importance: "Whoever has both the keys and the data can read the data.",
    repair: """
      Set mode 0600 on the file, and do not store it in the cluster whose data it encrypts. If others may have read the \
      keys, change them. \(keyChange)
      """,
    controls: .keys)

  package static let configNotFIPS = RuleDescription(
    "config-not-fips", .high, "secretbox writes, which FIPS 140 does not approve",
    meaning:
      "secretbox is XSalsa20-Poly1305, which NIST does not approve. 'atrest lint' looks for it only with --fips.",
    importance: "Encryption that is not approved does not count where approved cryptography is required.",
    repair: "Use a KMS v2 plugin, or AES from a validated module. \(providerChange)",
    controls: [.nistAlgorithms])

  package static let configPlaintextKept = RuleDescription(
    "config-plaintext-kept", .medium, "older revisions or free pages of the snapshot still hold plaintext",
    meaning: """
      A rewritten object leaves its old value behind: as an older revision until etcd is compacted, then in free pages of \
      the file until etcd is defragmented. Snapshots that were taken before keep it for good.
      """,
    importance: "Whoever has the snapshot can read these values, whatever the configuration says.",
    repair: """
      Guard this snapshot like the Secrets themselves, or destroy it. 'atrest verify' lists what it discloses and what to do \
      next. No change to the configuration helps here.
      """,
    controls: .inCopies)

  package static let configIdentityUnneeded = RuleDescription(
    "config-identity-unneeded", .medium, "identity still reads a resource that has no plaintext left",
    meaning: """
      Behind the encrypting providers, 'identity' lets the API server read plaintext while objects are being rewritten. \
      No live or older revision needs it any more. Free pages do not matter here: no API server reads them.
      """,
    importance: "Until it is removed, the API server accepts plaintext that somebody writes directly into etcd.",
    repair: """
      Remove 'identity: {}' from the entry and restart every API server. Keep a copy of the present file with your older \
      backups: a cluster that is restored from one with plaintext needs it.
      """,
    controls: [.cisProviders, .nistCryptography])

  package static let configWeakCipher = RuleDescription(
    "config-weak-cipher", .medium, "aescbc writes, which Kubernetes advises against",
    meaning:
      "aescbc is AES-CBC with padding. It neither detects a change to a value nor binds the value to its etcd key.",
    importance: """
      Whoever can write to etcd can change a value or move it to another object, and may learn its content from the API \
      server's errors.
      """,
    repair: "Move to a KMS v2 plugin or to secretbox. \(providerChange)",
    controls: .ciphers)

  package static let configUnrotatedKey = RuleDescription(
    "config-unrotated-key", .medium, "aesgcm writes, and nothing shows that its key is changed",
    meaning: "aesgcm takes a random nonce for each write. Kubernetes allows 200 000 writes under one key.",
    importance: "Once two values share a nonce, both can be read in part, and others can be forged.",
    repair: """
      Change the key automatically before 200 000 writes, or move to a KMS v2 plugin or to secretbox. \(keyChange)
      """,
    controls: .ciphers + [.pciKeyChange])

  package static let configKMSv1 = RuleDescription(
    "config-kms-v1", .medium, "KMS v1 is deprecated, and off by default from Kubernetes 1.29 on",
    meaning: "A KMS provider without 'apiVersion: v2' uses the first plugin interface.",
    importance: """
      From Kubernetes 1.29 on, the API server does not start with it unless the feature gate KMSv1 is on. The values do not \
      state which key the plugin used, so nobody can check a change of that key.
      """,
    repair: """
      Add a second KMS provider with 'apiVersion: v2' and another name, in front of this one. Keep this one behind it, with \
      the feature gate KMSv1 on, until the objects are rewritten and no value and no backup needs it.
      """,
    controls: .ciphers)

  package static let configLocalKey = RuleDescription(
    "config-local-key", .medium, "the key that writes is stored in this file",
    meaning: "aescbc, aesgcm and secretbox take their keys from this file, where they stand readable in base64.",
    importance: "Whoever gets the disk of a control plane host, or its backup, gets etcd's data and the key to it.",
    repair: "Move to a KMS v2 plugin, which keeps its key elsewhere. \(providerChange)",
    controls: .keys)

  package static let configRepeatedResource = RuleDescription(
    "config-repeated-resource", .medium, "several entries name one resource, and only the first of them writes",
    meaning: "The API server joins the providers of all these entries into one list, in the order of the file.",
    importance: "The later entries look as if they wrote, and only read.",
    repair: "Put the providers into one entry, in the same order.",
    controls: [.cisProviders])

  package static let configExemptedResource = RuleDescription(
    "config-exempted-resource", .medium, "a sensitive resource is excluded from a wildcard",
    meaning:
      "An entry that names the resource and has only 'identity' goes before the wildcard that encrypts the rest.",
    importance: "ConfigMaps, routes and OAuth tokens often hold confidential data, and are written in the clear.",
    repair: """
      Put an encrypting provider first in the entry that names the resource and keep 'identity: {}' last. Restart every API \
      server, then rewrite the objects.
      """,
    controls: [.cisProviders, .stigSensitiveData, .nistAtRest])

  package static let configMissingKey = RuleDescription(
    "config-missing-key", .medium, "values in the snapshot need a key that the file does not have",
    meaning:
      "The key was removed before everything that it encrypted was rewritten, or the file is of another cluster.",
    importance: "An API server with this file can't read these values, nor can a cluster that is restored with it.",
    repair: """
      Check that the file and the snapshot are of one cluster. Then add the key again behind the first one, restart every \
      API server, and rewrite the objects before you remove it.
      """,
    controls: [.nistKeyManagement, .nistBackups])

  package static let configNotRunning = RuleDescription(
    "config-not-running", .medium, "the newest values were not written with the file's first key",
    meaning: "The API servers run with another file, or have not loaded this one since it was changed.",
    importance: "What was checked in the file is not what protects the data.",
    repair: """
      Find out which file the API servers run with (from Kubernetes 1.34 on, its SHA-256 is in the metric last_config_info). \
      Before an API server loads this file, check that it has every key that values need, and 'identity: {}' while there is \
      plaintext.
      """,
    controls: [.cisProviderFlag, .cisProviders, .nistKeyManagement])

  package static let configWrapped = RuleDescription(
    "config-wrapped", .low, "the configuration is inside another document, so an API server can't read the file itself",
    meaning: """
      The file is a ConfigMap, a Secret, the state file of an RKE cluster, or another document that contains an \
      EncryptionConfiguration. The findings are about the configuration inside.
      """,
    importance: """
      An API server does not start with this file. And where such an object is stored in the cluster whose data the \
      configuration encrypts, the keys lie beside the data.
      """,
    repair: "Give --encryption-provider-config a file that contains the EncryptionConfiguration alone.",
    controls: [.cisProviderFlag])

  package static let configAmbiguousKeyName = RuleDescription(
    "config-ambiguous-key-name", .info, "a key's name is hard to tell from what follows it in the values",
    meaning: "In a stored value, a colon ends the name of the key. This name contains a colon, or unusual characters.",
    importance: "Tools that read etcd without the file may take another name for it.",
    repair: """
      Do not rename the key: values that state its name could no longer be read. Name the next key with letters, digits and \
      hyphens only.
      """,
    controls: [.nistKeyManagement])

  package static let configShortKey = RuleDescription(
    "config-short-key", .info, "an AES key has less than 256 bits",
    meaning: "AES takes keys of 128, 192 and 256 bits, and an API server accepts all three.",
    importance: "128 bits are secure today; policies and the documentation ask for 256.",
    repair: "Make the next key 32 bytes long: \(newKey)",
    controls: [.nistAlgorithms])

  package static let configUnusedKey = RuleDescription(
    "config-unused-key", .info, "no value in the snapshot needs the key, and it does not write",
    meaning: "Everything that the key encrypted has been rewritten, or the key was never used.",
    importance: "The longer an old key stays in the file, the longer it can be disclosed.",
    repair: "Remove the key once no backup needs it, and keep it with the backups that do.",
    controls: [.nistKeyManagement, .pciKeyRetirement])

  package static let configExposedSocket = RuleDescription(
    "config-exposed-socket", .info, "any user of the host can take the place of the KMS plugin",
    meaning: "The socket is abstract, so it has no permissions, or its directory is writable for everybody.",
    importance: "Another process can listen there before the plugin starts, and receives what is to be encrypted.",
    repair: "Put the socket into a directory that only root and the API server may write, such as /run/kms.",
    controls: .keys)

  package static let configSecretsOnly = RuleDescription(
    "config-secrets-only", .info, "only Secrets are encrypted, though other resources may hold confidential data",
    meaning: "The file covers Secrets alone. The snapshot has ConfigMaps, OAuth tokens or the like as plaintext.",
    importance: "Helm, operators and people store credentials there too.",
    repair: """
      Add the resources that hold confidential data, or '*.*', with an encrypting provider first and 'identity: {}' last. \
      Restart every API server, then rewrite the objects.
      """,
    controls: [.stigSensitiveData, .nistAtRest])

  package static let configLegacyHeader = RuleDescription(
    "config-legacy-header", .info, "apiVersion and kind are those of the alpha form",
    meaning: "Kubernetes 1.13 replaced 'v1' and 'EncryptionConfig', and still reads them.",
    importance: "A later release may no longer read them, and tools that check the kind may ignore the file.",
    repair: "Write 'apiVersion: apiserver.config.k8s.io/v1' and 'kind: EncryptionConfiguration'.",
    controls: [.cisProviders])

  package static let configServersDiffer = RuleDescription(
    "config-servers-differ", .info, "the API servers do not all use the same configuration",
    meaning: "The API servers' pods in the snapshot name different files, or some name none.",
    importance: "One server writes plaintext, or values that another one can't read.",
    repair: "Start all API servers with the same file.",
    controls: [.cisProviderFlag, .stigSecretsAtRest])
}
