import ArgumentParser
import VerificationModel

/// Where a snapshot comes from, as whoever adds it to a case knows.
struct CaseOriginOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When the snapshot was taken, such as 2026-11-30T02:00:00Z (default: told by its name or its file).",
      valueName: "time"),
    transform: Self.time(of:))
  var takenAt: SnapshotTime?

  private static func time(of text: String) throws -> SnapshotTime {
    do throws(SnapshotTimeError) {
      return try SnapshotTime(option: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
