import Reporting
import VerificationModel

/// The distinct objects that can be read from the file: whose credentials are to be changed.
struct ExposedPart {
  private let part: SnapshotPart

  init(of part: SnapshotPart) { self.part = part }

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    let exposed = part.snapshot.exposed
    let whole = exposed.count > 0 ? "\(part.statement.exposed) can be read from this file" : nil
    let parts = exposed.fragments > 0 ? "parts of \(exposed.fragments.counted("object")) that can't be told apart" : nil
    let sentence = [whole, parts].compactMap(\.self).joined(separator: ", and ")
    try page.write(
      .findings,
      part.filling(
        "exposed",
        [
          "title": .text("Readable objects"),
          "lead": .part("lead", sentence.prefix(1).uppercased() + sentence.dropFirst() + "."),
        ]))
    let rows = FoldedRows(
      noun: "objects", columns: ["Object", "Layers", "Revisions", "What it holds"], count: exposed.objects.count,
      omitted: exposed.omitted)
    try rows.write(to: &page) { number, buffer in Self.write(exposed.objects[number], to: &buffer) }
    try page.write { $0.append(markup: "</div>\n") }
  }

  private static func write(_ object: Exposure, to buffer: inout MarkupBuffer) {
    buffer.append(markup: "<tr><th scope=\"row\"><bdi>")
    if let namespace = object.namespace {
      buffer.append(text: namespace)
      buffer.append(markup: "/")
    }
    buffer.append(markup: "<b>")
    buffer.append(text: object.name)
    buffer.append(markup: "</b></bdi><span>")
    buffer.append(text: object.resource ?? "of an unknown resource")
    let layers = object.layers.map(\.rawValue) + (object.isElsewhere ? ["elsewhere"] : [])
    buffer.append(markup: "</span></th><td>\(layers.joined(separator: ", "))</td><td>\(revisions(of: object))</td><td>")
    if let type = object.type {
      buffer.append(text: type.isEmpty ? "no type" : type)
      buffer.append(markup: "<span>")
      buffer.append(text: object.dataKeys.isEmpty ? "no data" : object.dataKeys.joined(separator: ", "))
      buffer.append(markup: "</span>")
    }
    buffer.append(markup: "</td></tr>\n")
  }

  private static func revisions(of object: Exposure) -> String {
    guard let first = object.firstRevision, let last = object.lastRevision else { return "–" }
    return first == last ? "\(first)" : "\(first) to \(last)"
  }
}
