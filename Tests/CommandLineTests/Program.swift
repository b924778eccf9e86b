import Foundation

/// The built programs and files that the tests call.
enum Program {
  /// The executable `atrest`, from the same build as this test bundle.
  static let atrest: URL = {
    guard let found = products.lazy.map({ $0.appending(path: "atrest") }).first(where: isExecutable) else {
      fatalError("no executable atrest beside the test bundle; looked in \(products.map { $0.path() })")
    }
    return found
  }()

  /// The directory of the package.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

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
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
