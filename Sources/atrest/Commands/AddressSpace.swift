import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The addresses that a limit leaves this process (`ulimit -v`).
///
/// A Swift program can't go on where memory is refused: it ends with SIGABRT. So what a limit makes impossible is told before
/// anything is read.
enum AddressSpace {
  /// What reading one file takes at most, whatever its size, and what each further one takes that is read at once; rows of
  /// large stores come on top.
  private static let (ofFirst, ofFurther) = (64 << 20, 24 << 20)

  /// Makes sure that `count` files can be read, at most `jobs` at once. Where a limit does not leave so much, that is printed.
  static func check(files count: Int, jobs: Int) throws(ExitStatus) {
    let byteCount = ofFirst + max(0, min(count, jobs) - 1) * ofFurther
    guard isLimited, !canMap(byteCount) else { return }
    let advice = min(count, jobs) > 1 ? "raise it, or read fewer files at once (--jobs)" : "raise it"
    StandardOutput.sendError(
      WrongCall.line(
        "the limit on memory (ulimit -v) leaves less than the \(UInt64(byteCount) >> 20) MiB that are needed: \(advice)"
      ))
    throw .unreadable
  }

  private static var isLimited: Bool {
    var limit = rlimit()
    // Sound: `limit` outlives the call, which fills it.
    #if canImport(Glibc)
      let status = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      let status = unsafe getrlimit(RLIMIT_AS, &limit)
    #endif
    return status == 0 && limit.rlim_cur < 1 << 47
  }

  private static func canMap(_ byteCount: Int) -> Bool {
    // Sound: the mapping is nobody's, and is taken away at once.
    let start = unsafe mmap(nil, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else { return false }
    return unsafe munmap(start, byteCount) == 0
  }
}
