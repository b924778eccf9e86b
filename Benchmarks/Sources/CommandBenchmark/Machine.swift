import Foundation

/// What the measurements were made on.
public struct Machine: Codable, Hashable, Sendable {
  /// The model of the processor.
  public let processor: String
  /// Cores that are switched on.
  public let cores: Int
  /// Bytes of memory.
  public let memory: UInt64
  /// The kernel and its version.
  public let kernel: String
  /// The compiler and its version.
  public let compiler: String

  /// This machine, with a compiler that can't be told from within.
  public init(compiler: String) {
    let lines = Self.text("/proc/cpuinfo").split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    processor = model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    cores = ProcessInfo.processInfo.activeProcessorCount
    memory = ProcessInfo.processInfo.physicalMemory
    kernel = ["ostype", "osrelease"].map { Self.text("/proc/sys/kernel/\($0)") }
      .joined(separator: " ").replacing("\n", with: "")
    self.compiler = compiler
  }

  /// Programs that ran or waited for the processor, on average over the last minute; 0 when that can't be told.
  package static var load: Double { text("/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0 }

  private static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}

extension Machine: CustomStringConvertible {
  /// One line.
  public var description: String {
    "\(cores) cores, \(processor), \(memory.bytesText) of memory, \(kernel), \(compiler)"
  }
}
