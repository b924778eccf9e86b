import CLibarchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One container, open in libarchive, which is told what it is and tries nothing else.
///
/// Codes, from archive.h: negative ones are faults, the worst of which, `ARCHIVE_FATAL`, ends the reading.
@safe final class LibarchiveReader {
  /// What libarchive reads.
  enum Format {
    case tar
    case zip
    /// Anything, packed by a filter.
    case filtered(FilterReader.Filter)
  }

  private let container: NamedContainer
  private let blocks: PackedBlocks
  private let handle: OpaquePointer

  /// Bytes of the container that libarchive was given so far.
  private(set) var packedBytes: UInt64 = 0
  private var packedIsAtEnd = false
  private var packedFailure: InputError?
  /// What follows the block of data that was given last.
  private var dataFailure: InputError?

  /// Opens the container that `packed` holds.
  init(_ format: Format, _ container: NamedContainer, of packed: any ByteReader) throws(InputError) {
    self.container = container
    blocks = PackedBlocks(of: packed)
    guard let handle = unsafe archive_read_new() else { throw container.lackingMemory }
    unsafe self.handle = handle
    guard unsafe Self.prepare(handle, format) == ARCHIVE_OK else {
      throw unsafe archive_errno(handle) == ENOMEM
        ? container.lackingMemory : container.unsupported("libarchive was built without it")
    }
    // Sound: libarchive calls back only inside calls that this value makes, so it is there by then.
    let code = unsafe archive_read_open2(
      handle, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, reader, block in
        guard let reader = unsafe reader, let block = unsafe block else { return -1 }
        return unsafe Unmanaged<LibarchiveReader>.fromOpaque(reader).takeUnretainedValue().deliver(&block.pointee)
      }, nil, nil)
    try check(code)
  }

  deinit {
    unsafe archive_read_free(handle)
  }

  /// Tells libarchive what to expect; answers its code.
  private static func prepare(_ handle: OpaquePointer, _ format: Format) -> Int32 {
    switch format {
    case .tar:
      // Archives may follow one another; and so the end is that of the bytes, not some zeros before it.
      let code = unsafe archive_read_support_format_tar(handle)
      return code == ARCHIVE_OK ? unsafe archive_read_set_options(handle, "tar:read_concatenated_archives") : code
    case .zip:
      return unsafe archive_read_support_format_zip_streamable(handle)
    case .filtered(let filter):
      // What comes out of the filter is taken as it is: libarchive calls that the format raw, and it has one entry. The
      // filter for compress reads its header when it is appended, before there is anything to read (libarchive 3.6:
      // archive_read_support_filter_compress.c, a null pointer then), so it is only offered.
      let code =
        filter == .compress
        ? unsafe archive_read_support_filter_compress(handle)
        : unsafe archive_read_append_filter(handle, filter.rawValue)
      return code == ARCHIVE_OK ? unsafe archive_read_set_format(handle, ARCHIVE_FORMAT_RAW) : code
    }
  }

  /// Where in the container the last header was looked for, in bytes from its start.
  var headerPosition: Int64 { unsafe archive_read_header_position(handle) }

  /// Bytes of the container that were used, of those that were given.
  var usedBytes: Int64 { unsafe archive_filter_bytes(handle, -1) }

  /// Whether the bytes of the container could be read as far as they were asked for.
  var isPackedSound: Bool { packedFailure == nil }

  /// Whether libarchive recognised the data of `filter`, if it was only offered.
  func unpacks(_ filter: FilterReader.Filter) -> Bool { unsafe archive_filter_code(handle, 0) == filter.rawValue }

  /// What libarchive calls the format, such as `ZIP 2.0 (deflation)`; that of the last header, where they differ.
  var formatName: String { unsafe archive_format_name(handle).map { unsafe String(cString: $0) } ?? "" }

  /// The next header, which is there until the one after it is asked for; nil at the end.
  func nextHeader() throws(InputError) -> OpaquePointer? {
    dataFailure = nil
    var entry: OpaquePointer?
    let code = unsafe archive_read_next_header(handle, &entry)
    if code == ARCHIVE_EOF { return nil }
    // A warning is about a name that has no form in this locale.
    if code != ARCHIVE_WARN { try check(code) }
    return unsafe entry
  }

  /// Passes over what is left of the data that belongs to the last header; throws when nothing comes after it.
  func skipData() throws(InputError) {
    let code = unsafe archive_read_data_skip(handle)
    if code == ARCHIVE_FATAL { try check(code) }
  }

  /// The next block of data, where it stands in the whole, and whether it is the end. Between blocks may be holes.
  func nextData() throws(InputError) -> (block: UnsafeRawBufferPointer, offset: UInt64, isEnd: Bool) {
    if let dataFailure {
      self.dataFailure = nil
      throw dataFailure
    }
    var start: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    let code = unsafe archive_read_data_block(handle, &start, &count, &offset)
    if code != ARCHIVE_EOF { try checkData(code, count: count, end: offset &+ Int64(count)) }
    guard let offset = UInt64(exactly: offset) else { throw container.damaged("data before its start") }
    return unsafe (UnsafeRawBufferPointer(start: start, count: count), offset, code == ARCHIVE_EOF)
  }

  /// Throws what `code` means, now, or, when there are `count` bytes before the fault, the next time.
  private func checkData(_ code: Int32, count: Int, end: Int64) throws(InputError) {
    do throws(InputError) {
      try check(code)
    } catch {
      guard code != ARCHIVE_FATAL, count > 0 else { throw error }
      // Go's archive/zip, with which k3s packs, lets no header announce that the sizes behind the data have 64 bits, and
      // libarchive 3.6 takes them for 32: its warning means nothing. The data has come to an end of its own by then.
      if code == ARCHIVE_WARN, end > UInt32.max { return }
      dataFailure = error
    }
  }

  /// Reads the container to its end, past what libarchive wants of it; answers whether there was anything.
  func drain() throws(InputError) -> Bool {
    var isEmpty = true
    while unsafe !(try nextBlock().isEmpty) { isEmpty = false }
    return !isEmpty
  }

  /// Puts the next block of the container into libarchive's hands: its callback for reading.
  private func deliver(_ start: inout UnsafeRawPointer?) -> Int {
    do throws(InputError) {
      let block = unsafe try nextBlock()
      unsafe start = block.baseAddress
      return block.count
    } catch {
      packedFailure = error
      return -1
    }
  }

  private func nextBlock() throws(InputError) -> UnsafeRawBufferPointer {
    let block = unsafe try blocks.next()
    packedIsAtEnd = unsafe block.isEmpty
    packedBytes += UInt64(block.count)
    return unsafe block
  }

  /// Throws what `code` means, unless it is `ARCHIVE_OK`.
  private func check(_ code: Int32) throws(InputError) {
    if code == ARCHIVE_OK { return }
    if let packedFailure { throw packedFailure }
    // Only who needs more bytes than there are has come to the end.
    if code == ARCHIVE_FATAL, packedIsAtEnd { throw container.truncated }
    let text = unsafe archive_error_string(handle).map { unsafe String(cString: $0) } ?? "unknown fault"
    if unsafe archive_errno(handle) == ENOMEM { throw container.lackingMemory }
    // zstd: common/error_private.c. It grants a window of 128 MiB unless asked for more.
    if text.contains("too much memory") { throw container.excessiveMemory }
    throw container.damaged(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }
}
