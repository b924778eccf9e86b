import Foundation
import TestSupport
import Testing

@testable import SnapshotInput

@Suite("Input that comes through a pipe, or from a file as it stands")
struct StreamedInputTests {
  private let packing: Packing

  init() throws { packing = try Packing() }

  private var path: String { "\(packing.directory.path)/snapshot.db" }

  /// What comes out of a pipe into which `write` writes, on another thread.
  private func throughPipe(_ write: @escaping @Sendable (FileHandle) throws -> Void) throws -> Unpacked {
    let pipe = Pipe()
    let thread = Thread {
      // A reader that gives up closes the pipe, and that is an error here.
      try? write(pipe.fileHandleForWriting)
      try? pipe.fileHandleForWriting.close()
    }
    thread.start()
    return try Unpacked(streams(of: pipe.fileHandleForReading))
  }

  private func streams(of handle: FileHandle) throws -> SnapshotStreams {
    SnapshotStreams("-", try FileDescriptor(duplicating: handle.fileDescriptor), UnpackingLimits())
  }

  @Test("A plain snapshot through a pipe")
  func plain() throws {
    let snapshot = packing.snapshot
    let unpacked = try throughPipe { try $0.write(contentsOf: snapshot) }
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.byteCount) == [nil])
    #expect(unpacked.snapshots.map(\.containers) == [[]])
    #expect(unpacked.bytes == snapshot)
  }

  @Test("Packed in any way", arguments: Packing.containers)
  func packed(_ container: (format: String, script: String)) async throws {
    let packed = try await packing.bytes("packed", container.script)
    let unpacked = try throughPipe { try $0.write(contentsOf: packed) }
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("Byte by byte, with pauses", arguments: ["cat", "gzip -c", "xz -1 -c"])
  func trickle(program: String) async throws {
    let packed = try await packing.bytes("packed", "head -c 70000 snapshot.db | \(program) > packed")
    let unpacked = try throughPipe { pipe in
      for (place, byte) in packed.enumerated() {
        try pipe.write(contentsOf: [byte])
        if place % 5000 == 20 { Thread.sleep(forTimeInterval: 0.005) }
      }
    }
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == Array(packing.snapshot.prefix(70_000)))
  }

  @Test("While signals interrupt the reading")
  func signals() throws {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    // Without SA_RESTART: what waits is interrupted.
    try #require(unsafe sigaction(SIGUSR2, &action, nil) == 0)
    let reader = pthread_self()
    let snapshot = packing.snapshot
    let unpacked = try throughPipe { pipe in
      for start in stride(from: 0, to: snapshot.count, by: 50_000) {
        for _ in 0..<3 {
          Thread.sleep(forTimeInterval: 0.002)
          pthread_kill(reader, SIGUSR2)
        }
        try pipe.write(contentsOf: snapshot[start..<min(snapshot.count, start + 50_000)])
      }
    }
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == snapshot)
  }

  @Test("From a pipe that somebody made return at once")
  func nonBlocking() throws {
    let pipe = Pipe()
    let number = pipe.fileHandleForReading.fileDescriptor
    try #require(fcntl(number, F_SETFL, O_NONBLOCK) == 0)
    let snapshot = packing.snapshot
    Thread {
      for start in stride(from: 0, to: snapshot.count, by: 100_000) {
        Thread.sleep(forTimeInterval: 0.005)
        try? pipe.fileHandleForWriting.write(contentsOf: snapshot[start..<min(snapshot.count, start + 100_000)])
      }
      try? pipe.fileHandleForWriting.close()
    }.start()
    let unpacked = try Unpacked(streams(of: pipe.fileHandleForReading))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == snapshot)
  }

  @Test("From a file that is redirected, from where it stands")
  func redirected() throws {
    for skipped in [0, 1, 8192] {
      let file = try packing.directory.file("skipped", [UInt8](repeating: 0x23, count: skipped) + packing.snapshot)
      let handle = try FileHandle(forReadingFrom: URL(filePath: file))
      try handle.seek(toOffset: UInt64(skipped))
      let unpacked = try Unpacked(streams(of: handle))
      #expect(unpacked.allFailures == [])
      #expect(unpacked.snapshots.map(\.byteCount) == [UInt64(packing.snapshot.count)])
      #expect(unpacked.bytes == packing.snapshot)
    }
  }

  @Test("A pipe that is closed before anything came is an error")
  func nothing() throws {
    let unpacked = try throughPipe { _ in }
    #expect(unpacked.snapshots.isEmpty)
    #expect(unpacked.failures.map(\.code) == [.empty])
  }

  @Test("A pipe with a name is read", .timeLimit(.minutes(20)))
  func namedPipe() async throws {
    let pipe = try packing.directory.pipe("pipe")
    let path = path
    // Open at both ends from the start, as a shell's <(…) is.
    let holder = try FileHandle(forUpdating: URL(filePath: pipe))
    let streams = try SnapshotStreams(path: pipe)
    Thread {
      try? FileHandle(forWritingTo: URL(filePath: pipe)).write(contentsOf: Data(contentsOf: URL(filePath: path)))
      try? holder.close()
    }.start()
    let unpacked = Unpacked(streams)
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("A pipe is waited for until somebody writes to it, as other programs do", .timeLimit(.minutes(20)))
  func latePipe() throws {
    let pipe = try packing.directory.pipe("pipe")
    let path = path
    Thread {
      Thread.sleep(forTimeInterval: 0.5)
      try? FileHandle(forWritingTo: URL(filePath: pipe)).write(contentsOf: Data(contentsOf: URL(filePath: path)))
    }.start()
    let unpacked = Unpacked(pipe)
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("A pipe whose writer writes nothing is empty", .timeLimit(.minutes(20)))
  func silentPipe() throws {
    let pipe = try packing.directory.pipe("pipe")
    Thread { try? FileHandle(forWritingTo: URL(filePath: pipe)).close() }.start()
    #expect(Unpacked(pipe).failures.map(\.code) == [.empty])
  }

  // MARK: Files

  @Test("A plain file is read in blocks of any size", arguments: [1, 1000, 4096, 65_536, 1 << 20])
  func blocks(blockBytes: Int) throws {
    let unpacked = Unpacked(path, blockBytes: blockBytes)
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.byteCount) == [UInt64(packing.snapshot.count)])
    #expect(unpacked.bytes == packing.snapshot)
  }

  @Test("Blocks are full, but for the last")
  func fullBlocks() async throws {
    for script in ["cp snapshot.db packed", "gzip -c snapshot.db > packed", "tar -c -f packed snapshot.db"] {
      let streams = try await SnapshotStreams(path: packing.make("packed", script))
      let stream = try #require(try streams.next())
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 10_000, alignment: 1)
      defer { unsafe block.deallocate() }
      for _ in 0..<packing.snapshot.count / 10_000 { #expect(unsafe try stream.read(into: block) == 10_000) }
      #expect(unsafe try stream.read(into: block) == packing.snapshot.count % 10_000)
      #expect(unsafe try stream.read(into: block) == 0)
      #expect(unsafe try stream.read(into: block) == 0)
      #expect(unsafe try stream.read(into: UnsafeMutableRawBufferPointer(start: nil, count: 0)) == 0)
    }
  }

  @Test("A file that became shorter while it was open is an error, one that grew is what it was")
  func resizing() throws {
    for (byteCount, code) in [(4096, InputError.Code.readFailed), (2_000_000, nil)] {
      let path = try packing.directory.file("resized", packing.snapshot)
      let streams = try SnapshotStreams(path: path)
      try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: UInt64(byteCount))
      let unpacked = Unpacked(streams)
      #expect(unpacked.allFailures.map(\.code) == (code.map { [$0] } ?? []))
      #expect(unpacked.bytes == Array(packing.snapshot.prefix(byteCount)))
    }
  }

  @Test("A file of nothing known is handed out as it is", arguments: [1, 15, 511, 512, 70_000, 300_000])
  func unknown(byteCount: Int) throws {
    var random = SeededGenerator(seed: 3)
    let bytes = random.bytes(byteCount)
    let unpacked = try Unpacked(packing.directory.file("random", bytes))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.containers) == [[]])
    #expect(unpacked.bytes == bytes)
  }

  @Test("What can't be opened is an error")
  func unopened() throws {
    func code(_ path: String) -> InputError.Code? { Unpacked(path).failures.first?.code }
    #expect(code(try packing.directory.file("empty", [])) == .empty)
    #expect(code("\(packing.directory.path)/nowhere") == .notFound)
    #expect(code(packing.directory.path) == .notRegular)
    #expect(code("/dev/null") == .notRegular)
    #expect(code("/dev/zero") == .notRegular)
  }

  @Test("A file that the system makes up when it is read is read to its end, whatever length it has beforehand")
  func madeUp() throws {
    guard FileManager.default.fileExists(atPath: "/proc/self/status") else { return }
    let unpacked = Unpacked("/proc/self/status")
    // An empty file would be told as such.
    #expect(unpacked.allFailures.map(\.code) == [.notSnapshot])
  }

  // MARK: The command line

  @Test("A minus sign stands for standard input, once")
  func minus() {
    let entries = InputList(arguments: ["-", path, "-", "./-"]).entries
    #expect(entries.map(\.path) == ["-", path, "-", "./-"])
    #expect(entries.map(\.isStandardInput) == [true, false, true, false])
    #expect(entries.map(\.error?.code) == [nil, nil, .repeatedStandardInput, nil])
    #expect(entries.allSatisfy { !$0.isFromDirectory })
  }

  @Test("Standard input that is closed, or a terminal, is an error")
  func noInput() throws {
    let closed = #expect(throws: InputError.self) { _ = try FileDescriptor(duplicating: 987_654) }
    #expect(closed?.code == .unreadable)
    let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    defer { close(terminal) }
    let error = #expect(throws: InputError.self) { _ = try FileDescriptor(duplicating: terminal) }
    #expect(error?.code == .terminal)
  }
}
