/// The URL under which a KMS plugin listens, taken apart as Go does (net/url), as far as a plugin's needs it.
struct PluginEndpoint {
  /// In lower case, as they compare.
  let scheme: String
  /// The path, from its first slash; empty when there is none.
  let path: String

  /// The parts of `text`; nil when it is no URL: Go finds no scheme where one must be, a control character, or a `%`
  /// without two hex digits.
  init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), Self.hasWholeEscapes(text) else { return nil }
    let url = text.prefix { $0 != "#" }.prefix { $0 != "?" }
    guard let colon = url.firstIndex(of: ":"), Self.isScheme(url[..<colon]) else {
      guard url.first != ":" else { return nil }
      scheme = ""
      path = String(url)
      return
    }
    scheme = url[..<colon].lowercased()
    var rest = url[url.index(after: colon)...]
    if rest.hasPrefix("//") { rest = rest.dropFirst(2).drop { $0 != "/" } }
    path = rest.hasPrefix("/") ? String(rest) : ""
  }

  /// Whether it is a Linux abstract socket, `unix:///@name`, which has no file and so no permissions (k8s.io/kms
  /// pkg/util, ParseEndpoint).
  var isAbstractSocket: Bool { path.hasPrefix("/@") }

  /// Whether the socket lies where everybody may put one.
  var isInWorldWritableDirectory: Bool {
    ["/tmp/", "/var/tmp/", "/dev/shm/"].contains { path.hasPrefix($0) }
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  private static func hasWholeEscapes(_ text: String) -> Bool {
    text.split(separator: "%", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
      part.utf8.count >= 2 && part.prefix(2).allSatisfy(\.isHexDigit)
    }
  }
}
