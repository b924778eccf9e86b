import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The JSON of answers about cases")
struct CaseJSONTests {
  @Test func `every document is as the schema says, with no member more`() throws {
    let schema = try JSONSchema.ofCases()
    for (definition, report) in try CaseSample().reports() {
      let text = try report.json(invocation: Sample.invocation, duration: .milliseconds(1500))
      #expect(schema.violations(in: try JSONValue(parsing: text), definition: definition) == [], "\(definition)")
    }
  }

  @Test func `NDJSON has a line for each entry of a list, and tells the same`() throws {
    let schema = try JSONSchema.ofCases()
    for (definition, report) in try CaseSample().reports() {
      let whole = try JSONValue(parsing: report.json(invocation: Sample.invocation, duration: .zero))
      let lines = try report.ndjson(invocation: Sample.invocation, duration: .zero).split(separator: "\n")
        .map { try JSONValue(parsing: String($0)) }
      #expect(lines.first?["type"] == .string("start") && lines.last?["type"] == .string("end"))
      var members = (lines.first?.members ?? [:]).merging(lines.last?.members ?? [:]) { $1 }
      members["type"] = nil
      for (name, value) in members { #expect(whole[name] == value, "\(definition): \(name)") }
      for line in lines.dropFirst().dropLast() {
        let type = try #require(line["type"]?.string)
        var record = line.members ?? [:]
        record["type"] = nil
        #expect(schema.violations(in: .object(record), definition: type) == [], "\(definition): \(type)")
      }
      let listed = (whole.members ?? [:]).filter { members[$0.key] == nil }.values
        .reduce(0) { $0 + ($1.elements?.count ?? 0) }
      #expect(listed == lines.count - 2)
    }
  }

  @Test func `which credentials are to be rotated`() throws {
    let sample = CaseSample()
    let report = CaseReport(of: sample.exposures(), try sample.list(), at: "incident")
    let document = try JSONValue(parsing: report.json(invocation: Sample.invocation, duration: .zero))
    #expect(document["rotate"] == .number(4))
    #expect(document["reencryptedNeverRotated"] == .number(1))
    #expect(document["destroy"] == .number(2))
    let exposures = document["exposures"]?.elements ?? []
    #expect(exposures.compactMap { $0["rotate"] } == [true, true, false, true, true].map(JSONValue.bool))
    #expect(exposures.first?["standing"] == .string("re-encrypted"))
    #expect(exposures.last?["lastLayer"] == .string("elsewhere"))
  }

  @Test func `what says when a snapshot was taken`() throws {
    let report = CaseReport(of: try CaseSample().list(), at: "incident")
    let document = try JSONValue(parsing: report.json(invocation: Sample.invocation, duration: .zero))
    let times = document["snapshots"]?.elements?.map { $0["takenAt"] }
    #expect(times?[0]?["source"] == .string("option") && times?[0]?["precision"] == .string("day"))
    #expect(times?[0]?["zoneKnown"] == .bool(false))
    #expect(times?[1]?["form"] == .string("k3s") && times?[1]?["name"] == .string("etcd-snapshot-cp-1-1795989600"))
    #expect(times?[2] == .some(nil))
  }
}
