import ArgumentParser
import VerificationModel

/// Where a snapshot comes from, as whoever adds it to a case knows.
struct CaseOriginOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cluster of these snapshots, known to the case or new (default: the one of which they name a member).",
      valueName: "name"))
  var cluster: String?

  @Option(
    help: ArgumentHelp(
      "When the snapshot was taken, such as 2026-11-30T02:00:00Z (default: told by its name or its file).",
      valueName: "time"),
    transform: Self.time(of:))
  var takenAt: SnapshotTime?

  func validate() throws {
    guard cluster != "" else {
      throw ValidationError("--cluster has no name: is a variable unset that should hold it?")
    }
  }

  private static func time(of text: String) throws -> SnapshotTime {
    do throws(SnapshotTimeError) {
      return try SnapshotTime(option: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
