import CLZMA
import CLibarchive
import CZlib

/// A library that unpacks snapshots.
public enum UnpackingLibrary: String, CaseIterable, Sendable {
  case libarchive = "libarchive"
  case bzip2 = "bzip2"
  case lz4 = "LZ4"
  case zstd = "zstd"
  case liblzma = "liblzma"
  case zlib = "zlib"

  /// The version that the process runs with, such as `3.6.2`: what it was built with may have been another one. Nil
  /// where libarchive was built without it.
  public var version: String? {
    // Sound: both give text that lasts as long as the process, and never null.
    switch self {
    case .libarchive: Self.libarchiveDetails.first
    case .bzip2: Self.libarchivePart("bz2lib")
    case .lz4: Self.libarchivePart("liblz4")
    case .zstd: Self.libarchivePart("libzstd")
    case .liblzma: unsafe String(cString: lzma_version_string())
    case .zlib: unsafe String(cString: zlibVersion())
    }
  }

  /// The version of libarchive, and of each library that it uses, as in `3.6.2 zlib/1.2.13 bz2lib/1.0.8`
  /// (libarchive, archive_version_details.c; bzip2 has the day of the release behind its version).
  private static var libarchiveDetails: [String] {
    // Sound: the text lasts until the next call, which only `--version` makes, and is copied at once.
    let details = unsafe archive_version_details().map { unsafe String(cString: $0) } ?? ""
    return details.split(separator: " ").dropFirst().map(String.init)
  }

  private static func libarchivePart(_ name: String) -> String? {
    libarchiveDetails.first { $0.hasPrefix("\(name)/") }.map { String($0.dropFirst(name.count + 1)) }
  }
}
