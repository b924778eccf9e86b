import Testing

@testable import HTMLReporting

/// One of the sets of colors that the style sheet has.
enum ColorScheme: CaseIterable {
  case light
  case dark
  case paper

  /// The colors by their names.
  func colors() throws -> NamedColors {
    let blocks = StyleSheet.text.split(separator: ":root {", omittingEmptySubsequences: false).dropFirst().map {
      $0.prefix { $0 != "}" }
    }
    try #require(blocks.count == 3)
    let block = blocks[self == .light ? 0 : self == .dark ? 1 : 2]
    var colors: [String: Int] = [:]
    for match in block.matches(of: /--([a-z-]+): #([0-9a-f]{6})/) {
      colors[String(match.output.1)] = Int(match.output.2, radix: 16)
    }
    return NamedColors(values: colors)
  }
}

/// Colors of the style sheet by their names.
struct NamedColors {
  let values: [String: Int]

  /// The contrast ratio of two, as WCAG 2.2 defines it.
  func contrast(_ one: String, _ other: String) throws -> Double {
    let (a, b) = (try luminance(one), try luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private func luminance(_ name: String) throws -> Double {
    let value = try #require(values[name], "the style sheet has no color \(name)")
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(value >> shift & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : Self.power((part + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// The number to the power of 2.4: its square, and the fifth root of its square, by Newton.
  private static func power(_ number: Double) -> Double {
    let square = number * number
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}
