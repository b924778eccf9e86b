/// What a file is that is no snapshot, as far as its first bytes tell.
public enum FileContent: String, CaseIterable, Hashable, Sendable {
  // Values of a store that atrest does not examine.
  case writeAheadLog = "etcd-wal"
  case raftSnapshot = "etcd-raft-snapshot"
  case deltaSnapshot = "gardener-delta-snapshot"
  case sqlite
  // A snapshot may be inside, behind something that must be taken off first.
  case openssl
  case age
  case pgp
  case sevenZip = "7z"
  case rar
  case lzip
  case lzop
  case base64
  case httpChunks = "http-chunks"
  case httpMessage = "http-message"
  case formData = "form-data"
  // What a failed backup leaves behind.
  case html
  case xml
  case errorMessage = "error-message"
  case log
  case emptyZip = "empty-zip"
  case zeros
  case text
  // Files of a cluster that lie beside its snapshots.
  case encryptionConfiguration = "encryption-configuration"
  case rkeState = "rke-state"
  case kubernetesObjects = "kubernetes-objects"
  case veleroBackup = "velero-backup"
  case kubeconfig
  case json
  case certificate
  case publicKey = "public-key"
  case privateKey = "private-key"
  case script
  case variables
  case word
  case appleDouble = "apple-double"
  // Programs.
  case elf

  /// Whether such a file belongs beside a snapshot in a backup, and can't be a damaged snapshot.
  ///
  /// It is searched for keys and for plaintext, and is no error. As the only input it is one.
  public var isCompanion: Bool {
    switch self {
    case .writeAheadLog, .raftSnapshot, .encryptionConfiguration, .rkeState, .kubernetesObjects, .kubeconfig, .json,
      .certificate, .publicKey, .privateKey, .script, .variables, .word, .appleDouble:
      true
    default: false
    }
  }

  /// Whether such a file may hold keys, or objects of the cluster, that can be read.
  public var mayHoldSecrets: Bool {
    switch self {
    case .encryptionConfiguration, .rkeState, .kubernetesObjects, .json: true
    default: false
    }
  }

  /// Whether a backup that failed may leave such a file in the place of the snapshot.
  public var mayBeFailedBackup: Bool {
    switch self {
    case .html, .xml, .errorMessage, .log, .emptyZip, .zeros, .text, .httpChunks, .httpMessage, .formData, .base64: true
    default: false
    }
  }

  /// A noun with its article, such as `an SQLite database`.
  public var noun: String { description.noun }

  /// One sentence without a full stop: what to do with such a file where a snapshot was expected.
  public var advice: String { description.advice }

  private var description: (noun: String, advice: String) {
    switch self {
    case .writeAheadLog:
      ("a write-ahead log of etcd", "take a snapshot (etcdctl snapshot save), and verify that")
    case .raftSnapshot:
      ("a raft snapshot of etcd, which holds no values", "verify the database beside it (member/snap/db)")
    case .deltaSnapshot:
      (
        "a delta snapshot of Gardener's etcd-backup-restore, which atrest does not examine",
        "restore it together with its full snapshot (etcdbrctl), take a new full snapshot, and verify that"
      )
    case .sqlite:
      (
        "an SQLite database",
        "kine keeps the store of K3s in one, which atrest does not read: back up etcd, or check kine's table by other means"
      )
    case .openssl: ("encrypted by openssl enc", "decrypt it first (openssl enc -d), then verify the snapshot inside")
    case .age: ("encrypted by age", "decrypt it first (age -d), then verify the snapshot inside")
    case .pgp: ("an OpenPGP message", "decrypt it first (gpg -d), then verify the snapshot inside")
    case .sevenZip: ("a 7z archive", "unpack it first (7z x), then verify the snapshot inside")
    case .rar: ("a RAR archive", "unpack it first (unrar x), then verify the snapshot inside")
    case .lzip: ("lzip data", "unpack it first (lzip -d), then verify the snapshot inside")
    case .lzop: ("lzop data", "unpack it first (lzop -d), then verify the snapshot inside")
    case .base64: ("base64 text", "decode it first (base64 -d), then verify what comes out")
    case .httpChunks: ("a download that still has the marks of HTTP chunks in it", "download it again, then verify it")
    case .httpMessage: ("an HTTP response with its header", "download it again without the header, then verify it")
    case .formData: ("the body of an HTTP form", "fetch the file from where it was uploaded, then verify it")
    case .html: ("an HTML page", "sign in to the server that sent it, and download the snapshot again")
    case .xml:
      ("an XML document", "find out why the server refused, for object stores answer so, and download it again")
    case .errorMessage: ("an error message", "find out why the backup or the download failed, and repeat it")
    case .log: ("a log", "find out why the backup wrote a log instead of a snapshot, and repeat it")
    case .emptyZip: ("a zip archive without entries", "find out why the backup packed nothing, and repeat it")
    case .zeros:
      ("zeros from its first byte on", "take a new snapshot: the blocks of this file were never written, or were lost")
    case .text: ("text", "find out why it is not a snapshot: an error message may have taken its place")
    case .encryptionConfiguration: ("an EncryptionConfiguration", "check it with atrest lint")
    case .rkeState: ("the state of an RKE cluster", "verify the snapshot that belongs to it")
    case .kubernetesObjects:
      ("Kubernetes objects", "take a snapshot of etcd (etcdctl snapshot save), and verify that")
    case .veleroBackup:
      (
        "a Velero backup",
        "guard it, for it may hold readable Secrets; take a snapshot of etcd (etcdctl snapshot save), and "
          + "verify that"
      )
    case .kubeconfig: ("a kubeconfig", "name the snapshot instead")
    case .json: ("JSON", "name the snapshot instead")
    case .certificate: ("a certificate", "name the snapshot instead")
    case .publicKey: ("a public key", "name the snapshot instead")
    case .privateKey: ("a private key", "name the snapshot instead, and guard this file")
    case .script: ("a script", "name the snapshot instead")
    case .variables: ("a list of variables", "name the snapshot instead")
    case .word: ("a single word", "name the snapshot instead")
    case .appleDouble: ("file attributes of macOS (AppleDouble)", "name the file that they belong to")
    case .elf: ("a program (ELF)", "name the snapshot instead")
    }
  }
}
