/// What is measured: `atrest`, and the yardsticks it is held against.
public enum Command: String, Codable, Sendable, CaseIterable {
  case verify
  case verifyNoHash = "verify-no-hash"
  case verifyPipe = "verify-pipe"
  case verifyNoHashPipe = "verify-no-hash-pipe"
  case verifyResidue = "verify-residue"
  case verifyResidueNoHash = "verify-residue-no-hash"
  case verifyAuthenticate = "verify-authenticate"
  case inspect
  case cat
  case bareHash = "bare-hash"
  case openssl
  case sha256sum
  case snapshotStatus = "snapshot-status"
  case grep
  case gunzip
  case verifyGzip = "verify-gzip"

  /// Leaves the residue out; in titles, ROWS stands for it.
  static let rows = ["--layers", "live,history"]

  /// The command as one would type it.
  public var title: String {
    switch self {
    case .verify: "atrest verify ROWS FILE"
    case .verifyNoHash: "atrest verify ROWS --no-hash FILE"
    case .verifyPipe: "cat FILE | atrest verify ROWS -"
    case .verifyNoHashPipe: "cat FILE | atrest verify ROWS --no-hash -"
    case .verifyResidue: "atrest verify FILE"
    case .verifyResidueNoHash: "atrest verify --no-hash FILE"
    case .verifyAuthenticate: "atrest verify ROWS --authenticate -c FILE.yaml FILE"
    case .inspect: "atrest inspect FILE"
    case .bareHash: "bare hash of FILE"
    case .cat: "cat FILE >/dev/null"
    case .openssl: "openssl dgst -sha256 FILE"
    case .sha256sum: "sha256sum FILE"
    case .snapshotStatus: "etcdctl snapshot status FILE"
    case .grep: "grep -a -c 'k8s:enc:' FILE"
    case .gunzip: "gzip -dc FILE.gz | cat >/dev/null"
    case .verifyGzip: "atrest verify ROWS FILE.gz"
    }
  }

  /// Whether it is `atrest` that is measured.
  public var isAtrest: Bool {
    switch self {
    case .verify, .verifyNoHash, .verifyPipe, .verifyNoHashPipe, .verifyResidue, .verifyResidueNoHash,
      .verifyAuthenticate, .verifyGzip, .inspect:
      true
    case .bareHash, .cat, .openssl, .sha256sum, .snapshotStatus, .grep, .gunzip: false
    }
  }

  /// Whether it reads the compressed file.
  public var readsGzip: Bool { self == .gunzip || self == .verifyGzip }

  /// The command for `snapshot`.
  ///
  /// Throws ``CommandFailure`` when a program is not installed.
  func pipeline(_ programs: Programs, _ snapshot: SnapshotStore.Snapshot) throws -> Pipeline {
    let file = snapshot.path
    let allLayers = [programs.atrest, "verify"]
    let atrest = allLayers + Self.rows
    // Some Secrets of the snapshots are plaintext: a verdict of 1 is right.
    let verdicts: Set<Int32> = [0, 1]
    switch self {
    case .verify: return Pipeline([atrest + [file]], statuses: verdicts)
    case .verifyNoHash: return Pipeline([atrest + ["--no-hash", file]], statuses: verdicts)
    case .verifyPipe: return Pipeline([[try Programs.path("cat"), file], atrest + ["-"]], statuses: verdicts)
    case .verifyNoHashPipe:
      return Pipeline([[try Programs.path("cat"), file], atrest + ["--no-hash", "-"]], statuses: verdicts)
    case .verifyResidue: return Pipeline([allLayers + [file]], statuses: verdicts)
    case .verifyResidueNoHash: return Pipeline([allLayers + ["--no-hash", file]], statuses: verdicts)
    case .verifyAuthenticate:
      // Its keys are made up: whoever may read the file may know them.
      return Pipeline([atrest + ["--authenticate", "-c", snapshot.configuration, file]], statuses: verdicts)
    case .inspect: return Pipeline([[programs.atrest, "inspect", file]])
    case .bareHash: return Pipeline([[programs.bareHash, file]])
    case .cat: return Pipeline([[try Programs.path("cat"), file]], output: .discarded)
    case .openssl: return Pipeline([[try Programs.path("openssl"), "dgst", "-sha256", file]])
    case .sha256sum: return Pipeline([[try Programs.path("sha256sum"), file]])
    // etcdutl has taken over from etcdctl, which up to 3.3 speaks another language by default.
    case .snapshotStatus:
      let program = try Programs.path("etcdutl", "etcdctl")
      return Pipeline([[try Programs.path("env"), "ETCDCTL_API=3", program, "snapshot", "status", file]])
    case .grep: return Pipeline([[try Programs.path("grep"), "-a", "-c", "k8s:enc:", file]], statuses: verdicts)
    case .gunzip:
      let gunzip = [try Programs.path("gzip"), "-dc", "\(file).gz"]
      return Pipeline([gunzip, [try Programs.path("cat")]], output: .discarded)
    case .verifyGzip: return Pipeline([atrest + ["\(file).gz"]], statuses: verdicts)
    }
  }
}
