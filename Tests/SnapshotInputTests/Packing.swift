import Foundation
import TestSupport
import Testing

/// A directory with a real snapshot in it, `snapshot.db`, where the usual programs pack it.
struct Packing {
  let directory: TemporaryDirectory
  /// The bytes of the snapshot.
  let snapshot: [UInt8]

  init() throws {
    directory = try TemporaryDirectory()
    snapshot = try Self.sample("06-aescbc-defragged")
    try directory.file("snapshot.db", snapshot)
  }

  /// The bytes of one of the repository's samples.
  static func sample(_ name: String) throws -> [UInt8] {
    let fixture = SnapshotFixture.all.first { $0.description == "samples/\(name)" }
    return try [UInt8](Data(contentsOf: URL(filePath: #require(fixture).path())))
  }

  /// Runs a shell script in the directory, and answers the path of the file `name`, which it makes there.
  func make(_ name: String, _ script: String) async throws -> String {
    let run = try await ChildProcess(["sh", "-e", "-c", script], in: directory.path)
    try #require(run.status == 0, "\(script): \(run.errors)")
    return "\(directory.path)/\(name)"
  }

  /// The bytes of the file that a shell script makes.
  func bytes(_ name: String, _ script: String) async throws -> [UInt8] {
    try await [UInt8](Data(contentsOf: URL(filePath: make(name, script))))
  }
}

extension Packing {
  /// Every format, and how its own program packs the snapshot into a file named `packed`.
  ///
  /// Of zip and tar the later ones are what k3s and backup scripts make: written to a pipe, without seeking back, so
  /// that the sizes in a zip stand behind the data.
  static let containers: [(format: String, script: String)] = [
    ("gzip", "gzip -c snapshot.db > packed"),
    ("zlib", "python3 -c '\(zlib)' snapshot.db > packed"),
    ("zstd", "zstd -q -c snapshot.db > packed"),
    ("xz", "xz -1 -c snapshot.db > packed"),
    ("lz4", "lz4 -q -c snapshot.db > packed"),
    ("bzip2", "bzip2 -c snapshot.db > packed"),
    ("zip", "zip -q - snapshot.db > packed"),
    ("zip", "cat snapshot.db | zip -q - - | cat > packed"),
    ("zip", "python3 -c '\(streamedZip)' snapshot.db | cat > packed"),
    ("tar", "tar -c -f packed snapshot.db"),
    ("tar", "tar -c snapshot.db | cat > packed"),
    ("tar", "tar --format=v7 -c snapshot.db > packed"),
    ("compress", "python3 -c '\(compress)' snapshot.db > packed"),
  ]

  /// A program that packs a file as RFC 1950 has it, which no usual one does.
  static let zlib = "import sys, zlib; sys.stdout.buffer.write(zlib.compress(open(sys.argv[1], \"rb\").read()))"

  /// A program that packs a file as compress(1) does, of which few systems have one: every byte is a code by itself, and
  /// the codes grow from 9 to 16 bits as the table fills.
  static let compress = """
    import sys; d = open(sys.argv[1], "rb").read(); \
    pack = lambda w, q: sum(b << w * i for i, b in enumerate(q)).to_bytes((w * len(q) + 7) // 8, "little"); \
    ends = [2 ** w - 256 for w in range(9, 16)] + [len(d)]; \
    starts = [0] + ends; \
    sys.stdout.buffer.write(bytes([0x1f, 0x9d, 0x90]) + b"".join(pack(w, d[k:min(k + 8, e)]) \
    for w, s, e in zip(range(9, 17), starts, ends) for k in range(s, e, 8)))
    """

  /// A program that writes a file into a zip archive as it is, to a pipe.
  private static let streamedZip = "import sys, zipfile; zipfile.ZipFile(sys.stdout.buffer, \"w\").write(sys.argv[1])"
}
