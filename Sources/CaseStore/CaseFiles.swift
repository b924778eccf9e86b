import Cryptography
import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes bytes to an open file, as the system has it: the name is that of methods too.
private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(number, bytes, count)
}

/// The files of a case beside those of its store.
enum CaseFiles {
  /// The name of the file that has the key of the digests.
  static let digestKey = "digest.key"
  private static let keyBytes = 32

  /// Whether `directory` is not there, or has nothing in it but what remains of a case that was never finished.
  static func canHoldNewCase(_ directory: String) throws(CaseError) -> Bool {
    let own: Set<String> = [digestKey, "writer.lock", "lock.mdb", "data.mdb"]
    do throws(OpenFailure) {
      let listed = try DirectoryNames(of: directory)
      return listed.repairedNames.isEmpty && own.isSuperset(of: listed.names)
    } catch {
      switch error {
      case .system(ENOENT): return true
      case .system(let code): throw CaseError(systemCode: code)
      case .kind: throw CaseError(systemCode: ENOTDIR)
      }
    }
  }

  /// Writes 32 random bytes to the file of the key, in the place of any that are there.
  static func makeDigestKey(in directory: String) throws(CaseError) -> SecretBytes {
    var bytes = [UInt8](repeating: 0, count: keyBytes)
    var generator = SystemRandomNumberGenerator()
    for place in bytes.indices { bytes[place] = generator.next() }
    let key = SecretBytes(wiping: &bytes)
    try write(key, in: directory)
    return key
  }

  /// Writes the key to its file in `directory`, readable to its owner alone.
  static func write(_ key: SecretBytes, in directory: String) throws(CaseError) {
    let number = openToWrite("\(directory)/\(digestKey)")
    guard number >= 0 else { throw failure() }
    defer { close(number) }
    let isWritten = key.withBytes { bytes in
      // Sound: the bytes are read inside the call that lends them.
      unsafe bytes.withUnsafeBytes { unsafe Self.put($0, to: number) }
    }
    guard isWritten, fsync(number) == 0 else { throw failure() }
  }

  /// Writes all of `bytes`; answers whether that succeeded, and `errno` tells why not.
  private static func put(_ bytes: UnsafeRawBufferPointer, to number: Int32) -> Bool {
    var rest = unsafe bytes
    while unsafe !rest.isEmpty {
      let count = unsafe systemWrite(number, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      // Sound: no more was written than there is.
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return true
  }

  /// Takes away what was made of a case that can't be finished. Whoever calls it has the store's lock.
  static func removeUnfinished(_ directory: String) {
    for name in [digestKey, "data.mdb", "lock.mdb", "writer.lock"] {
      // Sound: the path outlives the call.
      _ = unsafe unlink("\(directory)/\(name)")
    }
  }

  /// Whether the case in `directory` has its key: one that was imported without it has none.
  static func hasDigestKey(_ directory: String) -> Bool {
    // Sound: the path outlives the call.
    unsafe access("\(directory)/\(digestKey)", F_OK) == 0
  }

  /// Reads the key of the case in `directory`.
  static func digestKey(of directory: String) throws(CaseError) -> SecretBytes {
    try digestKey(at: "\(directory)/\(digestKey)")
  }

  /// Reads the key in the file at `path`.
  static func digestKey(at path: String) throws(CaseError) -> SecretBytes {
    let file = try openKey(path)
    var bytes = [UInt8](repeating: 0, count: keyBytes)
    var count = 0
    while count < keyBytes {
      // Sound: there is room for as many bytes as are read behind the first `count`.
      let added = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(file.number, buffer.baseAddress?.advanced(by: count), keyBytes - count)
      }
      if added < 0, errno == EINTR { continue }
      guard added >= 0 else { throw failure() }
      guard added > 0 else { break }
      count += added
    }
    guard count == keyBytes, file.state.byteCount == UInt64(keyBytes) else {
      throw .digestKey("does not have \(keyBytes) bytes")
    }
    return SecretBytes(wiping: &bytes)
  }

  private static func openKey(_ path: String) throws(CaseError) -> OpenedFile {
    do throws(OpenFailure) { return try OpenedFile(path, [.regular]) } catch {
      if case .system(let code) = error, ![EACCES, EPERM].contains(code) {
        let failure = CaseError(systemCode: code)
        if failure.isFromOutside { throw failure }
      }
      throw .digestKey("is not there, or can't be read")
    }
  }

  private static func openToWrite(_ path: String) -> Int32 {
    // Sound: the path outlives the call.
    restarting { unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600) }
  }

  private static func failure() -> CaseError { CaseError(systemCode: errno) }
}
