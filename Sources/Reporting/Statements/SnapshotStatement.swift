import SnapshotInput
import VerificationModel

/// What the text report says of a snapshot, piece by piece, for formats that put the pieces elsewhere.
///
/// Each text is printable as it is; none is escaped for a markup.
package struct SnapshotStatement: Sendable {
  private let snapshot: SnapshotReport
  private let policy: Policy

  /// What is said of `snapshot` under `policy`.
  package init(_ snapshot: SnapshotReport, policy: Policy) {
    self.snapshot = snapshot
    self.policy = policy
  }

  // MARK: The first line

  private var headline: Headline { Headline(snapshot: snapshot, policy: policy) }

  /// The verdict in capitals.
  package var label: String { headline.label }
  /// The path, and the name inside an archive, elided in the middle to `columns` columns.
  package func path(columns: Int) -> String {
    PrintableText(snapshot.name).description.elidedInMiddle(to: columns)
  }
  /// What is the case: the sentence of the first line.
  package var sentence: String { headline.statement }
  /// What the first line adds to that; empty where it adds nothing.
  package var notes: String { headline.notes.joined(separator: " ") }

  // MARK: Values

  private var tally: Tally { Tally(snapshot, policy: policy) }

  /// What the values in scope are called.
  package var plural: String { tally.noun.plural }

  /// The values of a layer by their class; nil of one that was not examined, and of residue.
  package func counts(in layer: Layer) -> ClassCounts? {
    switch layer {
    case .live: tally.live
    case .history: tally.history
    case .residue: nil
    }
  }

  /// Objects, and parts of some, that can be read in bytes that no page in use owns and in no other layer examined.
  package var readableInResidue: Int { tally.residue }

  /// How many objects in how many namespaces can be read, such as `89 Secrets in 6 namespaces`.
  package var exposed: String { ExposureTable.subject(of: snapshot.exposed) }

  // MARK: Findings

  /// The rules something was found for, most severe first.
  package var rules: [Rule] { snapshot.foundRules }

  /// The greatest severity of what was found for `rule`.
  package func severity(of rule: Rule) -> Severity { snapshot.severity(of: rule) }

  // MARK: What the report rests on

  /// What became of the SHA-256; nil where the file was not examined that far.
  package var hash: String? { snapshot.file.hash?.sentence }

  /// How the snapshot stands to the configuration, a sentence each; empty where there is none.
  package var configuration: [String] {
    ConfigurationDescription(snapshot: snapshot, policy: policy).lines(Style(color: false, width: .max))
      .map { String($0.dropFirst(ConfigurationDescription.margin)) }
  }
}
