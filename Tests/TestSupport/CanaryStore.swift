/// Snapshots of a store whose Secrets are all encrypted, with some bytes put into one place of the file; all sums are right.
///
/// ```swift
/// var random = SeededGenerator(seed: 7)
/// let canary = CanarySecret(&random)
/// let file = try CanaryStore(&random).file(with: canary.bytes(.json, .hex, &random), at: .freePage, &random)
/// ```
public struct CanaryStore: Sendable {
  /// A place of a file.
  public enum Place: String, Sendable, CaseIterable {
    // Under a Secret's own key.
    case live, history
    /// Behind the prefix of a provider and up to 400 random bytes, with as many behind.
    case aescbc, aesgcm, secretbox, kmsv1, kmsv2
    /// At the start of a body that is as short as it can be.
    case shortBody
    /// In the place of what KMS writes before the ciphertext, or of its own.
    case kmsv1DataKey, kmsv2DataKey, kmsv2Annotation, kmsv2KeyID, kmsv2UnknownField, kmsv2Overwritten

    // Under the key of another resource.
    case otherLive, otherHistory, otherEnvelope
    /// Behind a whole object of another kind.
    case behindObject, behindTextObject
    /// Under a key of no resource.
    case foreignKey

    // In parts of rows that no reader counts.
    case firstValue, unknownField, tombstoneValue

    // In keys and names.
    case etcdKey, etcdKeyOfHistory, etcdKeyOfTombstone, bucketName

    // In buckets other than `key`.
    case knownBucket, unknownBucket, almostKeyBucket, inlineBucket, behindInlineElements, nestedBucket

    // In the freelist.
    case freelistPage, freelistOverflow

    // In free pages.
    case freePage, freeRow, freeRowWithoutHead, freePodRow, freePod, forgedTombstone, staleLeaf, staleBranch

    // Where no page has its bytes.
    case leafSlack, branchSlack, metaSlack, overflowTail, behindCount, emptyLeaf, beyondHighWater, behindTrailer

    /// Whether any bytes there but ciphertext are something to be told.
    public var mustBeCiphertext: Bool {
      switch self {
      case .live, .history, .aescbc, .aesgcm, .secretbox, .kmsv1, .kmsv2, .shortBody, .kmsv1DataKey, .kmsv2DataKey,
        .kmsv2Annotation, .kmsv2KeyID, .kmsv2UnknownField, .kmsv2Overwritten, .otherEnvelope:
        true
      default: false
      }
    }

    /// Whether etcd never writes anything there, so that what lies there is told, whatever it is.
    public var isNeverWritten: Bool {
      switch self {
      case .firstValue, .unknownField, .tombstoneValue, .nestedBucket, .behindCount, .emptyLeaf: true
      default: false
      }
    }
  }

  /// Bytes of a page.
  public let pageSize: Int
  /// Whether what is put into a row lies under no Secret's key, where it would be out of place.
  public var avoidsSecretKeys = false
  private var operations: [EtcdWriter.Operation]
  private var storesFreelist: Bool

  /// A store of a few Secrets, Pods and ConfigMaps.
  public init(_ random: inout SeededGenerator) {
    pageSize = random.one(of: [1024, 4096, 4096])
    storesFreelist = random.isOne(in: 2)
    operations = [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
    let providers = StoredSecret.Provider.allCases
    for number in 0..<10 {
      let sealed = StoredSecret.sealed(
        providers[number % providers.count], "key1", seed: random.next())
      operations.append(.put("/registry/secrets/default/s\(number)", sealed))
      operations.append(.put("/registry/pods/default/p\(number)", Self.pod))
    }
    operations.append(.put("/registry/configmaps/default/old", Self.object("ConfigMap", [])))
    operations.append(.delete("/registry/configmaps/default/old"))
  }

  private static func object(_ kind: String, _ fields: [UInt8]) -> [UInt8] {
    var (metadata, message) = (ProtobufWriter(), ProtobufWriter())
    metadata.bytes(1, Array("web".utf8))
    metadata.bytes(3, Array("default".utf8))
    message.bytes(1, metadata.bytes)
    return StoredSecret.object(apiVersion: "v1", kind: kind, message.bytes + fields)
  }

  private static let pod: [UInt8] = {
    var spec = ProtobufWriter()
    spec.bytes(3, Array("Always".utf8))
    var field = ProtobufWriter()
    field.bytes(2, spec.bytes)
    return object("Pod", field.bytes)
  }()

  private var secretKey: String {
    avoidsSecretKeys ? "/registry/configmaps/default/web" : "/registry/secrets/default/s3"
  }

  // MARK: Values

  /// The value that holds `content` where the place is one in a value.
  private static func value(_ content: [UInt8], at place: Place, _ random: inout SeededGenerator) -> [UInt8] {
    func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
      var writer = ProtobufWriter(keepsDefaults: true)
      writer.bytes(number, bytes)
      return writer.bytes
    }
    func prefix(_ provider: StoredSecret.Provider) -> [UInt8] { Array("\(provider.rawValue)key1:".utf8) }
    let before = random.bytes(random.count(0...400))
    let after = random.bytes(random.count(0...400))
    let body = before + content + after
    switch place {
    case .aescbc: return prefix(.aescbc) + body + random.bytes((16 - body.count % 16) % 16)
    case .aesgcm: return prefix(.aesgcm) + body
    case .secretbox: return prefix(.secretbox) + body
    case .otherEnvelope: return prefix(random.one(of: [.aesgcm, .secretbox])) + body
    case .shortBody: return prefix(random.one(of: [.aesgcm, .secretbox])) + content
    case .kmsv1: return prefix(.kmsv1) + [0, 60] + random.bytes(60) + body
    case .kmsv1DataKey:
      let length = [UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
      return prefix(.kmsv1) + length + content + random.bytes(108)
    case .kmsv2, .kmsv2DataKey, .kmsv2Annotation, .kmsv2KeyID, .kmsv2UnknownField, .kmsv2Overwritten:
      let ciphertext = random.bytes(108)
      var message: [UInt8] = []
      if place == .kmsv2Overwritten { message += field(random.one(of: [1, 2, 3]), content) }
      message += field(1, place == .kmsv2 ? body : ciphertext)
      message += field(2, place == .kmsv2KeyID ? content : Array("kek-1".utf8))
      message += field(3, place == .kmsv2DataKey ? content : random.bytes(60))
      if place == .kmsv2Annotation {
        message += field(4, field(1, Array("example.com".utf8)) + field(2, content))
      }
      if place == .kmsv2UnknownField { message += field(9, content) }
      return prefix(.kmsv2) + message + [0x28, 1]
    case .behindObject: return pod + content
    case .behindTextObject:
      return Array(#"{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"web"},"spec":{"a":1}}"#.utf8)
        + random.one(of: [[], [0x0A]]) + content
    default: return content
    }
  }

  private static func keyValue(_ key: [UInt8], _ value: [UInt8], main: Int64) -> EtcdWriter.KeyValue {
    EtcdWriter.KeyValue(key: key, createRevision: main, modRevision: main, version: 1, value: value)
  }

  /// A whole row, key and message, as it lies on a page.
  private static func row(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let row = EtcdWriter.Row(main: 50, keyValue: keyValue(Array(key.utf8), value, main: 50))
    return row.boltKey + row.keyValue.encoded
  }

  // MARK: Files

  /// A file with `content` at `place`; of what lies behind the last element of a page, as much as there is room for.
  public func file(
    with content: [UInt8], at place: Place, _ random: inout SeededGenerator
  ) throws -> [UInt8] {
    var operations = operations
    let secret = "/registry/secrets/default/s3"
    let other = "/registry/configmaps/default/web"
    let value = Self.value(content, at: place, &random)
    let sealed = StoredSecret.sealed(.secretbox, "key1", seed: random.next())
    switch place {
    case .live, .aescbc, .aesgcm, .secretbox, .kmsv1, .kmsv2, .shortBody, .kmsv1DataKey, .kmsv2DataKey,
      .kmsv2Annotation, .kmsv2KeyID, .kmsv2UnknownField, .kmsv2Overwritten:
      operations.append(.put(secret, value))
      if random.isOne(in: 3) { operations.append(.put(secret, sealed)) }
    case .history: operations += [.put(secret, value), random.isOne(in: 2) ? .put(secret, sealed) : .delete(secret)]
    case .otherLive, .otherEnvelope, .behindObject: operations.append(.put(other, value))
    case .behindTextObject: operations.append(.put("/registry/example.com/things/default/web", value))
    case .otherHistory:
      operations += [.put(other, value), random.isOne(in: 2) ? .put(other, Self.pod) : .delete(other)]
    case .foreignKey: operations.append(.put(random.one(of: ["/app/config", "a", "compact_rev_key"]), value))
    case .etcdKey, .etcdKeyOfHistory, .etcdKeyOfTombstone:
      let key = random.one(of: [Array("/registry/configmaps/default/".utf8), [], Array("/app/".utf8)]) + content
      operations.append(.put(key: key, value: Self.pod, lease: 0))
      if place == .etcdKeyOfHistory { operations.append(.put(key: key, value: Self.pod, lease: 0)) }
      if place == .etcdKeyOfTombstone {
        operations += [.delete(key: key), .compact(revision: Int64(operations.count), finished: false)]
      }
    default: break
    }
    var root = EtcdWriter(.v36, operations).root
    root["key"]?.layout = .pages
    putInRow(content, at: place, &root, &random)
    putInBucket(content, at: place, &root, &random)
    return try image(of: root, content, place, &random)
  }

  private func putInRow(
    _ content: [UInt8], at place: Place, _ root: inout BoltBucket,
    _ random: inout SeededGenerator
  ) {
    let isTombstone = place == .tombstoneValue
    guard isTombstone || place == .firstValue || place == .unknownField else { return }
    let key = Array(random.one(of: ["/registry/secrets/default/s3", "/registry/pods/default/p3"]).utf8)
    var message = ProtobufWriter()
    message.bytes(1, key)
    if !isTombstone { for number in 2...4 { message.varint(UInt64(number), UInt64(60)) } }
    message.bytes(place == .unknownField ? 9 : 5, content)
    if !isTombstone { message.bytes(5, StoredSecret.sealed(.secretbox, "key1", seed: random.next())) }
    let row = EtcdWriter.Row(main: 60, isTombstone: isTombstone, keyValue: .init(key: key))
    root["key"]?.entries.append(.init(row.boltKey, message.bytes))
  }

  private func putInBucket(
    _ content: [UInt8], at place: Place, _ root: inout BoltBucket, _ random: inout SeededGenerator
  ) {
    let entry = random.one(of: [
      BoltBucket.Entry("a", content),
      EtcdWriter.Row(
        main: 60, keyValue: Self.keyValue(Array(secretKey.utf8), content, main: 60)
      ).entry,
    ])
    var bucket = BoltBucket([entry])
    bucket.layout = place == .inlineBucket ? .inline : .pages
    switch place {
    case .knownBucket: root[random.one(of: ["lease", "members", "cluster", "auth", "alarm"])] = bucket
    case .unknownBucket, .inlineBucket: root[random.one(of: ["zz", "backup", "Meta"])] = bucket
    case .almostKeyBucket: root[random.one(of: ["Key", "key ", "KEY", "keys"])] = bucket
    case .nestedBucket: root["zz"] = BoltBucket([BoltBucket.Entry("inner", bucket)], layout: .pages)
    case .bucketName:
      let name = Array(content.prefix(30_000))
      let entry = BoltBucket.Entry(name, inlineBucket(with: []))
      root.entries.append(entry)
      root.entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
    case .behindInlineElements:
      root.entries.append(BoltBucket.Entry("zzz", inlineBucket(with: content)))
    default: break
    }
  }

  /// The value of a bucket that lies inside its parent's page, with `content` behind its only row.
  private func inlineBucket(with content: [UInt8]) -> [UInt8] {
    let encoder = BoltPageEncoder(pageSize: pageSize)
    let page = encoder.leaf(0, [BoltPageEncoder.Row(Array("a".utf8), [1])], isInline: true)
    return encoder.bucket(root: 0, inlinePage: page + content)
  }

  private func image(
    of root: BoltBucket, _ content: [UInt8], _ place: Place, _ random: inout SeededGenerator
  ) throws -> [UInt8] {
    var writer = BoltWriter(pageSize: pageSize)
    writer.packing.rowsPerLeaf = 4
    writer.packing.childrenPerBranch = 4
    if storesFreelist || place == .freelistPage || place == .freelistOverflow { writer.freelist = .stored }
    // The leaf that moves leaves a page that no freelist has.
    if place == .overflowTail { writer.freelist = .notStored }
    let freeNumber: UInt64 = 60
    if let bytes = freeBytes(content, place, freeNumber, writer.encoder, &random) {
      writer.freePages[freeNumber] = bytes
    }
    if place == .beyondHighWater {
      let tail = random.bytes(random.one(of: [0, 0, 40])) + content
      // Whole pages, so that the length tells of the SHA-256.
      writer.tail = tail + [UInt8](repeating: 0, count: (pageSize - tail.count % pageSize) % pageSize)
    }
    if place == .freelistOverflow {
      // So many free pages that the freelist takes a run of several.
      writer.freePages[UInt64(freeNumber) + UInt64(pageSize / 8) + 20] = [0]
    }
    var image = writer.image(root)
    patch(&image, content, place, &random)
    var file = try image.snapshot()
    if place == .behindTrailer { file += random.one(of: [[], [0, 0, 0, 0]]) + content }
    return file
  }

  /// What lies in the free page of this number.
  private func freeBytes(
    _ content: [UInt8], _ place: Place, _ number: UInt64, _ encoder: BoltPageEncoder,
    _ random: inout SeededGenerator
  ) -> [UInt8]? {
    let pod = "/registry/pods/default/web"
    switch place {
    case .freePage:
      let noise = random.one(of: [random.bytes(40), Array("some text ".utf8), [UInt8](repeating: 0, count: 48)])
      return Array(noise.prefix(random.count(0...40))) + content
    case .freeRow: return Self.row(random.one(of: [secretKey, pod, "/app/x"]), content)
    case .freeRowWithoutHead:
      let row = Self.row(random.one(of: [secretKey, pod]), content)
      return Array(row.dropFirst(random.count(1...40)))
    case .freePodRow: return Self.row(pod, Self.pod + content)
    case .freePod: return Self.pod + content + Self.row(pod, Self.pod)
    case .forgedTombstone:
      let count = content.count + 100
      return Array(Self.row(pod, [1]).prefix(17))
        + [UInt8(ascii: "t"), 0x0A, UInt8(count & 0x7F | 0x80), UInt8(count >> 7 & 0x7F | 0x80), UInt8(count >> 14)]
        + Array("/registry/pods/default/".utf8) + content + random.bytes(200)
    case .staleLeaf:
      let rows = [("/registry/pods/default/p1", Self.pod), (random.one(of: [pod, "/app/x"]), content)]
      return encoder.leaf(
        number,
        rows.enumerated().map { index, row in
          EtcdWriter.Row(
            main: Int64(50 + index), keyValue: Self.keyValue(Array(row.0.utf8), row.1, main: Int64(50 + index))
          ).leafRow
        })
    case .staleBranch: return encoder.branch(number, [(Array("a".utf8), 3), (content, 4)])
    default: return nil
    }
  }

  private func patch(
    _ image: inout BoltImage, _ content: [UInt8], _ place: Place, _ random: inout SeededGenerator
  ) {
    switch place {
    case .bucketName, .behindInlineElements:
      // The row becomes a bucket.
      let name = place == .bucketName ? Array(content.prefix(30_000)) : Array("zzz".utf8)
      for leaf in image.pages(.leaf, ofBucket: []) {
        for row in 0..<Int(image[leaf, .count]) where Array(image.bytes[image.row(row, of: leaf).key]) == name {
          image[leaf, row: row, .flags] = 1
        }
      }
    case .freelistPage, .freelistOverflow:
      let page = image.page(image[meta: 0, .freelist])
      let end = 16 + 8 * Int(image[page, .count])
      let bytes = Int(page.overflow + 1) * pageSize
      put(content, in: (page.offset + end)..<(page.offset + bytes), &image, &random)
    case .leafSlack, .branchSlack, .metaSlack: putInSlack(content, place, &image, &random)
    case .overflowTail: appendRun(content, &image, &random)
    case .behindCount, .emptyLeaf:
      let leaf = image.leafPages(ofBucket: "key")[1]
      image[leaf, .count] = place == .emptyLeaf ? 0 : image[leaf, .count] - 1
      let count = Int(leaf.overflow + 1) * pageSize
      put(
        content, in: (leaf.offset + count - min(count - 100, content.count + 8))..<(leaf.offset + count), &image,
        &random)
    default: break
    }
  }

  /// Puts `content` at a random place of `range`; as much of it as there is room for.
  private func put(
    _ content: [UInt8], in range: Range<Int>, _ image: inout BoltImage, _ random: inout SeededGenerator
  ) {
    let room = range.count - content.count
    let start = room > 0 ? range.lowerBound + random.count(0...room) : range.lowerBound
    image.patch(at: start, bytes: Array(content.prefix(range.upperBound - start)))
  }

  private func putInSlack(
    _ content: [UInt8], _ place: Place, _ image: inout BoltImage, _ random: inout SeededGenerator
  ) {
    switch place {
    case .metaSlack:
      let start = random.count(0...1) * pageSize
      put(content, in: (start + 80)..<(start + pageSize), &image, &random)
    default:
      let pages =
        place == .branchSlack ? image.branchPages(ofBucket: "key") : image.leafPages(ofBucket: "key")
      let slacks = pages.map { slack(of: $0, image) }
      let roomy = slacks.filter { $0.count >= content.count }
      // Where there is no room, as much as fits into the largest.
      let range = roomy.isEmpty ? slacks.max { $0.count < $1.count } : random.one(of: roomy)
      if let range { put(content, in: range, &image, &random) }
    }
  }

  /// Where the slack of a page of bucket `key` lies.
  private func slack(of page: BoltImage.Page, _ image: BoltImage) -> Range<Int> {
    let count = Int(image[page, .count])
    let end: Int
    if page.kind == .leaf {
      end = count == 0 ? page.offset + 16 : image.row(count - 1, of: page).value.upperBound
    } else {
      let last = count - 1
      end =
        page.offset + 16 + 16 * last + Int(image[page, child: last, .position])
        + Int(image[page, child: last, .keySize])
    }
    return end..<(page.offset + Int(page.overflow + 1) * pageSize)
  }

  /// Moves a leaf behind all other pages, with pages of its own behind it, and puts `content` there.
  private func appendRun(
    _ content: [UInt8], _ image: inout BoltImage, _ random: inout SeededGenerator
  ) {
    let leaf = image.leafPages(ofBucket: "key")[0]
    let number = image.highWater
    let overflow = UInt64(content.count / pageSize + 2)
    var run = Array(image.bytes[leaf.offset..<leaf.offset + pageSize * Int(leaf.overflow + 1)])
    let total = overflow + leaf.overflow
    run.replaceSubrange(0..<8, with: [UInt8](bigEndian: number).reversed())
    run.replaceSubrange(12..<16, with: [UInt8](bigEndian: total).reversed().prefix(4))
    let start = run.count
    run += [UInt8](repeating: 0, count: Int(overflow) * pageSize)
    let place = start + random.count(0...run.count - start - content.count)
    run.replaceSubrange(place..<place + content.count, with: content)
    guard let branch = image.branchPages(ofBucket: "key").last(where: { image[$0, child: 0, .child] == leaf.number })
    else { return }
    image[branch, child: 0, .child] = number
    image.setMetas(.highWater, to: number + total + 1)
    image.bytes += run
  }
}
