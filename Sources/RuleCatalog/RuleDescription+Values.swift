extension RuleDescription {
  /// What a stored value can be that it must not.
  package static let aboutValues = [
    plaintextLive, authenticationFailed, valueMoved, nonceReuse, plaintextHistory, plaintextResidue,
    plaintextElsewhere, rowsWithheld, impossibleRow, malformedEnvelope, unknownEnvelope, unrecognizedValue,
    nothingAuthenticated,
    keyNotInConfig, providerNotRequired, misplacedObject, keysBesideData, nothingInScope, staleKey, weakProvider,
  ]

  package static let plaintextLive = RuleDescription(
    "plaintext-live", .critical, "the live value of a key in scope is plaintext",
    meaning: """
      The newest value of a key that must be encrypted is plaintext: the API server did not encrypt it. Either no \
      encrypting provider came first when it was written, or encryption was switched on later and the object has not \
      been written since.
      """,
    importance: "Whoever gets the snapshot, a member's disk or access to etcd can read the object.",
    repair: """
      Put an encrypting provider first for the resource in the EncryptionConfiguration of every API server, with \
      'identity: {}' last, and restart them. Only then rewrite the objects (kubectl get RESOURCE -A -o json | kubectl \
      replace -f -). Then ask etcd for its current revision and compact there, defragment every member, take a new \
      snapshot and verify it. Destroy this snapshot, or guard it, and change the credentials that it discloses.
      """,
    controls: .atRest)

  package static let authenticationFailed = RuleDescription(
    "authentication-failed", .critical, "the value does not decrypt under its own etcd key",
    meaning: """
      Decryption fails with the key of that name in the configuration. The value was altered, moved here from another \
      etcd key, or written under another key of the same name.
      """,
    importance: """
      The API server can't read the value either: the object is lost after a restore. If the value was altered on \
      purpose, somebody can write to etcd.
      """,
    repair: """
      Check first that the configuration is that of this cluster. If the key was exchanged under its old name, add the \
      old key again under the same name behind the new one: an API server tries both. Otherwise find out who can write \
      to etcd, and restore the object from an older snapshot or create it anew.
      """,
    controls: [.nistAtRest, .nistCryptography, .nistBackups])

  package static let valueMoved = RuleDescription(
    "value-moved", .critical, "the ciphertext belongs to another etcd key, or its object names another object",
    meaning: """
      The value decrypts, but it was encrypted for another etcd key, or it contains an object of another name. aescbc \
      and secretbox do not bind a value to its place, so that a copy decrypts anywhere.
      """,
    importance: """
      Someone who can write to etcd can put one Secret in the place of another without any encryption key. A workload \
      that may read the second one then reads the first.
      """,
    repair: """
      Find out who can write to etcd, restore the objects, and change the credentials in them. Use a provider that \
      binds values to their keys: KMS v2, or aesgcm where its keys are changed often enough.
      """,
    controls: [.nistAtRest, .nistCryptography])

  package static let nonceReuse = RuleDescription(
    "nonce-reuse", .critical, "two values under one key share a nonce or IV and are not the same write",
    meaning: """
      Every write must take a fresh nonce. Two different values share one when the random source failed, when a \
      machine was cloned together with its state, or when a value was forged.
      """,
    importance: """
      Under aesgcm and secretbox, two values with one nonce disclose parts of each other's content. Under aesgcm, they \
      also let someone forge values. Under aescbc, they show that two values begin with the same bytes.
      """,
    repair: """
      Put a new key first, restart every API server, and rewrite all objects. Keep the old key behind it until no \
      value and no backup needs it. Change the credentials in these values, and check the random source of the hosts.
      """,
    controls: .ciphers)

  package static let plaintextHistory = RuleDescription(
    "plaintext-history", .high, "an older or deleted revision of a key in scope is plaintext",
    meaning: """
      etcd keeps older revisions until it is compacted. This one was written before encryption was switched on, or \
      belongs to an object that has been deleted since.
      """,
    importance: """
      Rewriting an object does not remove its old revision from the file. Whoever restores the snapshot can ask etcd \
      for that revision.
      """,
    repair: """
      Make sure that every live value is encrypted. Then ask etcd for its current revision and compact there. A \
      compaction at the revision of this snapshot would keep the values that were live in it. Defragment every member, \
      and take a new snapshot. Guard or delete this one, and change the credentials it discloses.
      """,
    controls: .inCopies)

  package static let plaintextResidue = RuleDescription(
    "plaintext-residue", .high, "plaintext of a key in scope can be recovered from free pages",
    meaning: """
      Compaction frees pages without overwriting them. Old values stay in free pages and in the unused parts of other \
      pages (all bytes that no live page owns), and every snapshot copies them, until the pages are used again or the \
      member is defragmented.
      """,
    importance: "Anyone who searches the bytes of the file finds the value. No restore is needed.",
    repair: """
      Make sure first that no live value and no old revision is plaintext: otherwise new plaintext gets into free \
      pages. Then defragment every member (etcdctl defrag --cluster) and take a new snapshot. Guard or delete this \
      one, and change the credentials it discloses.
      """,
    controls: .inCopies)

  package static let plaintextElsewhere = RuleDescription(
    "plaintext-elsewhere", .high, "plaintext of a kind in scope lies where etcd keeps no objects",
    meaning: """
      A readable object lies in a part of the file that is in use but holds no values of its kind: another bucket, the \
      margin or the key of a row, the freelist page, or behind another object in a value. The API server writes no \
      objects there: another program did, or the file was forged.
      """,
    importance: """
      Anyone who searches the bytes of the file finds the object. etcd and the API server never show it, and \
      compaction and defragmentation may leave it.
      """,
    repair: """
      Find out what wrote to the database beside etcd. Guard or delete the file, and change the credentials it \
      discloses. Restore the cluster from a snapshot that does not have the object, and verify a new one.
      """,
    controls: .inCopies)

  package static let rowsWithheld = RuleDescription(
    "rows-withheld", .high, "etcd never writes a store like this one, and some rows are missing from its figures",
    meaning: """
      Parts of the file look like rows of the store, but the tables of the database do not lead to them: for example, \
      whole rows behind the last element of a page. etcd leaves no such rows.
      """,
    importance: """
      etcd does not show these rows, so counts and verdicts leave them out. Somebody may have hidden them.
      """,
    repair: """
      Don't restore the file. Find out what changed it, take a new snapshot from a running member (etcdctl snapshot \
      save), and verify that.
      """,
    controls: [.nistAtRest, .nistBackups])

  package static let impossibleRow = RuleDescription(
    "impossible-row", .high, "a row of the store holds bytes that etcd never writes",
    meaning: """
      etcd writes each field of a row at most once, in order and as short as it can be, and nothing but the key into a \
      row that deletes one. This row holds more: a field twice, a field that etcd does not have, or a value where \
      none can be. It may be any row, of whatever resource.
      """,
    importance: """
      etcd passes over these bytes and never shows them, but every copy of the file has them. Somebody may have hidden \
      a secret there, in whatever form.
      """,
    repair: """
      Find out who or what wrote to the database beside etcd. Don't restore the file, and guard it: the bytes may be a \
      secret. Take a new snapshot from a running member (etcdctl snapshot save), and verify that. If it has the row \
      too, restore the cluster from a snapshot that does not.
      """,
    controls: .inCopies)

  package static let malformedEnvelope = RuleDescription(
    "malformed-envelope", .high, "an encryption envelope was recognised, but its structure is impossible",
    meaning: """
      The value begins like an encrypted one, but no API server wrote the rest: the length is impossible for the \
      cipher, a field is missing, or the bytes are far from random.
      """,
    importance: "The value was damaged or forged. The API server can't read it, and it may not be encrypted at all.",
    repair: """
      Read the object through the API server. If that fails, restore it from an older snapshot or create it anew. Then \
      find out who or what wrote the value.
      """,
    controls: [.nistAtRest, .nistCryptography, .nistBackups])

  package static let unknownEnvelope = RuleDescription(
    "unknown-envelope", .high, "the value carries an encryption envelope of an unknown provider or version",
    meaning: """
      The value begins with k8s:enc: and names a provider or a version that this program does not know. A distribution \
      of Kubernetes, a later release, or a forger may have written it.
      """,
    importance: "The prefix does not prove that the value is encrypted, so the value does not count as encrypted.",
    repair: "Find out which API server wrote it, and whether this version of atrest is the newest.",
    controls: [.nistAtRest, .nistCryptography])

  package static let unrecognizedValue = RuleDescription(
    "unrecognized-value", .high, "the value is neither an encryption envelope nor a Kubernetes encoding",
    meaning: "No API server stores such a value, or an empty one, under this key. Something else wrote or damaged it.",
    importance: """
      The API server can't read the value. It does not count as encrypted, because nothing shows that it is.
      """,
    repair: """
      Find out which program wrote to etcd beside the API servers. Then restore the object from an older snapshot, or \
      delete the etcd key if nothing needs it.
      """,
    controls: [.nistAtRest, .nistCryptography])

  package static let keyNotInConfig = RuleDescription(
    "key-not-in-config", .high, "the configuration lacks the key or plugin that the value names",
    meaning: """
      The value was encrypted with a key that was later removed from the file, or that the file has only for other \
      resources.
      """,
    importance: "A cluster that is restored from this snapshot with this configuration can't read the value.",
    repair: """
      Put the key back behind the first one. Where the first one encrypts, rewrite the objects, and keep the key as \
      long as any backup needs it.
      """,
    controls: [.nistKeyManagement, .nistBackups])

  package static let nothingAuthenticated = RuleDescription(
    "nothing-authenticated", .high, "none of the encrypted values could be decrypted with the keys given",
    meaning: """
      --authenticate decrypts every encrypted value. The keys given decrypt none of them: the configuration is that of \
      another cluster, or KMS plugins hold the keys and --dek-seeds was not given.
      """,
    importance: "The values look encrypted, but nothing shows that they are whole and in their place.",
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
    importance: "These values do not meet the requirement.",
    repair: """
      Put the required provider first for the resource in the EncryptionConfiguration of every API server, rewrite the \
      objects (kubectl get RESOURCE -A -o json | kubectl replace -f -), and keep the old key until no backup needs it.
      """,
    controls: .keyChange + [.cisProviders])

  package static let misplacedObject = RuleDescription(
    "misplaced-object", .high, "a plaintext object of a kind in scope lies under another resource's path",
    meaning: """
      The value is, for example, a Secret, but it lies where other objects are kept. API servers keep no Secrets \
      there: another program wrote it, or a tool restored it wrongly.
      """,
    importance: "API servers don't encrypt the object there, and no list of Secrets shows it.",
    repair: "Find out who wrote it. Then delete that etcd key, and change the credentials in the object.",
    controls: .atRest)

  package static let keysBesideData = RuleDescription(
    "keys-beside-data", .high, "the keys to encrypted data lie in the same file",
    meaning: """
      A ConfigMap or a Secret in plaintext holds an EncryptionConfiguration with its keys. The bootstrap data of K3s \
      and RKE2 is of low severity: every snapshot of theirs holds it, and the server token protects it.
      """,
    importance: "Whoever has the file has the keys, so the encryption protects nothing in it.",
    repair: """
      Guard this file like the Secrets themselves. Find out what needs the object. OpenShift and RKE keep one on \
      purpose: it must be encrypted itself. Delete one that nothing needs. Then put new keys first and rewrite \
      everything that the old ones encrypt. With K3s and RKE2, keep the server token apart from the backups.
      """,
    controls: .keys)

  package static let nothingInScope = RuleDescription(
    "nothing-in-scope", .high, "no key in scope was found",
    meaning: """
      The snapshot holds none of the objects that must be encrypted: it is from another cluster or from none, or the \
      objects lie below another prefix.
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
      first in the configuration: then nothing encrypts the object when it is written next. Or a policy says how long \
      ago the last write may lie, and it lies longer ago, or nothing in the snapshot tells: then the severity is high.
      """,
    importance: "The old key can't be removed, and whoever has it can still read the value.",
    repair: """
      While identity comes first, rewrite nothing: that would decrypt the objects. Put an encrypting provider first. \
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
    importance: """
      Nobody can read the values without the key. But someone who can write to etcd may alter or move them, and an old \
      key may become unsafe.
      """,
    repair: """
      Put a KMS v2 plugin first, or secretbox where there is no KMS, and rewrite the objects. Keep the old provider \
      behind it until no value and no backup needs it.
      """,
    controls: .ciphers)
}
