import CommandBenchmark
import Foundation

/// Results about cases as people read them: tables, in plain text or in Markdown.
public struct CaseResultsReport: Sendable {
  private let results: CaseResults

  /// How many times as much as `verify` taking in may take.
  static let ratioLimit = 1.4
  /// Bytes that a row may take in which nothing changed.
  static let rowLimit = 4.0

  /// A report about `results`.
  public init(_ results: CaseResults) { self.results = results }

  /// Plain text.
  public var text: String {
    let head =
      "\(results.machine)\natrest \(results.revision), load \(load); \(series)\n"
    return ([head] + sections.map { "\($0.title)\n\n\($0.table.text)" } + [killed]).joined(separator: "\n")
  }

  /// Markdown.
  public var markdown: String {
    let machine = results.machine
    let day = results.date.formatted(.iso8601.year().month().day())
    return """
      # Results: the case

      Written by `scripts/bench case --markdown`; the [README](README.md) tells how to read it.

      | | |
      | --- | --- |
      | measured | \(day) |
      | series | \(series) |
      | atrest | \(results.revision) |
      | processor | \(machine.processor), \(machine.cores) cores |
      | load before and after | \(load) |
      | memory | \(machine.memory.bytesText) |
      | kernel | \(machine.kernel) |
      | compiler | \(machine.compiler) |

      \(sections.map { "## \($0.title)\n\n\($0.table.markdown)" }.joined(separator: "\n"))
      ## Killed calls

      \(killed)
      """
  }

  private var load: String { results.load.map { $0.text(1) }.joined(separator: " and ") }

  private var series: String {
    let keys = results.isAuthenticated ? ", with keys" : ""
    return "\(results.series.nights) snapshots of \(results.series.secrets) Secrets\(keys)"
  }

  private var sections: [(title: String, table: TextTable)] {
    guard !results.nights.isEmpty else { return [] }
    return [
      ("Taking in", intake), ("Ratios of case add to verify", ratios), ("Growth", growth), ("Questions", queries),
    ]
  }

  /// Medians by how the Secrets are stored.
  private var intake: TextTable {
    var table = TextTable(["Secrets", "snapshots", "size", "verify", "case add", "memory: verify", "memory: case add"])
    for (state, nights) in states {
      func median(_ values: [Double]) -> Double { Spread(of: values)?.median ?? 0 }
      table.append([
        state.rawValue, "\(nights.count)", UInt64(median(nights.map { Double($0.summary.bytes) })).bytesText,
        median(nights.map(\.verify.wall)).secondsText, median(nights.map(\.add.wall)).secondsText,
        (nights.map { UInt64($0.verify.peakBytes) }.max() ?? 0).bytesText,
        (nights.map { UInt64($0.add.peakBytes) }.max() ?? 0).bytesText,
      ])
    }
    return table
  }

  /// Ratios of two runs one after the other on the same file.
  private var ratios: TextTable {
    var table = TextTable(["Secrets", "limit", "wall", "least – greatest", "CPU", "least – greatest"])
    for (state, nights) in states {
      guard let wall = Spread(of: nights.map { $0.ratio(.wall) }),
        let processor = Spread(of: nights.map { $0.ratio(.processor) })
      else { continue }
      table.append([
        state.rawValue, Self.ratioLimit.text(2), Self.judged(wall.median, Self.ratioLimit), Self.range(wall),
        processor.median.text(2), Self.range(processor),
      ])
    }
    return table
  }

  private var growth: TextTable {
    var table = TextTable(["", "limit", "value"])
    let quiet = results.nights.filter { $0.compactGrowth != nil }
    let rows = quiet.reduce(0) { $0 + $1.summary.unchanged }
    if rows > 0 {
      let bytes = Double(quiet.reduce(0) { $0 + ($1.compactGrowth ?? 0) }) / Double(rows)
      table.append([
        "bytes for each row that is as it was", Self.rowLimit.text(1), Self.judged(bytes, Self.rowLimit),
      ])
    }
    let all = results.nights.reduce(0) { $0 + $1.summary.rows }
    table.append(["bytes for each row of all snapshots", "", (Double(results.store[0]) / Double(max(1, all))).text(2)])
    table.append(["rows of all snapshots", "", "\(all)"])
    table.append(["store after the first snapshot", "", results.nights[0].store[1].bytesText])
    table.append(["store after the last one", "", results.store[0].bytesText])
    table.append(["a compact copy of it", "", results.store[1].bytesText])
    table.append(["all snapshots", "", results.nights.reduce(0) { $0 + $1.summary.bytes }.bytesText])
    return table
  }

  private var queries: TextTable {
    var table = TextTable(["command", "limit", "wall", "least – greatest", "CPU", "memory"])
    for query in results.queries {
      guard let wall = query.spread(.wall), let processor = query.spread(.processor),
        let memory = query.spread(.memory)
      else { continue }
      let isMissed = query.limit.map { wall.median > $0 } ?? false
      table.append([
        query.title, query.limit?.secondsText ?? "", wall.median.secondsText + (isMissed ? " MISSED" : ""),
        "\(wall.least.secondsText) – \(wall.greatest.secondsText)", processor.median.secondsText,
        UInt64(memory.greatest).bytesText,
      ])
    }
    return table
  }

  private var killed: String {
    let kills = results.kills
    guard kills.cases > 0 else { return "No call was killed.\n" }
    let head = """
      \(kills.kills) calls of case add were killed, \(kills.before) of them before anything was taken in; \
      \(kills.ends) ended before. \(kills.cases) cases were filled so: \
      \(kills.violations.isEmpty ? "each was sound after each call, and exported in the end what it must." : "WRONG:")

      """
    return ([head] + kills.violations.map { "- \($0)\n" }).joined()
  }

  private var states: [(NightResult.State, [NightResult])] {
    NightResult.State.allCases.map { state in (state, results.nights.filter { $0.state == state }) }
      .filter { !$0.1.isEmpty }
  }

  private static func judged(_ value: Double, _ limit: Double) -> String {
    value.text(2) + (value > limit ? " MISSED" : "")
  }

  private static func range(_ spread: Spread) -> String { "\(spread.least.text(2)) – \(spread.greatest.text(2))" }
}
