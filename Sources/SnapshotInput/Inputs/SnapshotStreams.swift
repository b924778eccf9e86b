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

  /// Bytes in the input, where that is known beforehand: of a regular file.
  public let byteCount: UInt64?
  /// When the input was last written to before it was opened, in seconds since 1970; of a regular file only, and not of
  /// what standard input leads to.
  package let modified: Int64?
  /// The input itself, where it is a regular file that is read from its start.
  private let file: SnapshotFile?
  private let acceptsCompanions: Bool
  private let meter: UnpackingMeter
  /// The input, until it was looked into.
  private var input: ByteStream?
  /// The archives being read, each but the first an entry of the one before it, and the containers opened on the way.
  private var archives: [(reader: ArchiveReader, containers: [Container])] = []
  private var current: SnapshotStream?

  // What the input turned out to be.
  private var outermostArchive: Container?
  private var fileCount = 0
  private var companionCount = 0
  /// Whether it was said what the input holds.
  private var isExplained = false
  private var lastFailure: InputError?
  /// What is to be thrown behind a file that was handed out to be searched, and is no input by itself.
  private var refusal: InputError?
  /// The names in the outermost archive by which a backup of Velero is known.
  private var veleroNames: Set<String> = []

  /// Whether the file that was handed out last, as one that belongs beside a snapshot, was named as an input by itself:
  /// then an error follows.
  public var isRefusing: Bool { refusal != nil }

  /// Opens the file or pipe at `path`, read-only. A pipe is waited for until somebody writes to it.
  ///
  /// Throws when it can't be opened, or is something else.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - limits: how far it may unfold.
  ///   - acceptsCompanions: whether the file may be one that belongs beside a snapshot, as others in its directory; or
  ///     else an archive of such files alone.
  public convenience init(
    path: String, limits: UnpackingLimits = UnpackingLimits(), acceptsCompanions: Bool = false
  ) throws(InputError) {
    self.init(path, try FileDescriptor(streaming: path), limits, acceptsCompanions: acceptsCompanions)
  }

  /// Reads standard input from where it stands.
  ///
  /// Throws when it is closed, or a terminal.
  public static func standardInput(limits: UnpackingLimits = UnpackingLimits()) throws(InputError) -> SnapshotStreams {
    SnapshotStreams(InputList.standardInput, try FileDescriptor(duplicating: 0), limits)
  }

  init(
    _ path: String, _ descriptor: consuming FileDescriptor, _ limits: UnpackingLimits, acceptsCompanions: Bool = false
  ) {
    self.path = path
    self.acceptsCompanions = acceptsCompanions
    let file = OpenFile(path, descriptor)
    let reader = FileReader(file)
    modified = path == InputList.standardInput ? nil : file.descriptor.modifiedSeconds
    byteCount = reader.byteCount
    self.file = path != InputList.standardInput && reader.byteCount != nil ? SnapshotFile(file) : nil
    meter = UnpackingMeter(limits)
    input = ByteStream(reader, depth: 0, member: nil, meter)
  }

  /// Throws ``InputError/Code/fileChanged`` when the input is a regular file that was written to since it was opened, or
  /// its path leads to another one by now.
  public func checkUnchanged() throws(InputError) { try file?.checkUnchanged() }

  /// The next snapshot; nil when there are no more. All else is passed over; see ``nextPart()``.
  public func next() throws(InputError) -> SnapshotStream? {
    while let part = try nextPart() {
      if case .snapshot(let stream) = part { return stream }
    }
    return nil
  }

  /// The next file of the input; nil when there are no more. What was not read of the one before is passed over, and it
  /// can't be read any longer.
  ///
  /// In an archive as elsewhere, a file of which nothing is known is taken for a damaged snapshot. Throws for each part of
  /// the input that can't be looked into, or is known to be something else, and goes on behind it when it is called again;
  /// the input is known to be whole only when nothing was thrown up to the end. A fault that a file ended with is not told
  /// again.
  public func nextPart() throws(InputError) -> InputPart? {
    lastFailure = current?.failure ?? lastFailure
    current = nil
    if let refusal {
      self.refusal = nil
      isExplained = true
      throw refusal
    }
    while input != nil || !archives.isEmpty {
      do throws(InputError) {
        guard let part = try lookFurther() else { continue }
        take(part)
        return part
      } catch {
        (lastFailure, isExplained) = (error, true)
        throw error
      }
    }
    let isCompanion = acceptsCompanions && companionCount > 0
    guard isExplained || isCompanion else {
      isExplained = true
      throw noSnapshot
    }
    return nil
  }

  private func take(_ part: InputPart) {
    switch part {
    case .snapshot(let stream): (current, isExplained) = (stream, true)
    case .companion(_, let stream):
      current = stream
      companionCount += 1
    case .passedOver: break
    }
  }

  /// Looks into the input, or into the next file of the innermost archive; answers what that is.
  private func lookFurther() throws(InputError) -> InputPart? {
    if let whole = input {
      input = nil
      return try part(in: whole, [])
    }
    guard let archive = archives.last, let entry = try nextEntry(of: archive.reader) else { return nil }
    switch entry {
    case .file(let file):
      fileCount += 1
      noteVelero(file.member)
      let bytes = ByteStream(
        file, depth: archive.containers.count, member: file.member, modified: file.modified, meter)
      return try part(in: bytes, archive.containers)
    case .other(let member, let reason):
      return .passedOver(PassedOver(path: path, member: member, reason: reason))
    }
  }

  /// The next entry of the innermost archive, which is left at its end.
  private func nextEntry(of archive: ArchiveReader) throws(InputError) -> ArchiveReader.Entry? {
    do throws(InputError) {
      if let entry = try archive.next() { return entry }
      archives.removeLast()
    } catch {
      archives.removeLast()
      // What ends a file in an archive too early may end the archive, and those around it.
      if error != lastFailure { throw error }
    }
    return nil
  }

  /// Opens containers until a file comes to light, or an archive, which is left to be read: then the answer is nil.
  private func part(in stream: ByteStream, _ containers: [Container]) throws(InputError) -> InputPart? {
    switch StreamContent(of: stream) {
    case .snapshot: return .snapshot(snapshot(stream, containers))
    case .container(let container): return try open(container, stream, containers)
    case .file(let content):
      if let failure = stream.failure { throw failure }
      if !acceptsCompanions, archives.isEmpty || !content.isCompanion {
        let error = notSnapshot(content, stream.member, containers)
        guard content.mayHoldSecrets else { throw error }
        refusal = error
      } else if !content.isCompanion {
        throw notSnapshot(content, stream.member, containers)
      }
      return .companion(content, snapshot(stream, containers))
    case .other:
      if let failure = stream.failure { throw failure }
      guard !stream.lookAhead(1).isEmpty else { throw empty(stream.member, containers) }
      return .snapshot(snapshot(stream, containers))
    }
  }

  private func open(_ kind: Container, _ packed: ByteStream, _ containers: [Container]) throws(InputError)
    -> InputPart?
  {
    let container = NamedContainer(kind: kind, member: packed.member)
    guard containers.count < UnpackingLimits.depth else {
      throw InputError(
        .nestedTooDeep,
        "more than \(UnpackingLimits.depth) containers lie in one another, perhaps made to exhaust this machine",
        member: container.member)
    }
    let reader: any ByteReader
    switch kind {
    case .tar, .zip:
      outermostArchive = outermostArchive ?? kind
      archives.append((try ArchiveReader(container, of: packed), containers + [kind]))
      return nil
    case .gzip, .zlib: reader = try Inflater(container, of: packed)
    case .xz: reader = try XZDecoder(container, of: packed)
    case .zstd: reader = try FilterReader(.zstd, container, of: packed)
    case .lz4: reader = try FilterReader(.lz4, container, of: packed)
    case .bzip2: reader = try FilterReader(.bzip2, container, of: packed)
    case .compress: reader = try FilterReader(.compress, container, of: packed)
    case .lzw: reader = LZWDecoder(container, of: packed)
    }
    let unpacked = ByteStream(
      reader, depth: containers.count + 1, member: packed.member, modified: packed.modified, meter)
    return try part(in: unpacked, containers + [kind])
  }

  private func snapshot(_ bytes: ByteStream, _ containers: [Container]) -> SnapshotStream {
    SnapshotStream(
      path: path, containers: containers, byteCount: containers.isEmpty ? byteCount : nil,
      file: containers.isEmpty ? file : nil, bytes, limit: meter.limits.byteCount)
  }

  // MARK: What is no snapshot

  private func empty(_ member: String?, _ containers: [Container]) -> InputError {
    let packer = containers.compression == nil ? nil : containers.last?.rawValue
    let isStandardInput = path == InputList.standardInput && containers.isEmpty
    var error = InputError(
      .empty,
      packer.map { "the \($0) data holds nothing: what was packed was empty" }
        ?? (isStandardInput ? "nothing came by standard input" : "the file is empty"),
      member: member)
    error.containers = containers
    return error
  }

  private func notSnapshot(_ content: FileContent, _ member: String?, _ containers: [Container]) -> InputError {
    let holder = containers.compression.map { ", packed as \($0)" } ?? ""
    var error = InputError(
      .notSnapshot, "\(content.noun)\(holder), not an etcd snapshot: \(content.advice)", member: member)
    error.containers = containers
    error.content = content
    return error
  }

  /// velero.io, "Output file format": a backup has its version in `metadata/version`, and below `resources` a directory
  /// for each resource.
  private func noteVelero(_ member: String) {
    let name = member.hasPrefix("./") ? member.dropFirst(2) : member[...]
    if name == "metadata/version" { veleroNames.insert("metadata/version") }
    if name.hasPrefix("resources/") { veleroNames.insert("resources") }
  }

  private var noSnapshot: InputError {
    if veleroNames.count == 2 {
      var error = InputError(
        .noSnapshot, "\(FileContent.veleroBackup.noun), not an etcd snapshot: \(FileContent.veleroBackup.advice)")
      error.containers = outermostArchive.map { [$0] } ?? []
      error.content = .veleroBackup
      return error
    }
    let name = outermostArchive?.rawValue ?? ""
    let files = fileCount == 1 ? "one file, which is no etcd snapshot" : "\(fileCount) files, and no etcd snapshot"
    var error = InputError(.noSnapshot, "the \(name) archive holds \(files)")
    error.containers = outermostArchive.map { [$0] } ?? []
    return error
  }
}
