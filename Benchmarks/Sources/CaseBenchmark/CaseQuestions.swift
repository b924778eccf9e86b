import CommandBenchmark

/// The questions that are asked about a whole case, each with the statuses that are an answer.
struct CaseQuestions {
  private typealias Question = (title: String, limit: Double?, pipeline: Pipeline)

  private let questions: [Question]

  /// Seconds that a question may take.
  static let limit = 0.3

  /// The questions about `store`, which has so many snapshots and an object `watched`.
  init(_ store: CaseUnderTest, snapshots: Int, watched: String) {
    let middle = "\((snapshots + 1) / 2)"
    func question(
      _ command: String, _ arguments: [String] = [], limit: Double? = Self.limit, statuses: Set<Int32> = [0]
    ) -> Question {
      let title = (["atrest case \(command) DIR"] + arguments).joined(separator: " ")
      return (title, limit, Pipeline([store.call(command, arguments)], statuses: statuses, output: .discarded))
    }
    questions = [
      question("list"),
      question("show", [middle]),
      question("exposures", statuses: [0, 1]),
      question("timeline", [watched]),
      question("diff", ["1", "\(snapshots)"], statuses: [0, 1]),
      question("diff", [middle, "\(min(snapshots, snapshots / 2 + 2))"], statuses: [0, 1]),
      question("keys"),
      question("verify", limit: nil),
      question("export", limit: nil),
    ]
  }

  /// Asks each once in every round, after a round that is not counted.
  func ask(rounds: Int, progress: (String) -> Void) throws -> [QueryResult] {
    var results = questions.map { QueryResult(title: $0.title, limit: $0.limit) }
    for round in 0...rounds {
      progress("questions: \(round == 0 ? "warming up" : "round \(round) of \(rounds)")")
      for (index, question) in questions.enumerated() {
        do {
          let sample = try question.pipeline.run()
          if round > 0 { results[index].samples.append(sample) }
        } catch let failure as CommandFailure {
          throw CommandFailure("\(question.title): \(failure)")
        }
      }
    }
    return results
  }
}
