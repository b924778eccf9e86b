import TestSupport
import Testing

@testable import SnapshotInput

@Suite("A packed snapshot is read as if it were not")
struct PackedSnapshotTests {
  private let packing: Packing

  init() throws { packing = try Packing() }

  /// Holds what comes out of the file at `path` against the snapshot.
  private func expectSnapshot(_ path: String, _ containers: [Container], member: String? = nil) {
    let unpacked = Unpacked(path)
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.containers) == [containers])
    #expect(unpacked.snapshots.map(\.member) == [member])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("By every program", arguments: Packing.containers)
  func packed(format: String, script: String) async throws {
    let path = try await packing.make("packed", script)
    let unpacked = Unpacked(path)
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.containers.last?.rawValue) == [format])
    #expect(unpacked.snapshots.map(\.byteCount) == [nil])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("Into a block of any size", arguments: Packing.containers, [1000, 4096, 1 << 20])
  func blocks(_ container: (format: String, script: String), blockBytes: Int) async throws {
    let path = try await packing.make("packed", container.script)
    #expect(Unpacked(path, blockBytes: blockBytes).bytes == packing.snapshot)
  }

  @Test(
    "In one container inside another",
    arguments: [
      ("gzip -c snapshot.db | gzip -c > packed", [.gzip, .gzip], nil),
      ("tar -c snapshot.db | gzip -c > packed", [.gzip, .tar], "snapshot.db"),
      ("tar -c snapshot.db | zstd -q -c > packed", [.zstd, .tar], "snapshot.db"),
      ("tar -c snapshot.db | xz -1 -c | gzip -c > packed", [.gzip, .xz, .tar], "snapshot.db"),
      ("zip -q a.zip snapshot.db; tar -c -z -f packed a.zip", [.gzip, .tar, .zip], "a.zip:snapshot.db"),
      ("mkdir d; gzip -c snapshot.db > d/a; zip -q -r - d > packed", [.zip, .gzip], "d/a"),
      ("lz4 -q -c snapshot.db | bzip2 -c > packed", [.bzip2, .lz4], nil),
      (
        "python3 -c '\(Packing.zlib)' snapshot.db > a; tar -c -f t a; python3 -c '\(Packing.zlib)' t > packed",
        [.zlib, .tar, .zlib], "a"
      ),
      (
        "zip -q - snapshot.db > a; zip -q -0 - a > b; tar -c b > c; tar -c -f packed c", [.tar, .tar, .zip, .zip],
        "c:b:a:snapshot.db"
      ),
    ] as [(String, [Container], String?)])
  func nested(script: String, containers: [Container], member: String?) async throws {
    expectSnapshot(try await packing.make("packed", script), containers, member: member)
  }

  @Test(
    "In pieces that follow one another",
    arguments: [
      ("split -b 100000 snapshot.db p.; for p in p.*; do gzip -c $p; done > packed", .gzip),
      ("split -b 100000 snapshot.db p.; for p in p.*; do zstd -q -c $p; done > packed", .zstd),
      ("split -b 100000 snapshot.db p.; for p in p.*; do xz -1 -c $p; done > packed", .xz),
      ("split -b 100000 snapshot.db p.; for p in p.*; do lz4 -q -c $p; done > packed", .lz4),
      ("split -b 100000 snapshot.db p.; for p in p.*; do bzip2 -c $p; done > packed", .bzip2),
      // What a parallel zstd puts before its frames, and a block that was filled up on a tape.
      (#"{ printf '\120\052\115\030\004\000\000\000abcd'; zstd -q -c snapshot.db; } > packed"#, .zstd),
      (#"{ printf '\133\052\115\030\004\000\000\000abcd'; lz4 -q -c snapshot.db; } > packed"#, .lz4),
      ("{ gzip -c snapshot.db; head -c 5000 /dev/zero; } > packed", .gzip),
    ] as [(String, Container)])
  func pieces(script: String, container: Container) async throws {
    expectSnapshot(try await packing.make("packed", script), [container])
  }

  @Test("By tar in each of its formats", arguments: ["gnu", "oldgnu", "pax", "posix", "ustar"])
  func tarFormats(format: String) async throws {
    let path = try await packing.make("packed", "tar --format=\(format) -c -f packed ./snapshot.db")
    expectSnapshot(path, [.tar], member: "./snapshot.db")
  }

  @Test("By tar under a name longer than a header", arguments: ["gnu", "pax"])
  func longName(format: String) async throws {
    let name = "d/" + String(repeating: "n", count: 200)
    let path = try await packing.make(
      "packed", "mkdir d; mv snapshot.db \(name); tar --format=\(format) -c -f packed \(name)")
    expectSnapshot(path, [.tar], member: name)
  }

  @Test(
    "By tar and zip under a name that is not ASCII",
    arguments: [
      "tar --format=gnu -c -f packed ü.db", "tar --format=pax -c -f packed ü.db", "zip -q - ü.db > packed",
    ])
  func names(script: String) async throws {
    let unpacked = try await Unpacked(packing.make("packed", "mv snapshot.db ü.db; \(script)"))
    #expect(unpacked.snapshots.map(\.member) == ["ü.db"])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("By tar with holes left out, at its end too", arguments: ["gnu", "pax"], ["0.0", "0.1", "1.0"])
  func sparse(format: String, version: String) async throws {
    let script = """
      truncate -s 5000000 snapshot.db
      tar -S --format=\(format) --sparse-version=\(version) -c -f packed snapshot.db
      """
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == packing.snapshot + [UInt8](repeating: 0, count: 5_000_000 - packing.snapshot.count))
  }

  @Test("By tar more than once, into one file")
  func concatenated() async throws {
    let script = "cp snapshot.db b.db; tar -c snapshot.db > a; tar -c b.db > b; cat a b b > packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.member) == ["snapshot.db", "b.db", "b.db"])
  }

  // MARK: Archives of several files

  @Test(
    "Each snapshot of an archive comes by itself, in the archive's order",
    arguments: ["tar -c -f packed b.db a.db c", "zip -q packed b.db a.db c; mv packed.zip packed"])
  func several(script: String) async throws {
    let other = try Packing.sample("01-identity-plain")
    try packing.directory.file("a.db", other)
    let unpacked = try await Unpacked(packing.make("packed", "mv snapshot.db b.db; gzip -c b.db > c; \(script)"))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.member) == ["b.db", "a.db", "c"])
    #expect(unpacked.snapshots.map(\.containers.count) == [1, 1, 2])
    #expect(unpacked.snapshots.map(\.bytes) == [packing.snapshot, other, packing.snapshot])
  }

  @Test("Files in an archive that are no snapshots are told, each by its name, unless they belong beside one")
  func otherFiles() async throws {
    let script = """
      mkdir -p d/empty d/manifests; : > d/nothing; printf 'apiVersion: v1\nkind: Pod\n' > d/manifests/pod.yaml
      head -c 300000 /dev/zero > d/zeros; echo 'x^2, not zlib' > d/text; gzip -c d/zeros > d/zeros.gz
      tar -c -f d/pods.tar d/manifests; mv snapshot.db d/n.db; tar -c -f packed d
      """
    let unpacked = try await Unpacked(packing.make("packed", script))
    let failures = unpacked.allFailures.sorted { ($0.member ?? "") < ($1.member ?? "") }
    #expect(failures.map(\.member) == ["d/nothing", "d/text", "d/zeros", "d/zeros.gz"])
    #expect(failures.map(\.code) == [.empty, .notSnapshot, .notSnapshot, .notSnapshot])
    #expect(failures.map(\.content) == [nil, .text, .zeros, .zeros])
    #expect(failures.last?.containers == [.tar, .gzip])
    #expect(unpacked.snapshots.map(\.member) == ["d/n.db"])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("A file in an archive of which nothing is known is handed out: it may be a damaged snapshot")
  func unknownFile() async throws {
    let script = "tail -c +10001 snapshot.db > d.db; tar -c -f packed d.db snapshot.db"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.snapshots.map(\.member) == ["d.db", "snapshot.db"])
    #expect(unpacked.snapshots.first?.bytes == Array(packing.snapshot.dropFirst(10_000)))
  }

  /// OpenShift's backup holds the manifests of static pods beside the snapshot.
  @Test("What belongs beside a snapshot, and what has no bytes of its own, comes by itself")
  func companions() async throws {
    let script = """
      mkdir d; ln -s snapshot.db d/link; mkfifo d/pipe; mv snapshot.db d/n.db; ln d/n.db d/o.db; echo 7 > d/version
      printf 'apiVersion: v1\nkind: Pod\n' > d/pod.yaml; tar -c -f packed d/n.db d/o.db d/link d/pipe d/pod.yaml d/version
      """
    let streams = try await SnapshotStreams(path: packing.make("packed", script))
    var parts: [String] = []
    while let part = try streams.nextPart() {
      switch part {
      case .snapshot(let stream): parts.append("snapshot \(stream.member ?? "")")
      case .companion(let content, let stream): parts.append("\(content) \(stream.member ?? "")")
      case .passedOver(let file): parts.append("\(file.reason) \(file.member ?? "")")
      }
    }
    #expect(
      parts == [
        "snapshot d/n.db", "hardLink d/o.db", "symbolicLink d/link", "specialFile d/pipe",
        "kubernetesObjects d/pod.yaml",
        "word d/version",
      ])
  }

  @Test(
    "An archive without a snapshot is told as that",
    arguments: [
      ("tar -c -f packed a b", "the tar archive holds 2 files, and no etcd snapshot"),
      ("zip -q packed a; mv packed.zip packed", "the zip archive holds one file, which is no etcd snapshot"),
      ("tar -c a b | gzip -c > packed", "the tar archive holds 2 files, and no etcd snapshot"),
      ("mkdir d; tar -c -f packed d", "the tar archive holds 0 files, and no etcd snapshot"),
      (
        "tar -c -f c.tar a; tar -c -f packed c.tar b",
        "the tar archive holds 3 files, and no etcd snapshot"
      ),
    ])
  func noSnapshot(script: String, sentence: String) async throws {
    let unpacked = try await Unpacked(packing.make("packed", "echo a > a; echo b > b; \(script)"))
    #expect(unpacked.snapshots.isEmpty)
    #expect(unpacked.failures.map(\.code) == [.noSnapshot])
    #expect(unpacked.failures.map(\.description) == [sentence])
  }

  @Test("What is packed by itself and unknown is handed out, as a plain file would be; what is known is named")
  func unknown() async throws {
    let unknown = try await Unpacked(packing.make("packed", "printf '\\002\\003' | gzip -c | xz -c > packed"))
    #expect(unknown.allFailures == [])
    #expect(unknown.snapshots.map(\.containers) == [[.xz, .gzip]])
    #expect(unknown.bytes == [2, 3])
    let text = try await Unpacked(packing.make("packed", "echo hello there | gzip -c | xz -c > packed"))
    #expect(text.failures.map(\.content) == [.text])
    #expect(text.failures.map(\.containers) == [[.xz, .gzip]])
    #expect(text.failures.first?.description.hasPrefix("text, packed as gzip in xz, not an etcd snapshot: ") == true)
  }

  @Test func `the compressions around a file are told from the inside out, up to an archive`() {
    #expect([Container].init().compression == nil)
    #expect([Container.gzip].compression == "gzip")
    #expect([Container.zstd, .gzip].compression == "gzip in zstd")
    #expect([Container.gzip, .tar].compression == nil)
    #expect([Container.gzip, .tar, .xz].compression == "xz")
  }

  @Test(
    "An empty file that was packed is an error",
    arguments: ["gzip", "zstd -q", "xz", "lz4 -q", "bzip2", "gzip | xz", "bzip2 | zstd -q"])
  func empty(program: String) async throws {
    let unpacked = try await Unpacked(packing.make("packed", "cat < /dev/null | \(program) > packed"))
    #expect(unpacked.snapshots.isEmpty)
    #expect(unpacked.failures.map(\.code) == [.empty])
  }

  // MARK: Asking for the next

  @Test(
    "A snapshot that was read in part, or not at all, hides none that follows",
    arguments: [0, 1, 4096, 100_000], ["tar -c -f packed", "zip -q packed"])
  func partly(byteCount: Int, program: String) async throws {
    let script = "for n in a b c; do cp snapshot.db $n; done; \(program) a b c; mv packed.zip packed || true"
    let streams = try await SnapshotStreams(path: packing.make("packed", script))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 1)
    defer { unsafe buffer.deallocate() }
    for name in ["a", "b", "c"] {
      let stream = try #require(try streams.next())
      #expect(stream.member == name)
      #expect(unsafe try stream.read(into: buffer) == byteCount)
      #expect(unsafe Array(buffer) == Array(packing.snapshot.prefix(byteCount)))
    }
    #expect(try streams.next() == nil)
    #expect(try streams.next() == nil)
  }
}
