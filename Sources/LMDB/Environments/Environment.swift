import CLMDB
import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open store: a directory with an LMDB environment, whose tables are read and written in transactions.
///
/// ```swift
/// var store = try Environment(writing: path, tables: 4, waiting: { print("another program writes: waiting") })
/// try store.write { transaction throws(LMDBError) in
///   let table = try transaction.makeTable("names")
///   try transaction.put(name.span.bytes, for: key.span.bytes, in: table)
/// }
/// ```
///
/// A transaction needs the store for itself, which the compiler sees to: none can be begun inside another. Keep them short.
/// While one reads, in this process or another, no page that it may need is used again, and the file grows.
///
/// In the directory lie `data.mdb`, LMDB's `lock.mdb`, and `writer.lock`, by which one program at a time writes; all can be
/// read by nobody but their owner. Copies of the directory are stores, wherever they are, if nothing was written meanwhile:
/// ``copy(to:)`` makes one at any time.
///
/// What is in `data.mdb` is held against the rules of its format before it is mapped. But a file that is cut short, or
/// overwritten, while it is open kills the process.
@safe public struct Environment: ~Copyable, @unchecked Sendable {
  // Sound to hand from thread to thread: whatever changes the environment needs it for itself, and a transaction that writes
  // begins and ends in one call, so in one thread, as LMDB demands.

  private let opened: OpenedEnvironment
  private let lock: StoreLock?
  private let claim: StoreClaim
  private let process = getpid()
  private var isMapped = true

  /// Makes a store in `directory`, which is made too when it is missing, with mode 0700, and opens it for writing.
  ///
  /// Throws ``LMDBError/exists`` when there is one. Of one that can't be made, nothing stays. One that was not finished because
  /// the process died is no store: take it away.
  ///
  /// - Parameter tables: how many tables can be used at most.
  public init(creating directory: String, tables: Int) throws(LMDBError) {
    // Sound: the path outlives the call.
    let isMade = unsafe mkdir(directory, 0o700) == 0
    guard isMade || errno == EEXIST else { throw LMDBError(code: errno) }
    do throws(LMDBError) {
      let claim = try StoreClaim(directory)
      let lock = try StoreLock(StorePaths.lock(directory), .exclusive, waiting: nil)
      self.init(claim, lock, try OpenedEnvironment(creating: directory, tables))
    } catch {
      if isMade {
        // Sound: as above. Nobody else can have used what was in the directory; one that is not empty stays.
        unsafe unlink(StorePaths.lock(directory))
        _ = unsafe rmdir(directory)
      }
      throw error
    }
  }

  /// Opens the store in `directory` for reading. Others may write to it meanwhile: each transaction sees what was committed
  /// before it.
  ///
  /// Where the table of readers can't be written, since the directory or the file system is read-only, or is full and has no
  /// table yet, writers are kept away by the lock instead.
  ///
  /// - Parameters:
  ///   - tables: how many tables can be used at most.
  ///   - waiting: is called once if the lock is needed, and another program has it; that program is waited for then. Without
  ///     it ``LMDBError/busy`` is thrown.
  public init(reading directory: String, tables: Int, waiting: (() -> Void)? = nil) throws(LMDBError) {
    let claim = try StoreClaim(directory)
    if let opened = try OpenedEnvironment(registeringIn: directory, tables) {
      self.init(claim, nil, opened)
    } else {
      let path = StorePaths.lock(directory)
      let lock = StorePaths.isThere(path) ? try StoreLock(path, .shared, waiting: waiting) : nil
      self.init(claim, lock, try OpenedEnvironment(opening: directory, tables, flags: MDB_RDONLY | MDB_NOLOCK))
    }
  }

  /// Opens the store in `directory` for writing, and for reading too.
  ///
  /// - Parameters:
  ///   - tables: how many tables can be used at most.
  ///   - waiting: is called once if another program writes, which is waited for then. Without it ``LMDBError/busy`` is thrown.
  public init(writing directory: String, tables: Int, waiting: (() -> Void)? = nil) throws(LMDBError) {
    let claim = try StoreClaim(directory)
    guard StorePaths.isThere(StorePaths.data(directory)) else { throw .missing }
    let lock = try StoreLock(StorePaths.lock(directory), .exclusive, waiting: waiting)
    self.init(claim, lock, try OpenedEnvironment(opening: directory, tables, flags: 0))
  }

  private init(_ claim: consuming StoreClaim, _ lock: consuming StoreLock?, _ opened: OpenedEnvironment) {
    self.claim = claim
    self.lock = lock
    self.opened = opened
  }

  deinit {
    // Sound: nothing uses the environment any more. One that was forked along stays: LMDB would close it for the other process
    // too (lmdb.h, "Caveats").
    if getpid() == process { unsafe mdb_env_close(handle) }
  }

  /// How many readers had died without giving back what they kept from being used again, and were cleared on opening.
  public var staleReaders: Int { opened.staleReaders }

  var handle: OpaquePointer { unsafe opened.handle }
  var file: StoreFile { opened.file }

  // MARK: Transactions

  /// Reads the state of the store that was committed last.
  ///
  /// Nothing can be changed in it. Whatever `body` throws goes on to the caller.
  public mutating func read<Answer, Failure: TransactionFailure>(
    _ body: (borrowing Transaction) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let handle = unsafe try begin(MDB_RDONLY, as: Failure.self)
    // Sound: the transaction is open until here, and nobody has it any more. Unlike to abort, to commit keeps the tables that it
    // opened (mdb.c, mdb_dbis_update).
    defer { _ = unsafe mdb_txn_commit(handle) }
    return try body(unsafe Transaction(handle, TransactionOutcome()))
  }

  /// Makes a new state of the store: after `body` has returned, all of it is on the disk, and before, nothing of it is for
  /// anybody else.
  ///
  /// Nothing is changed when `body` throws, or the process dies. What `body` throws goes on to the caller.
  ///
  /// **`body` must be such that it can run again**: where the map is too small for what it writes, all is undone, the map is
  /// enlarged to twice its size, and `body` begins anew. What it changes outside of the transaction it must set, not add to.
  ///
  /// Up to about 130,000 pages can be changed at once in memory, 512 MiB where a page has 4096 bytes: LMDB writes some of them
  /// early beyond that, and is slower and less tried there.
  public mutating func write<Answer, Failure: TransactionFailure>(
    _ body: (inout Transaction) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    while true {
      let outcome = TransactionOutcome()
      let handle = unsafe try begin(0, as: Failure.self)
      let answer: Answer
      do throws(Failure) {
        var transaction = unsafe Transaction(handle, outcome)
        answer = try body(&transaction)
      } catch {
        // Sound: the transaction is open, and is not used after this.
        unsafe mdb_txn_abort(handle)
        guard outcome.failure == MDB_MAP_FULL else { throw error }
        try enlarge(as: Failure.self)
        continue
      }
      let code = unsafe end(handle, outcome)
      if code == 0 { return answer }
      guard code == MDB_MAP_FULL else { throw Failure(file.writeFault(code)) }
      try enlarge(as: Failure.self)
    }
  }

  /// Commits a transaction, unless something failed in it that its body did not tell; answers the code of LMDB.
  private func end(_ handle: OpaquePointer, _ outcome: TransactionOutcome) -> Int32 {
    guard outcome.failure == 0 else {
      // Sound: the transaction is open, and is not used after this.
      unsafe mdb_txn_abort(handle)
      return outcome.failure
    }
    // Sound: as above; one that can't be committed is aborted by it.
    return unsafe mdb_txn_commit(handle)
  }

  private mutating func begin<Failure: TransactionFailure>(
    _ flags: Int32, as failure: Failure.Type
  ) throws(Failure) -> OpaquePointer {
    do throws(LMDBError) { return unsafe try begin(flags) } catch { throw Failure(error) }
  }

  private mutating func enlarge<Failure: TransactionFailure>(as failure: Failure.Type) throws(Failure) {
    do throws(LMDBError) { try enlargeMap() } catch { throw Failure(error) }
  }

  /// Begins a transaction. Where another process has let the file outgrow the map, the map follows.
  mutating func begin(_ flags: Int32) throws(LMDBError) -> OpaquePointer {
    try checkUsable()
    for _ in 0..<StoreCheck.attempts {
      var handle: OpaquePointer?
      // Sound: the environment is open, and `handle` outlives the call, which sets it unless it fails.
      let code = unsafe mdb_txn_begin(self.handle, nil, UInt32(flags), &handle)
      if code == 0, let handle = unsafe handle { return unsafe handle }
      guard code == MDB_MAP_RESIZED else { throw code == EACCES ? .readOnly : LMDBError(code: code) }
      try enlargeMap()
    }
    throw .busy
  }

  /// Throws where the environment may not be used any more.
  func checkUsable() throws(LMDBError) {
    guard getpid() == process else { throw .forked }
    guard isMapped else { throw .unusable }
  }

  // MARK: The map

  /// Makes the map twice as large as it is, or as the file is, whichever is more. There must be no transaction.
  mutating func enlargeMap() throws(LMDBError) {
    let mapBytes = unsafe UInt64(information.me_mapsize)
    let (doubled, isTooLarge) = max(mapBytes, file.byteCount).multipliedReportingOverflow(by: 2)
    guard !isTooLarge, let byteCount = Int(exactly: doubled), Self.canMap(byteCount) else { throw .mapFull }
    // Sound: nothing points into the map while there is no transaction. Where this fails, there is none any more, and the
    // environment is not used again.
    let code = unsafe mdb_env_set_mapsize(handle, byteCount)
    isMapped = code == 0
    try LMDBError.check(code)
  }

  /// Whether the process may map so many bytes more.
  private static func canMap(_ byteCount: Int) -> Bool {
    // Sound: the mapping is nobody's, and is taken away at once.
    let start = unsafe mmap(nil, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else { return false }
    return unsafe munmap(start, byteCount) == 0
  }

  /// What LMDB says of the environment.
  var information: MDB_envinfo {
    var information = unsafe MDB_envinfo()
    // Sound: the environment is open, and `information` outlives the call, which fills it.
    _ = unsafe mdb_env_info(handle, &information)
    return unsafe information
  }
}
