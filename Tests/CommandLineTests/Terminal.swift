import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pseudoterminal: what a program writes to it can be read here.
final class Terminal: Sendable {
  /// The program's side.
  let program: FileHandle
  private let reader: Int32

  /// Opens a new one of so many columns; nil: it does not tell.
  init(columns: UInt16? = nil) throws {
    var numbers: (reader: Int32, program: Int32) = (-1, -1)
    // Sound: both numbers outlive the call, which fills them, and so does the size, which it reads.
    var size = winsize(ws_row: 24, ws_col: columns ?? 0, ws_xpixel: 0, ws_ypixel: 0)
    guard unsafe openpty(&numbers.reader, &numbers.program, nil, nil, &size) == 0 else {
      throw CocoaError(.fileReadUnknown)
    }
    reader = numbers.reader
    program = FileHandle(fileDescriptor: numbers.program, closeOnDealloc: false)
  }

  deinit {
    close(reader)
  }

  /// What was written, once all programs that wrote have ended; closes their side.
  func text() throws -> String {
    try program.close()
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      // Sound: the buffer is filled inside the call that lends it.
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(reader, $0.baseAddress, $0.count) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += block.prefix(count)
    }
  }
}
