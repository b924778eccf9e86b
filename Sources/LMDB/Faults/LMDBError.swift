/// Why a store can't be opened, read or written.
///
/// The description says what is wrong and what to do, without the store's path, which the caller knows:
///
/// ```swift
/// catch LMDBError.diskFull { … }
/// catch { print("\(path): \(error)") }
/// ```
public enum LMDBError: Error, Hashable, Sendable {
  // The directory.
  /// There is no store: no directory, or no file `data.mdb` in it.
  case missing
  /// A store was to be made where there is one.
  case exists
  /// The system does not allow it.
  case permissionDenied
  /// It can only be read: the file system is read-only, or the store was opened for reading.
  case readOnly

  // The file.
  /// `data.mdb` has nothing of LMDB.
  case notStore
  /// `data.mdb` has so many bytes, and needs so many.
  case cut(bytes: UInt64, needed: UInt64)
  /// `data.mdb` is of another version of LMDB's format than 1; LMDB 0.9 writes 1, LMDB 1.0 writes 2.
  case otherVersion(UInt32)
  /// `data.mdb` was written by a machine whose integers have another order of bytes.
  case otherByteOrder
  /// `data.mdb` is not as LMDB writes it.
  case damaged(StoreDamage)
  /// LMDB met a page that is not what it must be, and does not say which.
  case corrupted

  // The system.
  /// The disk, or the user's share of it, is full.
  case diskFull
  /// A file may not become any longer: by a limit of the process or of the file system.
  case fileTooLong
  /// The disk reports an error.
  case inputOutput
  /// The process can map no more memory.
  case mapFull
  /// The process, or the system, can open no more files.
  case tooManyFiles

  // Others.
  /// This process has the store open.
  case alreadyOpen
  /// Another program writes to the store.
  case busy
  /// Another program has the store open with a version of LMDB that locks it in another way.
  case otherLocks
  /// A signal came while another program was waited for.
  case interrupted
  /// More transactions read the store at once than it has slots for.
  case tooManyReaders

  // The call.
  /// A key has so many bytes; 1 to 511 are possible.
  case keyLength(Int)
  /// A key that was to be appended does not come after the last one.
  case keyOrder
  /// There is no table of this name.
  case missingTable(String)
  /// More tables were used than the store was opened for.
  case tooManyTables
  /// A transaction changed more pages than one can.
  case transactionTooLarge
  /// The store was opened by the process from which this one was forked.
  case forked
  /// A write failed so that nobody knows what the disk has: the store must be closed, and opened again.
  case unusable
  /// Whatever else LMDB or the system says.
  case other(code: Int32, text: String)
}

extension LMDBError {
  /// Whether the system, or another program, stands in the way, which tells nothing of what is in the store.
  public var isFromOutside: Bool {
    switch self {
    case .permissionDenied, .readOnly, .diskFull, .fileTooLong, .inputOutput, .mapFull, .tooManyFiles, .alreadyOpen,
      .busy, .otherLocks, .interrupted, .tooManyReaders:
      true
    // The codes of LMDB itself are negative; of the system's, this one blames what was asked, which the file may have brought
    // about.
    case .other(let code, _): code > 0 && code != Self.invalidArgument
    default: false
    }
  }
}

extension LMDBError: CustomStringConvertible {
  /// A sentence: what is wrong, and what to do.
  public var description: String {
    switch self {
    case .missing: "there is no store here: no file data.mdb was found"
    case .exists: "there is a store here already: choose another directory"
    case .permissionDenied:
      "permission denied: run this as the owner of the directory, who must be allowed to write to it (chmod -R u+rwX)"
    case .readOnly: "it can only be read: copy the directory to where it can be written"
    case .notStore, .cut, .otherVersion, .otherByteOrder, .damaged, .corrupted: fileSentence
    case .diskFull: "the disk is full: free some space, and run this again; what was stored before is there"
    case .fileTooLong:
      """
      a file may not become any longer: raise the limit on the size of files (ulimit -f), or move the directory to another \
      file system; what was stored before is there
      """
    case .inputOutput:
      "the disk reports an error: copy the directory to another disk, and run this again; what was stored before is there"
    case .mapFull: "the process may map no more memory: raise its limit (ulimit -v)"
    case .tooManyFiles: "too many open files: raise the limit on them (ulimit -n), and run this again"
    case .alreadyOpen: "it is open in this process already"
    case .busy: "another program writes to it: wait until that has ended, and run this again"
    case .otherLocks: "another program has it open with another version of LMDB: close that one, and run this again"
    case .interrupted: "interrupted while another program was writing to it: nothing was changed"
    case .tooManyReaders: "too many programs read it at once: wait until some have ended, and run this again"
    case .keyLength(let bytes): "a key has \(bytes) bytes, and can have 1 to \(Self.maximumKeyBytes)"
    case .keyOrder: "a key that was to be the last does not come after those that are there"
    case .missingTable(let name): "it has no table \(name): it was made by another program, or was never finished"
    case .tooManyTables: "more tables are used than it was opened for"
    case .transactionTooLarge: "too much was to be changed at once: do it in parts"
    case .forked: "it was opened before the process was forked: open it again"
    case .unusable: "a write failed for good: close it, open it again, and check it"
    case .other(let code, let text): "it can't be used: \(text) (\(code))"
    }
  }

  /// What is wrong with `data.mdb`.
  private var fileSentence: String {
    let advice = "take a copy of the directory that is whole"
    return switch self {
    case .notStore: "data.mdb is no file of LMDB: name the directory of a store"
    case .cut(0, _): "data.mdb is empty: \(advice)"
    case .cut(let bytes, let needed): "data.mdb is cut short, \(bytes) of at least \(needed) bytes are there: \(advice)"
    case .otherVersion(let version):
      "data.mdb has version \(version) of LMDB's format, and this program reads version 1: export it with the program that wrote it, and import that"
    case .otherByteOrder: "data.mdb was written by a machine with another byte order: export it there, and import that"
    case .damaged(let damage): "data.mdb is damaged, \(damage): \(advice)"
    default: "data.mdb is damaged: \(advice)"
    }
  }

  /// Bytes that a key can have (lmdb.h: `mdb_env_get_maxkeysize`; Debian builds LMDB with its default).
  static let maximumKeyBytes = 511
}
