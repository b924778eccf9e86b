import TestSupport
import Testing

/// Advice is a promise: whoever runs what a report prints, step by step and knowing nothing else, ends with a snapshot that
/// passes and from which nothing can be read.
@Suite("Advice that is followed to the letter", .etcd, .serialized, .timeLimit(.minutes(20)))
struct AdviceTests {
  /// What a cluster went through before its first snapshot.
  enum Past: CaseIterable {
    /// Nothing was ever encrypted.
    case plaintext
    /// Encryption was configured, and nothing rewritten.
    case configured
    /// A part was rewritten.
    case partlyRewritten
    /// All was rewritten.
    case rewritten
    /// And the history compacted.
    case compacted
    /// Plaintext was deleted, and nothing else was ever in the clear.
    case deleted
    /// Encryption was switched off by putting identity first; some objects were written since.
    case switchedOff
    /// The same, and all were written since.
    case decrypted

    /// How the API server writes at the end.
    var writer: AdvisedCluster.Writer {
      switch self {
      case .plaintext, .switchedOff, .decrypted: .identity
      default: .encrypting
      }
    }
  }

  private static let names = (0..<30).map { "s\($0)" }

  @Test("Ends with a snapshot that passes, and decrypts nothing on the way", arguments: Past.allCases)
  func passes(past: Past) async throws {
    try await EtcdServer.run { etcd in
      var cluster = try await AdvisedCluster(etcd, secrets: Self.names, writer: .identity)
      try await Self.live(through: past, &cluster)
      try cluster.configure(past.writer)
      try await etcd.client.call("snapshot", "save", "before.db")
      try await #expect(!cluster.disclosed(by: "before.db").isEmpty)

      let snapshot = try await Self.followAdvice(on: "before.db", &cluster)
      #expect(snapshot == "after.db")
      #expect(try cluster.disclosed(by: snapshot) == [])
      try await #expect(cluster.plaintextSecrets() == 0)
    }
  }

  @Test("Where identity came to be first and all is encrypted still, the file that is mended passes")
  func mendsTheConfiguration() async throws {
    try await EtcdServer.run { etcd in
      var cluster = try await AdvisedCluster(etcd, secrets: Self.names, writer: .encrypting)
      try await cluster.write(Self.names)
      try cluster.configure(.identity)
      try await etcd.client.call("snapshot", "save", "before.db")
      let snapshot = try await Self.followAdvice(
        on: "before.db", &cluster, ["-c", AdvisedCluster.configuration])
      #expect(snapshot == "after.db")
      try await #expect(cluster.plaintextSecrets() == 0)
    }
  }

  /// Verifies the file `name` and does what the report says, until a snapshot passes; answers which.
  private static func followAdvice(
    on name: String, _ cluster: inout AdvisedCluster, _ options: [String] = []
  ) async throws -> String {
    var snapshot = name
    var rounds = 0
    while true {
      let answer = try await cluster.verify(snapshot, options)
      if answer.status == 0 { return snapshot }
      #expect(answer.status == 1)
      #expect(!answer.steps.isEmpty, "a failure without advice: \(answer.text)")
      rounds += 1
      try #require(rounds <= 3, "still no pass: \(answer.text)")
      for step in answer.steps {
        if let command = step.command { #expect(answer.text.contains(command), "text and JSON differ") }
        let before = try await cluster.plaintextSecrets()
        try await cluster.follow(step)
        let after = try await cluster.plaintextSecrets()
        // One object that is written to see how the API server writes may be in the clear.
        #expect(after <= before + (step.kind == "trial-write" ? 1 : 0), "\(step.kind) decrypted Secrets")
      }
      snapshot = "after.db"
    }
  }

  private static func live(through past: Past, _ cluster: inout AdvisedCluster) async throws {
    let client = cluster.etcd.client
    func compact() async throws { try await client.apply(.compact(client.state().revision)) }
    switch past {
    case .plaintext, .configured: try await cluster.write(names)
    case .partlyRewritten, .rewritten, .compacted:
      try await cluster.write(names)
      try cluster.configure(.encrypting)
      try await cluster.write(past == .partlyRewritten ? names.prefix(12) : names[...])
      if past == .compacted { try await compact() }
    case .deleted:
      try await cluster.write(names.prefix(5))
      for name in names.prefix(5) { try await client.apply(.delete("/registry/secrets/default/\(name)")) }
      try cluster.configure(.encrypting)
      try await cluster.write(names.dropFirst(5))
    case .switchedOff, .decrypted:
      try cluster.configure(.encrypting)
      try await cluster.write(names)
      try cluster.configure(.identity)
      try await cluster.write(past == .switchedOff ? names.prefix(4) : names[...])
    }
  }
}
