import CZlib

/// What zlib keeps while it inflates: owned here, at an address that zlib relies on.
@safe struct InflateState: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// A state for the data of a container, which is ``Container/gzip`` or ``Container/zlib``.
  ///
  /// Throws ``InputError/Code/excessiveMemory`` when the system gives zlib no memory.
  init(_ container: NamedContainer) throws(InputError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // zlib.h: the greatest window, 32 KiB; 16 more asks for a gzip header and trailer.
    let windowBits: Int32 = container.kind == .gzip ? 15 + 16 : 15
    // Sound: the size is that of what `stream` points to, by which zlib checks that both mean the same.
    let code = unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code != Z_MEM_ERROR else { throw container.lackingMemory }
    precondition(code == Z_OK, "zlib is another version than the one it was compiled against")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether all input was used.
  var needsInput: Bool { unsafe stream.pointee.avail_in == 0 }

  /// The next byte of the input; nil when all was used.
  var nextByte: UInt8? { needsInput ? nil : unsafe stream.pointee.next_in.pointee }

  /// What zlib says about its last fault.
  var message: String { unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "unknown fault" }

  /// Gives the input that follows what was used. It must stay where it is until then.
  func use(_ input: UnsafeRawBufferPointer) {
    // Sound: zlib reads from there, and doesn't write, whatever its type says.
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointee.avail_in = UInt32(input.count)
  }

  /// Passes over ``nextByte``.
  func skipByte() {
    unsafe stream.pointee.next_in += 1
    unsafe stream.pointee.avail_in -= 1
  }

  /// Inflates to the front of `output`; answers the number of bytes and zlib's code.
  func inflate(into output: UnsafeMutableRawBufferPointer) -> (byteCount: Int, code: Int32) {
    let room = UInt32(clamping: output.count)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = room
    // Sound: zlib writes at most `room` bytes.
    let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
    return unsafe (Int(room - stream.pointee.avail_out), code)
  }

  /// Makes ready for another stream of the same kind, which begins with the next byte of the input.
  func reset() {
    unsafe inflateReset(stream)
  }
}
