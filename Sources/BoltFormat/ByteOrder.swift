/// The byte order of the machine that wrote the file.
///
/// bbolt maps Go structs onto the bytes without conversion (internal/common/unsafe.go), so a file written on s390x is
/// big-endian throughout.
@frozen
public enum ByteOrder: String, Hashable, Sendable {
  case little
  case big
}
