import Foundation
import TestSupport

/// Headless Chromium.
enum Browser {
  /// Where it is; nil where it is not installed.
  static let path: String? = {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let places = directories.flatMap { directory in ["chromium", "chromium-browser"].map { "\(directory)/\($0)" } }
    return places.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// The file of axe-core; nil where Python does not have it.
  static let axe: String? = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import axe_core_python, pathlib; print(next(pathlib.Path(axe_core_python.__file__).parent.rglob('axe.min.js')))",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil, let output = try? pipe.fileHandleForReading.readToEnd() else { return nil }
    process.waitUntilExit()
    let path = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return process.terminationStatus == 0 && !path.isEmpty ? path : nil
  }()

  /// What the browser makes of `page`, and what it complains of.
  static func dump(_ page: String) async throws -> (page: String, errors: String) {
    let directory = try TemporaryDirectory()
    return try await run(try directory.file("page.html", Array(page.utf8)), in: directory)
  }

  /// What a script in `page` posts to the page around it, in a frame of this width.
  static func answer(_ page: String, width: Int) async throws -> String {
    let directory = try TemporaryDirectory()
    try directory.file("page.html", Array(page.utf8))
    let frame = """
      <!DOCTYPE html><meta charset="utf-8"><pre id="answer"></pre><script>
      addEventListener("message", m => document.getElementById("answer").textContent = "<<" + m.data + ">>")</script>
      <iframe src="page.html" width="\(width)" height="800" style="border:0"></iframe>
      """
    let dump = try await run(try directory.file("frame.html", Array(frame.utf8)), in: directory)
    let answer = dump.page.firstMatch(of: /&lt;&lt;([\s\S]*?)&gt;&gt;/)?.output.1
    return answer.map(String.init) ?? "no answer: \(dump.errors.suffix(500))"
  }

  private static func run(_ file: String, in directory: TemporaryDirectory) async throws -> (
    page: String, errors: String
  ) {
    let run = try await ChildProcess(
      [
        path ?? "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run",
        "--user-data-dir=\(directory.path)/profile", "--enable-logging=stderr", "--window-size=1600,1000",
        "--virtual-time-budget=20000", "--dump-dom", "file://\(file)",
      ], in: directory.path, within: .seconds(120))
    return (String(decoding: run.output, as: UTF8.self), run.errors)
  }
}
