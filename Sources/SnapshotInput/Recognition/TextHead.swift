/// The beginning of a text, and what it shows of the kind of file.
struct TextHead {
  private let text: String
  /// Whether this is all of the text.
  private let isWhole: Bool

  /// The text that begins with `head`, which is UTF-8 without control characters; nil when it is something else.
  init?(_ head: ArraySlice<UInt8>, isWhole: Bool) {
    var bytes = head
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if !isWhole {
      // The last character may be cut.
      while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
      if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    }
    guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0x0C || $0 == 0x7F }),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    self.text = String(text.trimmingPrefix(while: \.isWhitespace)).replacing("\r\n", with: "\n")
    self.isWhole = isWhole
  }

  /// What the text is; text of no known kind where nothing else fits.
  var content: FileContent? {
    switch text.first {
    case nil: .text
    case "<": markup
    case "{", "[": json
    default: armored ?? message ?? script ?? yaml ?? word ?? base64 ?? variables ?? .text
    }
  }

  private func begins(with marks: String...) -> Bool { marks.contains { text.hasPrefix($0) } }
  private func holds(_ marks: String...) -> Bool { marks.contains { text.contains($0) } }

  private var markup: FileContent {
    let head = text.prefix(1024).lowercased()
    return head.contains("<!doctype html") || head.contains("<html") ? .html : .xml
  }

  // MARK: JSON

  /// A name of a member, at whatever depth.
  private func hasMember(_ name: String) -> Bool {
    var rest = text[...]
    while let range = rest.firstRange(of: "\"\(name)\"") {
      rest = rest[range.upperBound...]
      if rest.first(where: { !$0.isWhitespace }) == ":" { return true }
    }
    return false
  }

  /// The names of the members that the outermost object begins with, as far as they stand before another object.
  private func beginsWithMember(_ names: String...) -> Bool {
    let start = text.drop { "{[ \t\n".contains($0) }
    return names.contains { start.hasPrefix("\"\($0)\"") }
  }

  private var json: FileContent {
    let start = text.dropFirst().first { !$0.isWhitespace }
    guard let start, "\"{}[]-0123456789tfn".contains(start) else { return .text }
    if hasMember("desiredState") && hasMember("currentState") { return .rkeState }
    if hasMember("apiVersion") && hasMember("kind") { return kubernetesKind }
    if hasMember("level") && (hasMember("msg") || hasMember("message")) { return .log }
    if beginsWithMember("error", "errors", "message", "Code", "code", "Message", "Error", "detail", "fault") {
      return .errorMessage
    }
    return .json
  }

  /// Which kind the objects are of: text and JSON alike write it behind `kind`, a colon and perhaps a quote.
  private var kubernetesKind: FileContent {
    if holds("EncryptionConfig") { return .encryptionConfiguration }
    if isOfKind("Status") { return .errorMessage }
    if isOfKind("Config"), holds("clusters") { return .kubeconfig }
    return .kubernetesObjects
  }

  private func isOfKind(_ kind: String) -> Bool {
    var rest = text[...]
    while let range = rest.firstRange(of: "kind") {
      rest = rest[range.upperBound...]
      let value = rest.drop { "\"': \t".contains($0) }
      if value.hasPrefix(kind), value.dropFirst(kind.count).first?.isLetter != true { return true }
    }
    return false
  }

  // MARK: Other text

  private var armored: FileContent? {
    guard begins(with: "-----BEGIN ", "ssh-", "Bag Attributes", "Certificate:") else { return nil }
    if holds("PRIVATE KEY-----") { return .privateKey }
    if holds("-----BEGIN CERTIFICATE") { return .certificate }
    return holds("PUBLIC KEY-----") || begins(with: "ssh-") ? .publicKey : nil
  }

  private var message: FileContent? {
    if begins(with: "HTTP/1.", "HTTP/2", "HTTP/3") { return .httpMessage }
    if begins(with: "--"), text.prefix(1024).contains("Content-Disposition:") { return .formData }
    if begins(with: "Error", "error", "ERROR", "Failed", "failed", "fatal", "panic:") { return .errorMessage }
    return nil
  }

  private var script: FileContent? { begins(with: "#!") ? .script : nil }

  private var lines: [Substring] {
    let lines = text.split(separator: "\n")
    return isWhole ? lines : lines.dropLast()
  }

  private var yaml: FileContent? {
    func has(_ name: String) -> Bool {
      lines.contains { $0.drop { " -".contains($0) }.hasPrefix("\(name):") }
    }
    return has("apiVersion") && has("kind") ? kubernetesKind : nil
  }

  /// A name, a number, a version or a token, such as a service account's: nothing that a snapshot could have become.
  private var word: FileContent? {
    let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
    guard isWhole, !line.isEmpty, line.allSatisfy({ $0.isLetter || $0.isNumber || "._:/@+=-".contains($0) }) else {
      return nil
    }
    let isToken = line.hasPrefix("eyJ") && line.count { $0 == "." } == 2
    return line.count <= 253 || isToken && line.count <= 8192 ? .word : nil
  }

  private var base64: FileContent? {
    guard text.utf8.count >= 64 else { return nil }
    let isBase64 = text.allSatisfy {
      $0.isNewline || $0.isASCII && ($0.isLetter || $0.isNumber || "+/=-_".contains($0))
    }
    return isBase64 ? .base64 : nil
  }

  private var variables: FileContent? {
    let lines = lines.filter { !$0.hasPrefix("#") }
    let areAssignments = lines.allSatisfy { line in
      let line = line.hasPrefix("export ") ? line.dropFirst(7) : line
      let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return !name.isEmpty && line.dropFirst(name.count).first == "="
    }
    return !lines.isEmpty && areAssignments ? .variables : nil
  }
}
