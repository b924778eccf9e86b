import CLMDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Environment {
  /// How large the store is. O(1).
  public func statistics() throws(LMDBError) -> StoreStatistics {
    try checkUsable()
    let information = unsafe information
    var statistics = MDB_stat()
    // Sound: the environment is open, and `statistics` outlives the call, which fills it.
    _ = unsafe mdb_env_stat(handle, &statistics)
    return unsafe StoreStatistics(
      pageBytes: Int(statistics.ms_psize), lastPage: UInt64(information.me_last_pgno),
      lastTransaction: UInt64(information.me_last_txnid), fileBytes: file.byteCount,
      mapBytes: UInt64(information.me_mapsize))
  }

  /// Has the disk keep what the system has of the file. Each transaction does so itself.
  public mutating func synchronize() throws(LMDBError) {
    try checkUsable()
    // Sound: the environment is open.
    try LMDBError.check(unsafe mdb_env_sync(handle, 1))
  }

  /// Clears readers that died without giving back what they kept from being used again, and answers how many. Done on opening
  /// too.
  @discardableResult
  public mutating func clearStaleReaders() throws(LMDBError) -> Int {
    try checkUsable()
    return unsafe try OpenedEnvironment.clearReaders(handle)
  }

  /// Holds every page and entry of the state that was committed last against the rules of the format.
  ///
  /// It is read and not mapped: whatever is wrong is thrown as ``LMDBError/damaged(_:)``, and kills nobody. Of what is changed
  /// inside a value it knows nothing. O(file), with 1 byte of memory for 8 pages.
  public mutating func check() throws(LMDBError) -> PageCounts {
    for attempt in 0..<StoreCheck.attempts {
      StoreCheck.pause(before: attempt)
      // It keeps pages from being used again, and reads none itself.
      let transaction = unsafe try begin(MDB_RDONLY)
      // Sound: the transaction is open until here.
      defer { unsafe mdb_txn_abort(transaction) }
      let head = try StoreHead(reading: file)
      guard head.current.transaction == UInt64(unsafe mdb_txn_id(transaction)) else { continue }
      var check = StoreCheck(file, head)
      return try check.checkAll()
    }
    throw .busy
  }

  // MARK: Copies

  /// Makes `directory`, with mode 0700, and a store in it that is this one, without the pages that are free. The store can be
  /// read and written meanwhile; the copy is what it was when this began.
  ///
  /// Throws ``LMDBError/exists`` when there is something at `directory`. Its file has its name when it is finished, and not
  /// before. O(file).
  ///
  /// - Parameter isMade: whether the directory was made already for this; it is empty then.
  public mutating func copy(to directory: String, isMade: Bool = false) throws(LMDBError) {
    try checkUsable()
    guard unsafe isMade || mkdir(directory, 0o700) == 0 else {
      throw errno == EEXIST ? .exists : LMDBError(code: errno)
    }
    let partial = "\(StorePaths.data(directory)).part"
    do throws(LMDBError) {
      try copy(toFile: partial)
      guard unsafe rename(partial, StorePaths.data(directory)) == 0 else { throw LMDBError(code: errno) }
      try OpenedEnvironment.synchronize(directory)
    } catch {
      unsafe unlink(partial)
      unsafe rmdir(directory)
      throw error
    }
  }

  private mutating func copy(toFile path: String) throws(LMDBError) {
    let number = openNew(path)
    guard number >= 0 else { throw LMDBError(code: errno) }
    defer { close(number) }
    try copy(to: number)
    guard fsync(number) == 0 else { throw LMDBError(code: errno) }
  }

  /// Writes what would be the file `data.mdb` of such a copy to an open descriptor, such as that of a pipe.
  public mutating func copy(to descriptor: Int32) throws(LMDBError) {
    try checkUsable()
    for _ in 0..<StoreCheck.attempts {
      // Sound: the environment is open, and there is no transaction that this could be in the way of.
      let code = unsafe mdb_env_copyfd2(handle, descriptor, UInt32(MDB_CP_COMPACT))
      // Nothing was written yet where the map is too small.
      guard code == MDB_MAP_RESIZED else { return try LMDBError.check(code) }
      try enlargeMap()
    }
    throw .busy
  }
}

/// A new file, under a name that no method of an environment has; -1 where there can't be one.
private func openNew(_ path: String) -> Int32 {
  // Sound: the path outlives the call.
  unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
}
