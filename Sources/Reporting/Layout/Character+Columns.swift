extension Character {
  /// Columns a terminal takes for the character: those of its scalars, but two for an emoji of several scalars (a flag,
  /// a skin tone, a keycap, what U+FE0F makes an emoji). A mark alone takes one, so that no text is wider than counted.
  var columns: Int {
    isEmojiSequence ? 2 : max(1, unicodeScalars.reduce(0) { $0 + $1.columns })
  }

  /// Unicode Technical Standard #51, 1.4: an emoji followed by U+FE0F, a modifier, or after a regional indicator by
  /// another. All that is shown joins the first, for format characters such as the joiner are escaped.
  private var isEmojiSequence: Bool {
    guard let first = unicodeScalars.first, first.properties.isEmoji else { return false }
    return unicodeScalars.dropFirst().contains { scalar in
      scalar == "\u{FE0F}" || scalar.properties.isEmojiModifier || scalar.isRegionalIndicator
    }
  }
}

extension Unicode.Scalar {
  /// Columns a terminal takes for the scalar: none for marks that join the character before them and for the vowels and
  /// final consonants of Hangul, which join their initial; two for wide East Asian characters (Unicode 16,
  /// East_Asian_Width W and F, of which the standard library knows the emoji alone); else one.
  fileprivate var columns: Int {
    switch value {
    case 0x20..<0x300: return 1
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return 0
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide ? 2 : 1
    }
  }

  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
      0x3250...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default: properties.isEmojiPresentation && !isRegionalIndicator
    }
  }

  /// One of the letters U+1F1E6 to U+1F1FF, two of which are a flag.
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
