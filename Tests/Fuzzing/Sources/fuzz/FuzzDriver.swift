import Foundation
import TestSupport

/// What libFuzzer calls. Its own program is the main one: the environment says which target it runs.
private enum FuzzDriver {
  /// The target that `FUZZ_TARGET` names.
  static let target: any FuzzTarget.Type = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTargets.named(name) else { fatalError("FUZZ_TARGET names no target: '\(name)'") }
    return target
  }()

  /// Does what is asked for instead of fuzzing; answers whether anything was.
  static func answer(_ arguments: [String]) throws -> Bool {
    switch arguments.first {
    case "--list":
      for target in FuzzTargets.all { print("\(target.name)\t\(target.longestInput)\t\(target.summary)") }
    case "--seeds" where arguments.count == 2:
      for (number, seed) in try target.seeds().enumerated() {
        try Data(seed).write(to: URL(filePath: arguments[1]).appending(path: "seed-\(number)"))
      }
    case "--words" where arguments.count == 2:
      let lines = target.words.map { word in
        "\"" + word.map { "\\x" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\"\n"
      }
      try Data(lines.joined().utf8).write(to: URL(filePath: arguments[1]))
    default: return false
    }
    return true
  }
}

/// Called by libFuzzer before all else, with the command line: `--list` tells of the targets, `--seeds DIRECTORY` and
/// `--words FILE` write what a target begins with; each ends the program.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
  do {
    if try FuzzDriver.answer(Array(CommandLine.arguments.dropFirst())) { exit(0) }
  } catch {
    fatalError("\(error)")
  }
  return 0
}

/// Called by libFuzzer with one input after the other: ends the program where something does not hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Sound: libFuzzer lends `count` bytes from there on.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard bytes.count <= FuzzDriver.target.longestInput else { return -1 }
  let complaints: [String]
  do { complaints = try FuzzDriver.target.complaints(about: bytes) } catch { complaints = ["\(error)"] }
  guard complaints.isEmpty else { fatalError(complaints.joined(separator: "\n")) }
  return 0
}

/// libFuzzer's own mutations: changes `count` bytes, and answers how many there are then, `limit` at most.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int, _ limit: Int) -> Int

/// Called by libFuzzer in the place of its own mutations: what it makes has the right checksums, mostly.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
  var random = SeededGenerator(seed: UInt64(seed))
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let mutated = FuzzDriver.target.mutated(bytes, atMost: limit, &random) { bytes, limit in
    let limit = max(1, limit)
    var bytes = Array(bytes.prefix(limit))
    let count = bytes.count
    bytes += [UInt8](repeating: 0, count: limit - count)
    // Sound: the buffer has `limit` bytes.
    let changed = unsafe bytes.withUnsafeMutableBufferPointer { unsafe mutateBytes($0.baseAddress, count, limit) }
    return Array(bytes.prefix(changed))
  }
  guard mutated.count <= limit else { return count }
  // Sound: libFuzzer lends `limit` bytes.
  for (index, byte) in mutated.enumerated() { unsafe start[index] = byte }
  return mutated.count
}
