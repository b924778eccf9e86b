import VerificationModel

/// The lists of an answer about exposures.
struct CaseExposureTable {
  let exposures: CaseExposures
  let names: CaseNames

  // MARK: Credentials to rotate

  /// The credentials to rotate, by what became of them; first those that nobody sees who looks at the newest snapshot.
  func rotation(_ style: Style) -> [String] {
    let objects = exposures.toBeRotated
    guard !objects.isEmpty else { return [] }
    let titles: [(CaseExposure.Standing, String)] = [
      (.reencrypted, "re-encrypted but never rotated: the newest snapshot has the same value, encrypted"),
      (.plaintext, "still in plaintext in the newest snapshot"),
      (.unknown, "perhaps not changed since: the newest value is encrypted, and was not opened or compared"),
      (.deleted, "deleted since; what the credential opens may still accept it"),
    ]
    let groups = titles.map { standing, title in (title, objects.filter { $0.standing == standing }) }
    let rows = groups.filter { !$0.1.isEmpty }.flatMap { title, objects in
      ("\(title) (\(objects.count))".words.paragraph(indent: 2, hanging: 4, width: style.width).map(Table.Row.title))
        + self.rows(of: objects, style)
    }
    return [style.verdict(.fail, "Credentials to rotate (\(objects.count))")]
      + Table(alignment: .left, rows: [Self.heading] + rows).lines(style)
  }

  /// The objects whose value is another one by now.
  func changed(_ style: Style) -> [String] {
    let objects = exposures.objects.filter { !$0.isToBeRotated }
    guard !objects.isEmpty else { return [] }
    return [style.bold("Exposed, and changed since (\(objects.count))")]
      + Table(alignment: .left, rows: [Self.heading] + rows(of: objects, style)).lines(style)
  }

  private static let heading = Table.Row.heading(["", "revisions", "snapshots", "last in", ""])

  private func rows(of objects: [CaseExposure], _ style: Style) -> [Table.Row] {
    let listed = objects.prefix(style.limit())
    let rest = objects.count - listed.count
    let rows = listed.map { object in
      let name = "    " + names.name(of: object.object)
      return Table.Row.cells([
        style.width == .max ? name : name.elidedInMiddle(to: Self.nameColumns), revisions(of: object),
        names.range(object.firstSnapshot, object.lastSnapshot), object.lastLayer?.rawValue ?? "elsewhere",
        change(of: object),
      ])
    }
    return rows + (rest > 0 ? [.note("  " + style.cut("\(rest) more"))] : [])
  }

  private static let nameColumns = 28

  private func revisions(of object: CaseExposure) -> String {
    guard let first = object.firstRevision, let last = object.lastRevision else { return "-" }
    return first == last ? "\(first)" : "\(first) to \(last)"
  }

  private func change(of object: CaseExposure) -> String {
    if case .changed(let revision) = object.standing { "changed at \(revision)" } else { "" }
  }

  // MARK: Snapshots to destroy

  /// Every snapshot from which an object can be read.
  func destruction(_ style: Style) -> [String] {
    let leaks = exposures.leaks
    guard !leaks.isEmpty else { return [] }
    let listed = leaks.prefix(style.limit())
    let rest = leaks.count - listed.count
    let rows = listed.map { leak in
      let path = names.path(of: leak.snapshot)
      return Table.Row.cells([
        "  " + names.name(of: leak.snapshot), names.time(of: leak.snapshot)[0], "\(leak.objects)",
        "\(leak.objectsInForce)", style.width == .max ? path : path.elidedAtStart(to: Self.pathColumns),
      ])
    }
    let heading = Table.Row.heading(["  #", "taken at", "readable", "in force", "file"])
    return [style.verdict(.fail, "Snapshots to destroy (\(leaks.count))")]
      + Table(alignment: .left, rows: [heading] + rows).lines(style)
      + (rest > 0 ? [style.cut(rest.counted("more snapshot"))] : [])
  }

  private static let pathColumns = 32

  /// What belongs to no object.
  var remark: [String] {
    exposures.fragments > 0
      ? ["\(exposures.fragments.counted("more sign")) of plaintext, of objects that could not be told apart"] : []
  }
}
