import Testing
import VerificationModel

@testable import Reporting

@Suite("The report as CSV")
struct CSVReportTests {
  @Test func `a row for each finding, error and waived finding`() throws {
    let snapshot = Sample.mixed.waiving([Sample.plaintextFinding(.plaintextLive, name: "w").waived(until: "2026-05-31")]
    )
    let table = try CSVTable(parsing: CSVReport().text([snapshot, Sample.damaged]))
    #expect(table.records.allSatisfy { $0.count == CSVReport.columns.count })
    let kinds = table.rows.map { $0["kind"] ?? "" }
    #expect(kinds == Array(repeating: "finding", count: 7) + ["waived", "error", "error", "omitted"])
    let first = table.rows[0]
    #expect(first["snapshot"] == "backup.db")
    #expect(first["verdict"] == "fail")
    #expect(first["rule"] == "plaintext-live")
    #expect(first["severity"] == "critical")
    #expect(first["key"] == "/registry/secrets/default/db")
    #expect(first["revision"] == "42")
    #expect(first["data_keys"] == "password u")
    let waived = table.rows[7]
    #expect(waived["waived_because"] == "moves in May")
    #expect(waived["accepted_by"] == "ciso@example.com")
    #expect(waived["waived_until"] == "2026-05-31")
    #expect(table.rows[8]["rule"] == "hash-mismatch")
    #expect(table.rows[10]["message"] == "3 more errors, not listed")
  }

  @Test func `what is not listed is counted`() throws {
    var snapshot = Sample.mixed
    snapshot.findings = []
    snapshot.waivedCounts = [.staleKey: 2]
    let rows = try CSVTable(parsing: CSVReport().text([snapshot])).rows
    #expect(rows.map { $0["kind"] } == ["omitted", "omitted"])
    #expect(rows[0]["message"]?.hasPrefix("7 more findings, not listed") == true)
    #expect(rows[1]["message"]?.hasPrefix("2 more waived findings, not listed") == true)
  }

  @Test(arguments: Sample.hostileNames)
  func `a hostile name is no formula, no field of its own and no line`(name: String) throws {
    let text = try CSVReport().text([Sample.hostileSnapshot(name)])
    let table = try CSVTable(parsing: text)
    #expect(table.records.count == 4)
    #expect(table.records.allSatisfy { $0.count == CSVReport.columns.count })
    let active = Set("=+-@\t\r\n\u{FF1D}".unicodeScalars)
    #expect(table.records.joined().allSatisfy { field in field.unicodeScalars.first.map(active.contains) != true })
    // A spreadsheet breaks longer cells, and what is left over may be a formula.
    #expect(table.records.joined().allSatisfy { $0.utf16.count < 32_000 })
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .format || $0 == "\u{1B}" })
  }
}
