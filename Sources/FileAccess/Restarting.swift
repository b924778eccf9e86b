#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a call of the system answers that opens a file, made again where a signal came while it waited (open(2), `EINTR`).
package func restarting(_ open: () -> Int32) -> Int32 {
  while true {
    let number = open()
    if number >= 0 || errno != EINTR { return number }
  }
}
