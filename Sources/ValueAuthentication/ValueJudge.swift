import ByteViews
import Cryptography
import KubernetesStorage
import Synchronization
import VerificationModel

/// Judges encrypted values one by one, in memory that is wiped after each.
///
/// Made for one thread, which pays for the contexts of the keys once. Nothing of a value leaves it but a ``Judgement``.
package final class ValueJudge: Sendable {
  private let ring: KeyRing
  private let digests: ContentDigests?
  // Nobody waits for it: it is there for the compiler, which can't know that there is one judge for each thread.
  private let state: Mutex<State>

  /// A judge with the keys of `ring`.
  ///
  /// - Parameter digests: makes the digests of what is opened; nil where nobody asks for them.
  package init(_ ring: KeyRing, digests: ContentDigests? = nil) {
    self.ring = ring
    self.digests = digests
    state = Mutex(State(ring, digests: digests))
  }

  /// A judge with the same keys, for another thread.
  package func forAnotherThread() -> ValueJudge { ValueJudge(ring, digests: digests?.forAnotherThread()) }

  /// Judges `value`: every key that may open it is tried, as an API server does. O(length) for each.
  /// Of an etcd key that was decrypted, and of the contents of an object, a digest is all that leaves the judge.
  package func judge(_ value: EncryptedValue) -> Judgement {
    state.withLock { $0.judge(value) }
  }

  /// Whether `value` was written under the etcd key `other`; of what is bound to its key. O(length) for each key that may
  /// open it.
  package func opens(_ value: EncryptedValue, under other: RawSpan) -> Bool {
    state.withLock { $0.opens(value, under: other) }
  }

  /// What a thread has for itself.
  package struct State: ~Copyable {
    package let ring: KeyRing
    package var buffer = PlaintextBuffer()
    let digests: ContentDigests?
    private var readyKeys: [ReadyKey?]
    private var readySeeds: [Int: ReadyKey] = [:]
    /// Which keys read the resource met last.
    private var readers: (directory: ResourcePath.Directory, bytes: [UInt8], keys: [Int])?
    /// Whether the last value was written under its key without the prefix that a gateway put before it.
    var isStripped = false

    /// Seeds whose contexts are kept; KMS v2 uses one for many values, KMS v1 a data key for one.
    private static let seedCapacity = 64

    package init(_ ring: KeyRing, digests: ContentDigests? = nil) {
      self.ring = ring
      self.digests = digests
      readyKeys = Array(repeating: nil, count: ring.keys.count)
    }

    /// Asks `body` about each key that may open `value`, with the parts of the value that it would open and where its name
    /// ends, until the answer is true.
    mutating func forEachKey(
      of value: EncryptedValue, _ body: (inout State, ReadyKey, EnvelopeBody, Int) -> Bool
    ) {
      switch value.provider {
      case .aescbc, .aesgcm, .secretbox:
        for index in keys(reading: value) {
          let key = ring.keys[index]
          let end = value.nameStart + key.name.count
          guard key.provider == value.provider, value.value.holds(name: key.name, at: value.nameStart),
            let parts = value.body(behind: end)
          else { continue }
          if body(&self, readyKey(index), parts, end) { return }
        }
      case .kmsv1, .kmsv2:
        for end in value.nameEnds {
          guard let parts = value.body(behind: end) else { continue }
          for name in [parts.encryptedDEK, parts.keyID] {
            guard let name else { continue }
            var seed = ring.seeds.first(named: value.value.extracting(name))
            while let number = seed {
              if body(&self, readySeed(number), parts, end) { return }
              seed = ring.seeds.next(after: number)
            }
          }
        }
      }
    }

    private mutating func readyKey(_ index: Int) -> ReadyKey {
      if let key = readyKeys[index] { return key }
      let key = ReadyKey(ring.keys[index].secret)
      readyKeys[index] = key
      return key
    }

    private mutating func readySeed(_ index: Int) -> ReadyKey {
      if let key = readySeeds[index] { return key }
      if readySeeds.count >= Self.seedCapacity { readySeeds.removeAll(keepingCapacity: true) }
      let key = ring.seeds.key(index)
      readySeeds[index] = key
      return key
    }

    private mutating func keys(reading value: EncryptedValue) -> [Int] {
      let directory = value.path.directory
      let bytes = value.key.extracting(directory.range)
      if let readers, readers.directory == directory, bytes.byteCount == readers.bytes.count,
        bytes.holds(readers.bytes, at: 0)
      {
        return readers.keys
      }
      let keys = ring.readers(value.path.resource(in: value.key))
      var copy: [UInt8] = []
      copy.append(bytes)
      readers = (directory, copy, keys)
      return keys
    }
  }
}

extension ResourcePath.Directory {
  /// What must be compared beside the directory itself, whose ranges say nothing about what lies in them.
  fileprivate var range: Range<Int> {
    switch self {
    case .builtIn: 0..<0
    case .custom(let group, let plural): group.lowerBound..<plural.upperBound
    case .internalRecord(let range), .unknown(let range): range
    }
  }
}

extension RawSpan {
  /// Whether `name` stands at `offset`, and a colon after it.
  fileprivate func holds(name: [UInt8], at offset: Int) -> Bool {
    guard name.count < byteCount - offset, holds(name, at: offset) else { return false }
    return byte(at: offset + name.count) == UInt8(ascii: ":")
  }
}
