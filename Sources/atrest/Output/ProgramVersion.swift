import CBuildInformation
import Cryptography
import LMDB
import SnapshotInput

/// What `--version` says: the version, what the program was built from, and the libraries that it runs with.
enum ProgramVersion {
  /// The lines, the first of which is the version alone; without the last line break.
  static var text: String {
    let width = rows.map(\.name.count).max() ?? 0
    let lines = rows.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value }
    return (["atrest \(Atrest.version)"] + lines).joined(separator: "\n")
  }

  private static var rows: [(name: String, value: String)] {
    // Sound: both give constants, and never null.
    let (commit, date) = unsafe (String(cString: build_commit()), String(cString: build_date()))
    return [("commit", commit.isEmpty ? "unknown" : commit), ("built", date.isEmpty ? "unknown" : date)]
      + CryptographicLibrary.allCases.map { ($0.rawValue, $0.version) }
      + UnpackingLibrary.allCases.compactMap { library in library.version.map { (library.rawValue, $0) } }
      + [("LMDB", LMDBLibrary.version)]
  }
}
