import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage
import TestSupport

@testable import SnapshotReading

/// The data keys and seeds in a fixture's snapshot, unwrapped as the plugin that wrote it does: AES-GCM under a key that
/// the key id names, or before a zero byte the encrypted data key itself, and that name authenticated beside it.
struct PluginSeeds: TreeVisitor {
  private let keys: [String: [UInt8]]
  private(set) var entries: [[UInt8]: [UInt8]] = [:]

  /// The text of a file of seeds for `fixture`.
  static func text(for fixture: SnapshotFixture) throws -> [UInt8] {
    var seeds = PluginSeeds(keys: try fixture.keyEncryptionKeys())
    guard !seeds.keys.isEmpty else { return [] }
    let (_, tree) = try Opening(fixture.path()).outcome.get()
    _ = tree.walk(&seeds)
    func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    return seeds.entries.flatMap { Array("\(hex($0.key)) = \(hex($0.value))\n".utf8) }
  }

  private init(keys: [String: [UInt8]]) { self.keys = keys }

  mutating func visit(_ row: borrowing Row) {
    guard let keyValue = try? KeyValue(decoding: row.value) else { return }
    let value = keyValue.value
    guard let envelope = Classification(of: value).envelope,
      let body = EnvelopeBody(of: value, body: envelope.body, provider: envelope.provider),
      let encryptedDEK = body.encryptedDEK
    else { return }
    let encrypted = EtcdKey(copying: value.extracting(encryptedDEK)).bytes
    let name = body.keyID.map { EtcdKey(copying: value.extracting($0)).bytes } ?? Array(encrypted.prefix { $0 != 0 })
    let wrapped = body.keyID == nil ? Array(encrypted.dropFirst(name.count + 1)) : encrypted
    if entries[encrypted] == nil { entries[encrypted] = unwrap(wrapped, name) }
  }

  private func unwrap(_ wrapped: [UInt8], _ name: [UInt8]) -> [UInt8]? {
    guard let key = keys[String(decoding: name, as: UTF8.self)], var cipher = unsafe AESGCM(key: key.span.bytes) else {
      return nil
    }
    var buffer = PlaintextBuffer()
    guard unsafe cipher.open(wrapped.span.bytes, authenticating: name.span.bytes, into: &buffer) == .opened else {
      return nil
    }
    return buffer.withBytes { EtcdKey(copying: $0).bytes }
  }

  mutating func enter(_ bucket: Bucket) {}
  mutating func leave(_ bucket: Bucket) {}
  mutating func finish(_ page: PageUse) {}
  mutating func find(_ error: BoltError) {}
}
