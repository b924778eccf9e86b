import Testing
import VerificationModel

@testable import Reporting

@Suite("The report as Prometheus metrics")
struct PrometheusReportTests {
  /// A sample: the metric, the labels as written, and the value.
  private struct Line: Hashable {
    let metric: Substring
    let labels: Substring
    let value: Substring
  }

  /// The samples of `text`, of which each line must be one or a comment.
  private func samples(_ text: String) throws -> [Line] {
    #expect(text.hasSuffix("\n") && !text.contains("\n\n") && !text.contains("\r"))
    return try text.split(separator: "\n").filter { !$0.hasPrefix("# ") }.map { line in
      let match = try #require(
        line.wholeMatch(of: /(atrest_[a-z_]+)(?:\{((?:[a-z0-9_]+="(?:[^"\\]|\\[\\"n])*",?)*)\})? ([0-9.e+]+)/),
        "\(line)")
      return Line(metric: match.1, labels: match.2 ?? "", value: match.3)
    }
  }

  @Test func `all samples of a metric stand together, below its help and type, and none is there twice`() throws {
    let text = try PrometheusReport().text([Sample.mixed, Sample.damaged, Sample.mixed])
    let samples = try samples(text)
    let metrics = samples.map(\.metric)
    #expect(zip(metrics, metrics.dropFirst()).count { $0 != $1 } == Set(metrics).count - 1)
    #expect(Set(samples.map { "\($0.metric){\($0.labels)}" }).count == samples.count)
    for metric in Set(metrics) {
      #expect(text.matches(of: try Regex("# HELP \(metric) [A-Z].*\n# TYPE \(metric) gauge\n\(metric)")).count == 1)
    }
    #expect(samples.contains { $0.labels.contains("snapshot=\"backup.db #3\"") })
  }

  @Test func `the figures`() throws {
    let snapshot = Sample.mixed.waiving([Sample.finding(.staleKey).waived(), Sample.finding(.staleKey).waived()])
    let samples = try samples(PrometheusReport().text([snapshot]))
    func value(_ metric: String, _ labels: String...) -> Substring? {
      samples.first { sample in sample.metric == "atrest_" + metric && labels.allSatisfy { sample.labels.contains($0) }
      }?
      .value
    }
    #expect(value("build_info", #"version="1.2.3""#) == "1")
    #expect(value("last_completion_timestamp_seconds") == "1790000002")
    #expect(value("run_duration_seconds") == "1.5")
    #expect(value("run_verdict", #"verdict="fail""#) == "1")
    #expect(value("run_verdict", #"verdict="pass""#) == "0")
    #expect(value("verdict", #"snapshot="backup.db""#, #"verdict="fail""#) == "1")
    #expect(value("snapshot_size_bytes") == "4194336")
    #expect(value("values", #"layer="live""#, #"class="plaintext""#, #"resource="secrets""#) == "2")
    #expect(value("key_values", #"provider="kmsv2""#, #"key_name="vault""#, #"layer="live""#) == "20")
    #expect(value("findings", #"rule="plaintext-history""#, #"severity="high""#) == "3")
    #expect(value("waived_findings", #"rule="stale-key""#) == "2")
    #expect(value("errors") == "0")
  }

  @Test func `no label has the name of an object`() throws {
    let text = try PrometheusReport().text([Sample.mixed])
    for name in ["\"db\"", "default/db", "token", "password"] { #expect(!text.contains(name)) }
  }

  @Test(arguments: Sample.hostileNames)
  func `a hostile name ends no label and no line`(name: String) throws {
    let text = try PrometheusReport().text([Sample.hostileSnapshot(name), Sample.hostileSnapshot(name)])
    let samples = try samples(text)
    #expect(Set(samples.map { "\($0.metric){\($0.labels)}" }).count == samples.count)
    let active: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator]
    #expect(!text.unicodeScalars.contains { $0 != "\n" && active.contains($0.properties.generalCategory) })
  }
}
