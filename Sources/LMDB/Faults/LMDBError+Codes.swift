import CLMDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension LMDBError {
  /// What `code` means, which is not 0: one of LMDB, which are negative, or `errno` as LMDB or a call of the system left it.
  package init(code: Int32) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing
    case EACCES, EPERM: self = .permissionDenied
    case EROFS: self = .readOnly
    case ENOSPC, EDQUOT: self = .diskFull
    case EFBIG: self = .fileTooLong
    case EIO: self = .inputOutput
    case ENOMEM, MDB_MAP_FULL, MDB_MAP_RESIZED: self = .mapFull
    case EMFILE, ENFILE: self = .tooManyFiles
    case EINTR: self = .interrupted
    case MDB_INVALID: self = .notStore
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INCOMPATIBLE, MDB_CURSOR_FULL, MDB_PAGE_FULL: self = .corrupted
    case MDB_READERS_FULL: self = .tooManyReaders
    case MDB_KEYEXIST: self = .keyOrder
    case MDB_DBS_FULL: self = .tooManyTables
    case MDB_TXN_FULL: self = .transactionTooLarge
    case MDB_PANIC: self = .unusable
    // Sound: LMDB answers a string that stays for each code, as strerror does for those that are not its own.
    default: self = .other(code: code, text: unsafe String(cString: mdb_strerror(code)))
    }
  }

  /// What the system says of a call that asks for what can't be.
  static let invalidArgument = EINVAL

  /// Throws what `code` means, unless it is 0.
  static func check(_ code: Int32) throws(LMDBError) {
    guard code == 0 else { throw LMDBError(code: code) }
  }

  /// Throws unless a key of so many bytes can be stored.
  static func checkKey(_ byteCount: Int) throws(LMDBError) {
    guard 1...maximumKeyBytes ~= byteCount else { throw .keyLength(byteCount) }
  }
}
