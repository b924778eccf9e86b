/// The snapshots in an input, one after the other: a file or a pipe, plain or packed in any way ``Container`` knows.
///
/// ```swift
/// let streams = try SnapshotStreams(path: "backups.tar.gz")
/// while let snapshot = try streams.next() {
///   while case let count = try snapshot.read(into: buffer), count > 0 { … }
/// }
/// ```
///
/// Containers are recognised by content, inside one another too, and unpacked as they are read, with some megabytes of
/// memory for each beside its format's window. Nothing is written anywhere. To be used by one thread at a time.
public final class SnapshotStreams: @unchecked Sendable {
  /// The input's path as the caller gave it, `-` for standard input.
  public let path: String

  private let byteCount: UInt64?
  private let meter: UnpackingMeter
  /// The input, until it was looked into.
  private var input: ByteStream?
  /// The archives being read, each but the first an entry of the one before it, and the containers opened on the way.
  private var archives: [(reader: ArchiveReader, containers: [Container])] = []
  private var current: SnapshotStream?

  // What the input turned out to be.
  private var outermostArchive: Container?
  private var fileCount = 0
  /// Whether it was said what the input holds.
  private var isExplained = false
  private var lastFailure: InputError?

  /// Opens the file or pipe at `path`, read-only.
  ///
  /// Throws when it can't be opened, or is something else.
  public convenience init(path: String, limits: UnpackingLimits = UnpackingLimits()) throws(InputError) {
    self.init(path, try FileDescriptor(streaming: path), limits)
  }

  /// Reads standard input from where it stands.
  ///
  /// Throws when it is closed, or a terminal.
  public static func standardInput(limits: UnpackingLimits = UnpackingLimits()) throws(InputError) -> SnapshotStreams {
    SnapshotStreams(InputList.standardInput, try FileDescriptor(duplicating: 0), limits)
  }

  init(_ path: String, _ file: consuming FileDescriptor, _ limits: UnpackingLimits) {
    self.path = path
    let reader = FileReader(file)
    byteCount = reader.byteCount
    meter = UnpackingMeter(limits)
    input = ByteStream(reader, depth: 0, member: nil, meter)
  }

  /// The next snapshot; nil when there are no more. What was not read of the one before is passed over, and it can't be
  /// read any longer.
  ///
  /// In an archive only bbolt files are snapshots, damaged ones included; an input that is no archive is taken for one
  /// whatever it holds. Throws for each part of the input that can't be looked into, and goes on behind it when it is
  /// called again; the input is known to be whole only when nothing was thrown up to the end. A fault that a snapshot
  /// ended with is not told again.
  public func next() throws(InputError) -> SnapshotStream? {
    lastFailure = current?.failure ?? lastFailure
    current = nil
    while current == nil, input != nil || !archives.isEmpty {
      do throws(InputError) {
        current = try lookFurther()
      } catch {
        (lastFailure, isExplained) = (error, true)
        throw error
      }
    }
    guard current != nil || isExplained else {
      isExplained = true
      throw noSnapshot
    }
    isExplained = true
    return current
  }

  /// Looks into the input, or into the next file of the innermost archive; answers the snapshot that it is.
  private func lookFurther() throws(InputError) -> SnapshotStream? {
    if let whole = input {
      input = nil
      return try snapshot(in: whole, [])
    }
    guard let archive = archives.last else { return nil }
    guard let file = try nextFile(of: archive.reader) else { return nil }
    fileCount += 1
    let bytes = ByteStream(file, depth: archive.containers.count, member: file.member, meter)
    return try snapshot(in: bytes, archive.containers)
  }

  /// The next file of the innermost archive, which is left at its end.
  private func nextFile(of archive: ArchiveReader) throws(InputError) -> EntryReader? {
    do throws(InputError) {
      if let file = try archive.nextFile() { return file }
      archives.removeLast()
    } catch {
      archives.removeLast()
      // What ends a file in an archive too early may end the archive, and those around it.
      if error != lastFailure { throw error }
    }
    return nil
  }

  /// Opens containers until a snapshot comes to light, or an archive, which is left to be read. Nil for anything else.
  private func snapshot(in stream: ByteStream, _ containers: [Container]) throws(InputError) -> SnapshotStream? {
    switch StreamContent(of: stream) {
    case .snapshot: return snapshot(stream, containers)
    case .container(let container): return try open(container, stream, containers)
    case .other:
      if let failure = stream.failure { throw failure }
      // Inside an archive, other files are none of our business.
      guard archives.isEmpty else { return nil }
      guard !stream.lookAhead(1).isEmpty else { throw empty(containers) }
      return snapshot(stream, containers)
    }
  }

  private func open(_ container: Container, _ packed: ByteStream, _ containers: [Container]) throws(InputError)
    -> SnapshotStream?
  {
    let layer = Layer(container: container, member: packed.member)
    guard containers.count < UnpackingLimits.depth else {
      throw InputError(
        .nestedTooDeep,
        "more than \(UnpackingLimits.depth) containers lie in one another, perhaps made to exhaust this machine",
        member: layer.member)
    }
    let reader: any ByteReader
    switch container {
    case .tar, .zip:
      outermostArchive = outermostArchive ?? container
      archives.append((try ArchiveReader(layer, of: packed), containers + [container]))
      return nil
    case .gzip, .zlib: reader = Inflater(layer, of: packed)
    case .xz: reader = XZDecoder(layer, of: packed)
    case .zstd: reader = try FilterReader(.zstd, layer, of: packed)
    case .lz4: reader = try FilterReader(.lz4, layer, of: packed)
    case .bzip2: reader = try FilterReader(.bzip2, layer, of: packed)
    }
    let unpacked = ByteStream(reader, depth: containers.count + 1, member: packed.member, meter)
    return try snapshot(in: unpacked, containers + [container])
  }

  private func snapshot(_ bytes: ByteStream, _ containers: [Container]) -> SnapshotStream {
    SnapshotStream(
      path: path, containers: containers, byteCount: containers.isEmpty ? byteCount : nil, bytes,
      limit: meter.limits.byteCount)
  }

  private func empty(_ containers: [Container]) -> InputError {
    InputError(
      .empty,
      containers.last.map { "the \($0.rawValue) data holds nothing: what was packed was empty" } ?? "the file is empty")
  }

  private var noSnapshot: InputError {
    let name = outermostArchive?.rawValue ?? ""
    let files = fileCount == 1 ? "one file, which is no etcd snapshot" : "\(fileCount) files, and no etcd snapshot"
    return InputError(.noSnapshot, "the \(name) archive holds \(files)")
  }
}
