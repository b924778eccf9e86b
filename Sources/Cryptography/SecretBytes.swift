import COpenSSL

/// Key material: bytes that can't be printed, and that are wiped when the last copy of the value is gone.
///
/// Copies share the memory, which is never written after it was filled. See ``SecretMemory``.
public struct SecretBytes: Sendable {
  private let memory: SecretMemory

  /// Takes `bytes` over, and overwrites the array with zeros.
  ///
  /// Of an array whose storage is shared with a copy, the copy keeps its bytes.
  public init(wiping bytes: inout [UInt8]) {
    memory = SecretMemory(bytes)
    bytes.wipe()
  }

  /// Number of bytes.
  public var byteCount: Int { memory.byteCount }

  /// What `body` makes of the bytes; nothing it returns should hold any of them.
  public func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Sound: the memory lives as long as `self`, and is written no more.
    try unsafe body(RawSpan(_unsafeStart: memory.start, byteCount: memory.byteCount))
  }
}

extension SecretBytes: Equatable {
  /// Whether both have the same bytes. Takes the same time wherever they differ; only the lengths show.
  public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    // Sound: both hold at least the bytes that are compared.
    unsafe left.byteCount == right.byteCount
      && CRYPTO_memcmp(left.memory.start, right.memory.start, left.byteCount) == 0
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
