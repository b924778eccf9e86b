/// One container of an input: its kind, and the entry of an archive that it is; what is told of its faults.
struct NamedContainer: Sendable {
  let kind: Container
  /// The entry, as ``SnapshotStream/member`` names it; nil for a container that is the input itself.
  let member: String?

  private var name: String {
    switch kind {
    case .zip, .tar: "\(kind.rawValue) archive"
    default: "\(kind.rawValue) data"
    }
  }

  /// The container ends before its time.
  var truncated: InputError {
    InputError(
      .containerTruncated,
      "the \(name) ends too early: it was cut when it was written or copied; fetch it again, or take a new snapshot",
      member: member)
  }

  /// The container is not what its format wants, by the words of the library that reads it.
  func damaged(_ detail: String) -> InputError {
    InputError(
      .containerDamaged, "the \(name) is damaged (\(detail)): fetch it again, or take a new snapshot", member: member)
  }

  /// The container is followed by something else, which nobody looked at.
  var trailingData: InputError {
    InputError(
      .containerTrailingData,
      "other bytes follow the \(name), which were not examined: find out what they are, or fetch it again",
      member: member)
  }

  /// The container uses a method or an option of its format that is not read here.
  func unsupported(_ method: String) -> InputError {
    InputError(
      .unsupportedCompression,
      "the \(name) is compressed in a way that is not supported (\(method)): unpack it first, then verify the snapshot",
      member: member)
  }

  /// The container needs a password.
  var encrypted: InputError {
    InputError(
      .containerEncrypted,
      "the \(name) is encrypted: unpack it with its password first, then verify the snapshot inside", member: member)
  }

  /// The system gives no memory to unpack the container with.
  var lackingMemory: InputError {
    InputError(
      .excessiveMemory,
      "the \(name) can't be unpacked: the system gives no more memory, so verify it where there is more",
      member: member)
  }

  /// The container asks for a larger window than is granted.
  var excessiveMemory: InputError {
    let limit = UnpackingLimits.windowBytes >> 20
    return InputError(
      .excessiveMemory,
      "unpacking the \(name) takes more than \(limit) MiB of memory: unpack it first, then verify the snapshot inside",
      member: member)
  }
}
