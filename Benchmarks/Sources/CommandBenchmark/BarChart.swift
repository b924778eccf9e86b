/// Seconds for each GB, as a picture: one block of bars for each file, one bar for each command that was measured.
public struct BarChart: Sendable {
  private let results: Results

  private static let width = 820.0
  private static let labelWidth = 290.0
  private static let barHeight = 20.0
  private static let barGap = 6.0
  private static let blockGap = 44.0

  /// A chart of `results`.
  public init(_ results: Results) { self.results = results }

  /// The picture in SVG, readable on light and dark pages.
  public var svg: String {
    var body = ""
    var top = Self.blockGap
    for file in results.files {
      body += block(file, &top)
      top += Self.blockGap
    }
    let height = top.text(0)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width.text(0)) \(height)" font-family="sans-serif" \
      font-size="13">
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(body)</svg>

      """
  }

  private func block(_ file: FileResult, _ top: inout Double) -> String {
    let bars = file.measurements.compactMap { measurement in
      file.secondsPerGigabyte(measurement.command).map { (measurement.command, $0) }
    }
    let scale = (Self.width - Self.labelWidth - 90) / max(bars.map(\.1).max() ?? 1, .leastNonzeroMagnitude)
    var text = Self.text("\(file.name): seconds for each GB", x: 16, y: top - 14, weight: "bold")
    for (command, seconds) in bars {
      let middle = top + Self.barHeight / 2 + 5
      let color = command.isAtrest ? "#1f6feb" : "#9aa4b2"
      text += Self.text(command.title, x: Self.labelWidth - 10, y: middle, anchor: "end")
      text += """
        <rect x="\(Self.labelWidth.text(0))" y="\(top.text(0))" width="\((seconds * scale).text(1))" \
        height="\(Self.barHeight.text(0))" fill="\(color)"/>

        """
      text += Self.text(seconds.text(2), x: Self.labelWidth + seconds * scale + 8, y: middle)
      top += Self.barHeight + Self.barGap
    }
    return text
  }

  private static func text(
    _ content: String, x: Double, y: Double, anchor: String = "start", weight: String = "normal"
  ) -> String {
    let escaped = content.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    return """
      <text x="\(x.text(1))" y="\(y.text(1))" text-anchor="\(anchor)" font-weight="\(weight)" fill="#1f2328">\
      \(escaped)</text>

      """
  }
}
