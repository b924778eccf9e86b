import Foundation
import Reporting
import TestSupport
import Testing

@Suite("A report that is written to a file is there whole or not at all")
struct OutputTargetTests {
  @Test func `a file appears when it is complete, for its owner alone`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/report.json"
    let target = try OutputTarget(path: path)
    try target.write("{")
    #expect(!FileManager.default.fileExists(atPath: path))
    try target.write("}\n")
    try target.complete()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "{}\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["report.json"])
  }

  @Test func `what is given up leaves what was there`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("report.json", Array("old".utf8))
    do {
      let target = try OutputTarget(path: path)
      try target.write("new")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["report.json"])
  }

  @Test func `a link that waits under the other name is not written to`() throws {
    let directory = try TemporaryDirectory()
    let victim = try directory.file("victim", Array("kept".utf8))
    let path = directory.path + "/report.json"
    try FileManager.default.createSymbolicLink(
      atPath: "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp", withDestinationPath: victim)
    #expect(throws: WriteFailure.self) { _ = try OutputTarget(path: path) }
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "kept")
  }

  @Test func `where nothing can be written, the system says why`() throws {
    #expect {
      _ = try OutputTarget(path: "/nowhere/report.json")
    } throws: { error in
      (error as? WriteFailure)?.description == "No such file or directory"
    }
  }
}
