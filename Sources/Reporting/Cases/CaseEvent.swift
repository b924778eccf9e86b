import VerificationModel

/// What timeline tools ask of each line.
struct CaseEvent {
  /// RFC 3339; nil where nothing tells.
  let datetime: String?
  let description: String
  let message: String

  /// What `message` says happened at `time`.
  init(_ time: SnapshotTime?, _ description: String, _ message: String) {
    datetime = time?.description
    let source = time.map { ", told by \($0.source.label)" } ?? ", at a time that is not known"
    self.description = description + source
    self.message = message
  }

  /// As columns of CSV.
  var fields: [String] { [datetime ?? "", description, message] }
}
