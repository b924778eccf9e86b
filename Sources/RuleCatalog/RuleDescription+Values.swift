extension RuleDescription {
  /// What a stored value can be that it must not.
  package static let aboutValues = [
    plaintextLive, authenticationFailed, valueMoved, nonceReuse, plaintextHistory, plaintextResidue,
    plaintextElsewhere, rowsWithheld, malformedEnvelope, unknownEnvelope, unrecognizedValue, nothingAuthenticated,
    keyNotInConfig, providerNotRequired, misplacedObject, keysBesideData, nothingInScope, staleKey, weakProvider,
  ]

  package static let plaintextLive = RuleDescription(
    "plaintext-live", .critical, "the live value of a key in scope is plaintext",
    meaning: """
      The newest value of a key that must be encrypted is stored as the API server stores what it does not encrypt. \
      Either no encrypting provider came first when it was written, or encryption was switched on later and the object \
      has not been written since.
      """,
    importance: """
      Whoever gets the snapshot, a member's disk or access to etcd reads the object; nothing else stands in the way.
      """,
    repair: """
      Put an encrypting provider first for the resource in the EncryptionConfiguration of every API server, with \
      'identity: {}' last, and restart them. Only then rewrite the objects (kubectl get RESOURCE -A -o json | kubectl \
      replace -f -). Then compact etcd at the revision that it has by then, defragment every member, take a new snapshot \
      and verify it. Destroy this snapshot, or guard it, and change the credentials that it discloses.
      """,
    controls: .atRest)

  package static let authenticationFailed = RuleDescription(
    "authentication-failed", .critical, "the value does not decrypt under its own etcd key",
    meaning: """
      With the key that the configuration has under the value's name, decryption fails. The value was altered, moved \
      here from another etcd key, or written under another key of the same name.
      """,
    importance: """
      The API server can't read it either: the object is lost after a restore. Where it was altered on purpose, \
      somebody could write to etcd.
      """,
    repair: """
      Check first that the configuration is that of this cluster. If the key was exchanged under its old name, add the \
      old key again under the same name behind the new one: an API server tries both. Else find out who can write to etcd, \
      and restore the object from an older snapshot or create it anew.
      """,
    controls: [.nistAtRest, .nistCryptography, .nistBackups])

  package static let valueMoved = RuleDescription(
    "value-moved", .critical, "the ciphertext belongs to another etcd key, or its object names another object",
    meaning: """
      The value decrypts, but it was encrypted for another key of etcd, or the object inside says that it is another \
      one. aescbc and secretbox do not bind a value to its place, so that a copy decrypts anywhere.
      """,
    importance: """
      Whoever can write to etcd, without any encryption key, can put one Secret in another's place and so let a \
      workload that may read the one read the other.
      """,
    repair: """
      Find out who can write to etcd, restore the objects, and change the credentials in them. Use a provider that binds \
      values to their keys: KMS v2, or aesgcm where its keys are changed often enough.
      """,
    controls: [.nistAtRest, .nistCryptography])

  package static let nonceReuse = RuleDescription(
    "nonce-reuse", .critical, "two values under one key share a nonce or IV and are not the same write",
    meaning: """
      Every write must take a fresh nonce. Two different values with the same one come from a random source that failed, \
      from a clone of a machine that went on with the same state, or from forgery.
      """,
    importance: """
      Under aesgcm and secretbox, two values with one nonce disclose each other's content in part, and under aesgcm let \
      values be forged from then on; under aescbc, equal beginnings show.
      """,
    repair: """
      Put a new key first, restart every API server, and rewrite all objects. Keep the old key behind it until no value \
      and no backup needs it. Change the credentials in these values, and check the random source of the hosts.
      """,
    controls: .ciphers)

  package static let plaintextHistory = RuleDescription(
    "plaintext-history", .high, "an older or deleted revision of a key in scope is plaintext",
    meaning: """
      etcd keeps older revisions until it is compacted. This one was written before encryption was switched on, or \
      belongs to an object that has been deleted since.
      """,
    importance: """
      Rewriting an object does not take its old revision out of the file. Whoever restores the snapshot can ask etcd \
      for it.
      """,
    repair: """
      Make sure that every live value is encrypted. Then compact the history at the revision that etcd has now, not at \
      one of the snapshot, which would keep what was live in it. Defragment every member, and take a new snapshot. \
      Guard or delete this one, and change the credentials it discloses.
      """,
    controls: .inCopies)

  package static let plaintextResidue = RuleDescription(
    "plaintext-residue", .high, "plaintext of a key in scope can be recovered from free pages",
    meaning: """
      Compaction frees pages without overwriting them. What lay in them, or in unused parts of other pages (all bytes \
      that no live page owns), stays in the file, and in every snapshot, until \
      the pages are used again or the member is defragmented.
      """,
    importance: "A search through the file's bytes finds it; no restore is needed.",
    repair: """
      Make sure that neither live values nor old revisions are plaintext: they would come back. Then defragment every \
      member (etcdctl defrag --cluster) and take a new snapshot. Guard or delete this one, and change the credentials \
      it discloses.
      """,
    controls: .inCopies)

  package static let plaintextElsewhere = RuleDescription(
    "plaintext-elsewhere", .high, "plaintext of a kind in scope lies where etcd keeps no objects",
    meaning: """
      A readable object lies in a part of the file that is in use but holds no values of keys: another bucket, the \
      margin of a row, or the freelist page. etcd writes none there, so something else did, or the file was forged.
      """,
    importance: """
      A search through the file's bytes finds it. etcd and the API server never show it, and neither compaction nor \
      defragmentation is sure to remove it.
      """,
    repair: """
      Find out what wrote to the database beside etcd. Guard or delete the file, and change the credentials it \
      discloses. Restore the cluster from a snapshot that does not have the object, and verify a new one.
      """,
    controls: .inCopies)

  package static let rowsWithheld = RuleDescription(
    "rows-withheld", .high, "the store is built as etcd never writes it, so that rows are out of its figures",
    meaning: """
      Parts of the file look like rows of the store, but the database's own tables do not lead to them: whole rows \
      behind the elements of a leaf, for instance. etcd packs its pages and leaves nothing like it.
      """,
    importance: """
      Nobody who reads the database through etcd sees these rows, so that counts and verdicts about it leave them out. \
      Somebody may have hidden them.
      """,
    repair: """
      Don't restore the file. Find out what changed it, take a new snapshot from a running member \
      (etcdctl snapshot save), and verify that.
      """,
    controls: [.nistAtRest, .nistBackups])

  package static let malformedEnvelope = RuleDescription(
    "malformed-envelope", .high, "an encryption envelope was recognised, but its structure is impossible",
    meaning: """
      The value begins as an encrypted one does, but no API server wrote what follows: a length that the cipher can't \
      give, a field that is missing, or bytes that are far from random.
      """,
    importance: "It was damaged or forged. The API server can't read it, and what looks encrypted may not be.",
    repair: """
      Read the object through the API server. What it can't read, restore from an older snapshot or create anew; then \
      find out who or what wrote the value.
      """,
    controls: [.nistAtRest, .nistCryptography, .nistBackups])

  package static let unknownEnvelope = RuleDescription(
    "unknown-envelope", .high, "the value carries an encryption envelope of an unknown provider or version",
    meaning: """
      After k8s:enc: comes a provider or a version that Kubernetes does not have as far as this program knows: that of \
      a distribution of its own, of a later release, or of a forger.
      """,
    importance: "Nobody can tell from it whether the value is encrypted, so it does not count as encrypted.",
    repair: "Find out which API server wrote it, and whether this version of atrest is the newest.",
    controls: [.nistAtRest, .nistCryptography])

  package static let unrecognizedValue = RuleDescription(
    "unrecognized-value", .high, "the value is neither an encryption envelope nor a Kubernetes encoding",
    meaning: "No API server stores such a value, or an empty one, under this key. Something else wrote or damaged it.",
    importance: "What is not known to be encrypted does not count as encrypted. The API server can't read it.",
    repair: """
      Find out what wrote to etcd beside the API servers. Then restore the object from an older snapshot, or delete the etcd \
      key if nothing needs it.
      """,
    controls: [.nistAtRest, .nistCryptography])

  package static let keyNotInConfig = RuleDescription(
    "key-not-in-config", .high, "the configuration lacks the key or plugin that the value names",
    meaning: """
      The value was encrypted with a key that has been taken out of the file since, or that the file has for other \
      resources only.
      """,
    importance: "A cluster that is restored from this snapshot with this configuration can't read the value.",
    repair: """
      Put the key back behind the first one. Where the first one encrypts, rewrite the objects, and keep the key as \
      long as any backup needs it.
      """,
    controls: [.nistKeyManagement, .nistBackups])

  package static let nothingAuthenticated = RuleDescription(
    "nothing-authenticated", .high, "values were to be decrypted with the keys given, and none could be",
    meaning: """
      --authenticate asks for every encrypted value to be decrypted. No key at hand fits any of them: the configuration \
      is of another cluster, or KMS plugins hold the keys and no seeds of data keys were given.
      """,
    importance: "The values look encrypted, but whether they are whole and in their place was not checked at all.",
    repair: """
      Give the EncryptionConfiguration that the API servers of this cluster use. For values of KMS v2 plugins, give \
      their data keys with --dek-seeds.
      """,
    controls: [.nistCryptography, .nistKeyManagement, .nistBackups])

  package static let providerNotRequired = RuleDescription(
    "provider-not-required", .high, "values are encrypted, but not by the provider or key that was required",
    meaning: """
      --require-provider, or a policy, names the provider or the key that must encrypt every live value. Another one \
      encrypted these: the change was never made, or the objects have not been rewritten since.
      """,
    importance: "What the requirement is to protect against is not prevented for these values.",
    repair: """
      Put the required provider first for the resource in the EncryptionConfiguration of every API server, rewrite the \
      objects (kubectl get RESOURCE -A -o json | kubectl replace -f -), and keep the old key until no backup needs it.
      """,
    controls: .keyChange + [.cisProviders])

  package static let misplacedObject = RuleDescription(
    "misplaced-object", .high, "a plaintext object of a kind in scope lies under another resource's path",
    meaning: """
      The value says that it is, for example, a Secret, but lies where other objects are kept. An API server keeps none \
      there, so something else wrote it, or a tool restored it wrongly.
      """,
    importance: "No API server encrypts it there, and no list of Secrets shows it.",
    repair: "Find out who wrote it. Then delete that etcd key, and change the credentials in the object.",
    controls: .atRest)

  package static let keysBesideData = RuleDescription(
    "keys-beside-data", .high, "the keys to encrypted data lie in the same file",
    meaning: """
      A ConfigMap or a Secret in plaintext holds an EncryptionConfiguration with its keys. The bootstrap data of K3s \
      and RKE2 is of low severity: every snapshot of theirs holds it, and the server token protects it.
      """,
    importance: "Whoever holds the file holds the keys, so that the encryption protects nothing in it.",
    repair: """
      Guard this file like the Secrets themselves. Find out what needs the object: OpenShift and RKE keep one on purpose, \
      which must then be encrypted itself. Delete one that nothing needs. Then put new keys first and rewrite everything \
      that the old ones encrypt. With K3s and RKE2, keep the server token apart from the backups.
      """,
    controls: .keys)

  package static let nothingInScope = RuleDescription(
    "nothing-in-scope", .high, "no key in scope was found",
    meaning: """
      The snapshot has nothing of what must be encrypted: it is of another cluster or of none, or the objects lie below \
      another prefix.
      """,
    importance: "A check that looked at nothing proves nothing, so it fails whatever --fail-on says.",
    repair: """
      Check that this is the right snapshot, and name the prefix with --etcd-prefix. Where nothing is expected, pass \
      --allow-empty.
      """,
    controls: .atRest)

  package static let staleKey = RuleDescription(
    "stale-key", .medium, "the live value is encrypted, but new values are written with another key, or none",
    meaning: """
      The key was changed, but the object has not been written since: the old key still protects it. Or identity comes \
      first in the configuration: then nothing encrypts the object when it is written next.
      """,
    importance: "The old key can't be retired, and its disclosure still discloses the value.",
    repair: """
      While identity comes first, rewrite nothing, for that decrypts the objects: put an encrypting provider first. \
      Then rewrite them (kubectl get RESOURCE -A -o json | kubectl replace -f -), and keep the old key until no backup \
      needs it.
      """,
    controls: .keyChange)

  package static let weakProvider = RuleDescription(
    "weak-provider", .low, "values are encrypted by a provider that Kubernetes warns about",
    meaning: """
      aescbc has no integrity and does not bind a value to its place; an aesgcm key is good for 200 000 writes; KMS v1 \
      is deprecated, and off from Kubernetes 1.29 on.
      """,
    importance: "The values are not readable without the key, but can be altered, moved, or lose protection in time.",
    repair: """
      Put a KMS v2 plugin first, or secretbox where there is no KMS, and rewrite the objects. Keep the old provider behind it \
      until no value and no backup needs it.
      """,
    controls: .ciphers)
}
