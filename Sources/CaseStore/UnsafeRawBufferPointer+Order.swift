#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the bytes compare that both have: less than 0 where those of `left` come first.
func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  let count = min(left.count, right.count)
  guard count > 0, let left = left.baseAddress, let right = right.baseAddress else { return 0 }
  // Sound: both have at least so many bytes.
  return unsafe Int(memcmp(left, right, count))
}
