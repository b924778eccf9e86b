import Foundation

/// What `Package.swift` says of the targets in `Sources`, in its order.
struct PackageManifest {
  /// A target and what it may import.
  struct Target: Sendable, CustomStringConvertible {
    let name: String
    /// The modules of this package and of others that it depends on.
    let dependencies: [Substring]

    var description: String { name }
  }

  let targets: [Target]

  init() {
    let text = Document("Package.swift").text
    // A target ends where the next one begins.
    let starts = text.ranges(of: /\.(?:target|executableTarget|systemLibrary|testTarget)\(\s*name:/).map(\.lowerBound)
    targets = zip(starts, starts.dropFirst() + [text.endIndex]).compactMap { start, end in
      let target = text[start..<end]
      guard !target.hasPrefix(".testTarget"), !target.contains("path: \"Tests/") else { return nil }
      guard let name = target.firstMatch(of: /name: "(\w+)"/)?.1 else { return nil }
      let list = target.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
      // Products are named with their packages, which nobody imports.
      let modules = list.replacing(/, package: "[^"]*"/, with: "").matches(of: /"([^"]+)"/).map(\.1)
      return Target(name: String(name), dependencies: modules.map { Substring(String($0)) })
    }
  }
}
