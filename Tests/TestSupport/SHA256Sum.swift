import Foundation

/// The SHA-256 of `bytes`, as the system's own `sha256sum` computes it: an oracle that shares no code with `atrest`.
public func sha256sum(_ bytes: [UInt8]) throws -> [UInt8] {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try Data(bytes).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let output = Pipe()
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
  process.arguments = [file.path]
  process.standardOutput = output
  try process.runWithAllSignals()
  let line = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return [UInt8](hex: String(decoding: line.prefix(64), as: UTF8.self))
}
