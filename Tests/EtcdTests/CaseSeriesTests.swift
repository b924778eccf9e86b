import Foundation
import TestSupport
import Testing

/// A case of nightly snapshots of a real etcd: what it answers is what etcd itself answers at each revision.
@Suite("A case of nightly snapshots", .etcd, .timeLimit(.minutes(20)))
struct CaseSeriesTests {
  /// A value that can be read from a snapshot by asking etcd: of a key, written at a revision.
  struct Written: Hashable, Comparable {
    let key: String
    let revision: Int64
    let isPlaintext: Bool

    static func < (left: Written, right: Written) -> Bool { (left.key, left.revision) < (right.key, right.revision) }
  }

  /// What one snapshot holds.
  struct Night {
    var live: Set<Written> = []
    var history: Set<Written> = []
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func `answers what etcd answers`(seed: UInt64) async throws {
    try await EtcdServer.run { etcd in
      var random = SeededGenerator(seed: seed)
      var nights: [Night] = []
      for number in 1...6 {
        try await Self.change(etcd.client, night: number, &random)
        _ = try await etcd.client.saveSnapshot("2026010\(number)T020000Z.db")
        nights.append(try await Self.night(etcd.client))
      }
      try await Self.call(etcd, ["init", "incident"])
      for number in (1...6).shuffled(using: &random) {
        try await Self.call(etcd, ["add", "incident", "2026010\(number)T020000Z.db"])
      }
      try await Self.check(etcd, nights)
    }
  }

  /// What happens to the store in a day: encryption is switched on after the second, and old revisions are compacted once.
  private static func change(_ client: EtcdClient, night: Int, _ random: inout SeededGenerator) async throws {
    for step in 0..<8 {
      let name = "s\(random.count(0...11))"
      let key = "/registry/secrets/default/\(name)"
      switch random.count(0...9) {
      case 0: try await client.apply(.delete(key))
      case 1...3 where night > 2, 4...9 where night > 3:
        let value = StoredSecret.sealed(.secretbox, "key1", seed: UInt64(night * 100 + step + 1))
        try await client.put(key, value)
      default:
        let value = StoredSecret.plaintext(name: name, dataKeys: ["password", "\(night)-\(step)"])
        try await client.put(key, value)
      }
    }
    if night == 4 { try await client.apply(.compact(client.state().revision - 3)) }
  }

  /// All that etcd tells, from the oldest revision that it still knows on.
  private static func night(_ client: EtcdClient) async throws -> Night {
    func written(_ state: EtcdState) -> Set<Written> {
      Set(
        state.keys.map { row in
          Written(
            key: String(decoding: row.key, as: UTF8.self), revision: row.modRevision,
            isPlaintext: !row.value.starts(with: "k8s:enc:".utf8))
        })
    }
    let newest = try await client.state()
    var night = Night(live: written(newest))
    var revision = newest.revision - 1
    while revision > 0, let state = try? await client.state(at: revision) {
      night.history.formUnion(written(state))
      revision -= 1
    }
    night.history.subtract(night.live)
    return night
  }

  @discardableResult
  private static func call(_ etcd: EtcdServer, _ arguments: [String]) async throws -> JSONValue {
    let atrest = try BuiltProgram.url("atrest").path(percentEncoded: false)
    let call = try await ChildProcess([atrest, "case"] + arguments + ["--format", "json"], in: etcd.path)
    #expect(call.status == 0 || call.status == 1, "\(arguments): \(call.errors)")
    return try JSONValue(parsing: String(decoding: call.output, as: UTF8.self))
  }

  private static func check(_ etcd: EtcdServer, _ nights: [Night]) async throws {
    let keys = Set(nights.flatMap { $0.live.union($0.history) }.map(\.key))
    for key in keys.sorted() {
      let timeline = try await call(etcd, ["timeline", "incident", "--key", key])
      var told = nights.map { _ in Night() }
      for value in timeline["values"]?.elements ?? [] {
        let written = Written(
          key: key, revision: Int64(try #require(value["revision"]?["main"]?.number)),
          isPlaintext: value["class"] == .string("plaintext"))
        for presence in value["presences"]?.elements ?? [] {
          let first = Int(try #require(presence["first"]?["number"]?.number))
          let last = Int(try #require(presence["last"]?["number"]?.number))
          for number in first...last {
            switch presence["layer"]?.string {
            case "live": told[number - 1].live.insert(written)
            case "history": told[number - 1].history.insert(written)
            default: break
            }
          }
        }
      }
      for (number, night) in nights.enumerated() {
        #expect(told[number].live == night.live.filter { $0.key == key }, "\(key), night \(number + 1)")
        #expect(told[number].history == night.history.filter { $0.key == key }, "\(key), night \(number + 1)")
      }
    }

    // What etcd answers is the least that can be read: the residue may have more.
    let exposures = try await call(etcd, ["exposures", "incident"])
    var exposed: Set<String> = []
    for exposure in exposures["exposures"]?.elements ?? [] where exposure["layers"] != .array([.string("residue")]) {
      exposed.insert(try #require(exposure["object"]?["key"]?.string))
    }
    #expect(exposed == Set(nights.flatMap { $0.live.union($0.history) }.filter(\.isPlaintext).map(\.key)))
    let leaking = Set(exposures["leaks"]?.elements?.compactMap { $0["snapshot"]?["number"]?.number } ?? [])
    for (number, night) in nights.enumerated() where night.live.union(night.history).contains(where: \.isPlaintext) {
      #expect(leaking.contains(Double(number + 1)))
    }

    // The first and the last night, held against each other.
    let difference = try await call(etcd, ["diff", "incident", "1", "6"])
    func changed(_ kind: String) -> Set<String> {
      Set(
        difference["changes"]?.elements?.filter { $0["kind"] == .string(kind) }.compactMap {
          $0["object"]?["key"]?.string
        } ?? [])
    }
    let (before, after) = (Set(nights[0].live.map(\.key)), Set(nights[5].live.map(\.key)))
    #expect(changed("came") == after.subtracting(before))
    #expect(changed("went") == before.subtracting(after))
    #expect(try await call(etcd, ["verify", "incident"])["verdict"] == .string("pass"))
  }
}
