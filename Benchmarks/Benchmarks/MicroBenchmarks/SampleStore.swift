import BoltFormat
import TestSupport

/// What the micro-benchmarks read, in memory.
struct SampleStore: Sendable {
  /// A store of 1000 rows, a quarter of them Secrets.
  let tree: Tree
  /// Its leaf pages.
  let leaves: [[UInt8]]
  /// The values of its rows, as bbolt holds them.
  let messages: [[UInt8]]
  /// A value of each kind that most snapshots are made of.
  let values: [(name: String, value: [UInt8])]
  /// 1 MiB.
  let block: [UInt8]

  /// A store, always the same.
  init() {
    var random = SeededGenerator(seed: 1)
    let envelope = Array("\(StoredSecret.Provider.aescbc.rawValue)key1:".utf8)
    let encrypted = envelope + random.bytes(512)
    let plaintext = StoredSecret.plaintext(dataKeys: (1...8).map { "password-\($0)" })
    values = [("aescbc", encrypted), ("protobuf", plaintext), ("json", StoredSecret.json)]
    block = random.bytes(1 << 20)

    let operations = (0..<1000).map { number -> EtcdWriter.Operation in
      guard !number.isMultiple(of: 4) else { return .put("/registry/secrets/default/name-\(number)", encrypted) }
      let pod = StoredSecret.object(apiVersion: "v1", kind: "Pod", random.bytes(300))
      return .put("/registry/pods/default/name-\(number)", pod)
    }
    let etcd = EtcdWriter(.v35, operations)
    let image = BoltWriter().image(etcd.root)
    messages = etcd.rows.map(\.keyValue.encoded)
    leaves = image.leafPages(ofBucket: "key").map { page in
      Array(image.bytes[page.offset..<page.offset + (Int(page.overflow) + 1) * image.pageSize])
    }
    do throws(BoltError) {
      tree = try Tree(MemorySource(bytes: image.bytes))
    } catch {
      preconditionFailure("the writer's file can't be read: \(error)")
    }
  }
}

/// A file in memory.
private struct MemorySource: ByteSource {
  let bytes: [UInt8]

  var byteCount: UInt64 { UInt64(bytes.count) }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset), bound: UInt64(count))
    }
    buffer.replaceSubrange(..<min(count, buffer.count), with: bytes[Int(offset)..<Int(offset) + count])
  }
}

extension [UInt8] {
  /// The bytes, without copying them.
  var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: a byte is initialized memory of any pattern.
      unsafe span.bytes
    }
  }
}
