import Foundation

/// Called by libFuzzer before all else, with the command line: `--seeds DIRECTORY` writes the files to begin with, and ends
/// the program.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
  let arguments = CommandLine.arguments
  guard arguments.count == 3, arguments[1] == "--seeds" else { return 0 }
  do { try Seeds.write(to: arguments[2]) } catch { fatalError("\(error)") }
  exit(0)
}

/// Called by libFuzzer with one file after the other: ends the program where the readers differ about it.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard 32...DamagedSnapshot.pipeBytes ~= count else { return 0 }
  // Sound: libFuzzer lends `count` bytes from there on.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let complaints: [String]
  do { complaints = try Trial(bytes).complaints() } catch { complaints = ["\(error)"] }
  guard complaints.isEmpty else { fatalError(complaints.joined(separator: "\n")) }
  return 0
}
