import Foundation

/// Runs the seeds of all targets and the inputs in folders that have their names, without libFuzzer: to see what of the
/// sources they reach, or under another sanitizer.
///
///   replay FOLDER…
@main
struct Replay {
  static func main() throws {
    var wrong = 0
    for target in FuzzTargets.all {
      var inputs = try target.seeds()
      for folder in CommandLine.arguments.dropFirst() {
        let directory = URL(filePath: folder).appending(path: target.name)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false))) ?? []
        for name in names.sorted() { inputs.append([UInt8](try Data(contentsOf: directory.appending(path: name)))) }
      }
      for input in inputs where input.count <= target.longestInput {
        let complaints = try target.complaints(about: input)
        for complaint in complaints { print("\(target.name): \(complaint)") }
        wrong += complaints.isEmpty ? 0 : 1
      }
      print("\(target.name): \(inputs.count) inputs")
    }
    if wrong > 0 { exit(1) }
  }
}
