import Foundation
import TestSupport
import Testing

/// Every Secret of the samples holds a data key whose value begins with `CANARY`.
@Suite("No value is ever printed")
struct NoValueTests {
  /// `CANARY`, and what base64 makes of it wherever it stands in a longer text.
  private let marks = ["CANARY", "Q0FOQVJZ", "NBTkFSW", "DQU5BUl"]

  private func expectNoValue(in call: Call) {
    for mark in marks {
      #expect(!call.output.contains(mark))
      #expect(!call.errors.contains(mark))
    }
  }

  @Test(arguments: Sample.all, ["text", "json", "ndjson"])
  func `of a sample`(sample: Sample, format: String) async throws {
    let call = try await Call.atrest(["verify", "--no-hash", "--color", "always", "--format", format, sample.path])
    #expect(!call.output.isEmpty)
    expectNoValue(in: call)
  }

  @Test func `the samples hold values that could be printed`() throws {
    let plaintext = try Sample.all.filter { try $0.bytes.contains(Data("CANARY".utf8)) }
    #expect(plaintext.count >= 5)
  }

  @Test(arguments: ["text", "json", "ndjson"])
  func `of a damaged one`(format: String) async throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 3)
    for number in 0..<8 {
      var bytes = try Sample.plain.bytes
      for _ in 0..<40 {
        let place = Int.random(in: 8192..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      try scratch.file("damaged-\(number).db", bytes)
    }
    let call = try await Call.atrest("verify", "--no-hash", "--format", format, scratch.path)
    #expect([1, 3].contains(call.status))
    expectNoValue(in: call)
  }

  @Test(arguments: ["text", "json", "ndjson"])
  func `of keys and names made of them, only what they are`(format: String) async throws {
    let scratch = try Scratch()
    let path = try scratch.snapshot(
      "made.db",
      [
        .plainSecret("/registry/secrets/default/a"), .plainSecret("/registry/secrets/default/b", canary: "CANARY"),
        .put("/registry/secrets/default/c", "CANARY: neither an envelope nor an object"),
        .put("/registry/secrets/default/d", "k8s:enc:aescbc:v1:key1:CANARY"),
        .put("/registry/secrets/default/e", "k8s:enc:CANARY:v1:key1:CANARY"),
        .put("/registry/secrets/default/f", #"{"kind":"Secret","apiVersion":"v1","type":"Opaque","data":{"CANARY"#),
      ])
    let call = try await Call.atrest("verify", "--format", format, path)
    #expect(call.status == 1)
    expectNoValue(in: call)
  }
}
