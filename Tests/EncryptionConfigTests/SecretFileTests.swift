import Foundation
import TestSupport
import Testing

@testable import EncryptionConfig

@Suite("Files with secrets that are none")
struct SecretFileTests {
  @Test func `an endless file is read to the limit, and no further`() throws {
    let bytes = try SecretFile(path: "/dev/zero", limit: 1000).bytes
    #expect(bytes.count == 1001)
  }

  @Test func `a pipe into which nobody writes is refused`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.pipe("pipe")
    let error = #expect(throws: SecretFileError.self) {
      _ = try SecretFile(reading: SecretFile.open(path), limit: 1000, patience: .milliseconds(20))
    }
    #expect(error == .noWriter)
    #expect(error?.description == "this is a named pipe, and no program opened it for writing within 10 seconds")
  }

  @Test func `a pipe is read once a program writes into it`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.pipe("pipe")
    let opened = try SecretFile.open(path)
    let writer = Thread {
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      try? handle.write(contentsOf: Data("secret".utf8))
      try? handle.close()
    }
    writer.start()
    let bytes = try SecretFile(reading: opened, limit: 1000).bytes
    #expect(bytes == Array("secret".utf8))
  }

  @Test func `what was opened is read though its path is gone`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("secret", Array("secret".utf8))
    let opened = try SecretFile.open(path)
    try FileManager.default.removeItem(atPath: path)
    let bytes = try SecretFile(reading: opened, limit: 1000).bytes
    #expect(bytes == Array("secret".utf8))
  }

  @Test(arguments: ["/dev/null/nothing", "/nowhere", ""])
  func `what is not there is told`(path: String) {
    #expect(throws: SecretFileError.self) { _ = try SecretFile.open(path) }
  }

  @Test func `a directory is told of`() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: SecretFileError.self) { _ = try SecretFile.open(directory.path) }
    #expect(error == .system(EISDIR))
  }
}
