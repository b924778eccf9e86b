import SnapshotGeneration

/// Results as people read them: tables, in plain text or in Markdown.
public struct Report: Sendable {
  private let results: Results

  /// A report about `results`.
  public init(_ results: Results) { self.results = results }

  /// Plain text.
  public var text: String {
    let files = results.files.map { "\(heading($0))\n\n\(table($0).text)\(failures($0).joined())" }
    let head = "\(results.machine)\natrest \(results.revision), \(results.rounds) rounds; \(Self.legend)\n"
    return ([head] + files + [targets.text])
      .joined(separator: "\n")
  }

  /// What the titles of commands leave out.
  private static let legend = "ROWS: \(Command.rows.joined(separator: " "))"

  /// Markdown, with the picture at the path `chart`.
  public func markdown(chart: String) -> String {
    let machine = results.machine
    let files = results.files.map { file in
      let failures = failures(file).map { "\n    \($0)" }.joined()
      return "## \(heading(file))\n\n\(table(file).markdown)\(failures)"
    }
    let day = results.date.formatted(.iso8601.year().month().day())
    return """
      # Results

      Written by `scripts/bench --markdown`; the [README](README.md) tells how to read it.

      | | |
      | --- | --- |
      | measured | \(day), \(results.rounds) rounds |
      | atrest | \(results.revision) |
      | processor | \(machine.processor), \(machine.cores) cores |
      | memory | \(machine.memory.bytesText) |
      | kernel | \(machine.kernel) |
      | compiler | \(machine.compiler) |

      ![Seconds for each GB](\(chart))

      \(Self.legend)

      ## Targets

      \(targets.markdown)
      \(obstacles)
      \(files.joined(separator: "\n"))
      """
  }

  /// What is known of the targets that are missed.
  private var obstacles: String {
    let missed = Set(results.targets.filter { $0.outcome == .missed }.map(\.target))
    return Target.all.filter { missed.contains($0.id) && !$0.obstacle.isEmpty }
      .map { "- **\($0.title)**: \($0.obstacle)\n" }.joined()
  }

  private func heading(_ file: FileResult) -> String { "\(file.name), \(file.rows) revisions" }

  /// Medians, and for the time the least and the greatest value.
  private func table(_ file: FileResult) -> TextTable {
    var table = TextTable(["command", "wall", "least – greatest", "CPU", "memory", "s/GB"])
    for measurement in file.measurements {
      let title = measurement.command.title
      guard let wall = measurement.spread(.wall), let processor = measurement.spread(.processor),
        let memory = measurement.spread(.memory)
      else {
        table.append([title, "-"])
        continue
      }
      table.append([
        title, wall.median.secondsText, "\(wall.least.secondsText) – \(wall.greatest.secondsText)",
        processor.median.secondsText, UInt64(memory.median).bytesText,
        file.secondsPerGigabyte(measurement.command)?.text(3) ?? "",
      ])
    }
    return table
  }

  /// A line for each command that failed.
  private func failures(_ file: FileResult) -> [String] {
    file.measurements.compactMap { measurement in
      measurement.failure.map { "\(measurement.command.title): \($0)\n" }
    }
  }

  /// Every target, and the median ratio on every file.
  private var targets: TextTable {
    let mixes = Mix.allCases.filter { mix in results.files.contains { $0.mix == mix } }
    var table = TextTable(["target"] + mixes.map { "limit, \($0.rawValue)" } + results.files.map(\.name))
    for target in Target.all {
      let ratios = results.files.map { file in
        results.targets.first { ($0.target, $0.mix, $0.size) == (target.id, file.mix, file.size) }.map(Self.judgement)
      }
      table.append([target.title] + mixes.map { target.limit($0).text(2) } + ratios.map { $0 ?? "-" })
    }
    return table
  }

  private static func judgement(_ result: TargetResult) -> String {
    "\(result.ratio.median.text(2))\(result.outcome == .missed ? " MISSED" : "")"
  }
}
