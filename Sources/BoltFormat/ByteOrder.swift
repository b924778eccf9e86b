/// The byte order of the machine that wrote the file.
///
/// bbolt maps Go structs onto the bytes without conversion (internal/common/unsafe.go), so a file written on s390x is
/// big-endian throughout.
@frozen
public enum ByteOrder: String, Hashable, Sendable {
  /// The least byte comes first: amd64, arm64.
  case little
  /// The greatest byte comes first: s390x.
  case big
}
