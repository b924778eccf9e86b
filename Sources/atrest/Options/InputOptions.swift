import ArgumentParser
import KubernetesStorage
import SnapshotInput

/// Which snapshots are read, and how.
struct InputOptions: ParsableArguments {
  @Argument(
    help: """
      Snapshots: files, directories (every regular file in them, recursively), or - for standard input. gzip, zlib, \
      zstd, xz, lz4, bzip2, compress, zip and tar are unpacked, also inside one another.
      """, completion: .file())
  var input: [String] = []

  @Flag(help: "In directories and archives, skip files that are no snapshots; the report counts and names them.")
  var ignoreUnrecognized = false

  @Flag(help: "In directories, follow symbolic links; without it the report counts and names them.")
  var follow = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Unpack at most this much of one snapshot, such as 500MiB or 1.5TiB (default: 64GiB).", valueName: "size"),
    transform: ByteSize.bytes(of:))
  var unpackedSize: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Unpack at most this many times the size of the input, beyond 256 MiB (default: 200).", valueName: "n"),
    transform: { UInt64(try WholeNumber.value(of: $0, in: 1...1_000_000)) })
  var unpackedRatio: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Read this many files at once (default: one for each processor, at most 4).", valueName: "n"),
    transform: { try WholeNumber.value(of: $0, in: 1...256) })
  var jobs: Int?

  /// Makes sure that there are inputs, and that each has a name.
  func check() throws {
    guard !input.isEmpty else {
      throw ValidationError("an input is missing: name a snapshot, a directory, or - for standard input")
    }
    guard !input.contains("") else {
      throw ValidationError("an input has no name: is a variable unset that should hold the path?")
    }
  }

  /// How far a compressed or packed input may unfold.
  var limits: UnpackingLimits {
    var limits = UnpackingLimits()
    if let unpackedSize { limits.byteCount = unpackedSize }
    if let unpackedRatio { limits.ratio = unpackedRatio }
    return limits
  }
}
