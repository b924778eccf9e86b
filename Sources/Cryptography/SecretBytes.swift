import COpenSSL

/// Key material: bytes that can't be printed, and that are wiped when the last copy of the value is gone.
///
/// They lie in memory of their own, which no core file holds and which, where the limits of the process allow, is never
/// swapped out. Copies of a value share it; it is never written after it was filled.
public struct SecretBytes: Sendable {
  private let storage: Storage

  /// Takes `bytes` over, and overwrites the array with zeros.
  ///
  /// Of an array whose storage is shared with a copy, the copy keeps its bytes.
  public init(wiping bytes: inout [UInt8]) {
    storage = Storage(bytes)
    bytes.wipe()
  }

  /// Number of bytes.
  public var byteCount: Int { storage.byteCount }

  /// What `body` makes of the bytes; nothing it returns should hold any of them.
  public func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Sound: the memory lives as long as `self`, and is written no more.
    let buffer = unsafe UnsafeRawBufferPointer(start: storage.memory.start, count: storage.byteCount)
    return try unsafe body(buffer.bytes)
  }

  /// The memory that copies share.
  private final class Storage: @unchecked Sendable {
    // Sound: nothing is written after `init`.
    let memory: ShieldedMemory
    let byteCount: Int

    init(_ bytes: [UInt8]) {
      memory = ShieldedMemory(bytes.count)
      byteCount = bytes.count
      // Sound: the memory is at least as long as what is copied.
      unsafe bytes.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        unsafe memory.start.copyMemory(from: start, byteCount: bytes.count)
      }
    }
  }
}

extension SecretBytes: Equatable {
  /// Whether both have the same bytes. Takes the same time wherever they differ; only the lengths show.
  public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    // Sound: both hold at least the bytes that are compared.
    unsafe left.byteCount == right.byteCount
      && CRYPTO_memcmp(left.storage.memory.start, right.storage.memory.start, left.byteCount) == 0
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The number of bytes, and nothing else of them.
  public var description: String { "SecretBytes(\(byteCount) bytes)" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// A mirror in which nothing is to be seen.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
