import Foundation

/// An executable of the build to which the running test bundle belongs.
public enum BuiltProgram {
  /// Where the executable `name` lies.
  ///
  /// Throws when there is none beside the test bundle.
  public static func url(_ name: String) throws -> URL {
    guard let found = products.lazy.map({ $0.appending(path: name) }).first(where: isExecutable) else {
      throw FixtureError("no executable \(name) beside the test bundle; looked in \(products.map { $0.path() })")
    }
    return found
  }

  /// Where the build may have put its products: SwiftPM runs the bundle itself on Linux; on macOS a program of the
  /// toolchain, with the bundle's path among its arguments.
  private static let products: [URL] = {
    let bundles = Bundle.allBundles.map(\.bundleURL) + CommandLine.arguments.map { URL(filePath: $0) }
    let programs = [Bundle.main.executableURL].compactMap(\.self) + bundles.filter { $0.path().contains(".xctest") }
    return programs.flatMap { program in
      sequence(first: program.standardizedFileURL.deletingLastPathComponent()) { $0.deletingLastPathComponent() }
        .prefix(while: { $0.path() != "/" }).prefix(4)
    }
  }()

  private static func isExecutable(_ file: URL) -> Bool {
    var isDirectory: ObjCBool = false
    let path = file.path(percentEncoded: false)
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
