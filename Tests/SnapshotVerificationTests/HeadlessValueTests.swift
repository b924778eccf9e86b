import BoltFormat
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

@Suite("Values whose first page was written anew")
struct HeadlessValueTests {
  private static let pageSize = 4096
  private static let policy = Policy(failOn: nil)

  private static let root: BoltBucket = EtcdWriter(
    .v36,
    [
      .put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
      .put(secretKey("live"), StoredSecret.sealed(.secretbox, "key1")),
    ]
  ).root

  private static func report(_ pages: [UInt64: [UInt8]], _ policy: Policy = Self.policy) throws -> SnapshotReport {
    var writer = BoltWriter(pageSize: pageSize)
    writer.freePages = pages
    return try SnapshotVerificationTests.report(on: writer.image(root), policy)
  }

  private static func residue(_ pages: [UInt64: [UInt8]]) throws -> SnapshotReport.ResidueSummary {
    try #require(try report(pages).residue)
  }

  private static func random(_ count: Int, seed: UInt64 = 3) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return generator.bytes(count)
  }

  /// Text as a release of Helm has it.
  private static func base64(_ count: Int) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    return random(count, seed: 4).map { digits[Int($0 & 63)] }
  }

  /// The row of an encrypted Secret.
  private static let row: [UInt8] = {
    let row = EtcdWriter.Row.secret("next", 9, StoredSecret.sealed(.secretbox, "key1"))
    return row.boltKey + row.keyValue.encoded
  }()

  private static let endOfSecret = Array("\u{1A}\u{12}helm.sh/release.v1\u{1A}\u{0}\"\u{0}".utf8)
  private static let endOfConfigMap = Array("\u{12}\u{0F}\u{0A}\u{4}note\u{12}\u{7}changed\u{1A}\u{0}\"\u{0}".utf8)
  private static let endOfSecretText = Array("=\"},\"type\":\"helm.sh/release.v1\"}\n".utf8)
  private static let endOfConfigMapText = Array("\"}}\n".utf8)

  // MARK: What is accounted for

  @Test("Ciphertext goes on from a page's beginning to a row, to zeros, or to the page's end", arguments: 0..<3)
  func ciphertext(end: Int) throws {
    let bytes =
      switch end {
      case 0: Self.random(3 * Self.pageSize + 700) + Self.row
      case 1: Self.random(3 * Self.pageSize + 13)
      default: Self.random(4 * Self.pageSize)
      }
    let residue = try Self.residue([20: bytes])
    #expect(residue.unexplained == [])
    #expect(residue.ciphertextPages == 4)
    #expect(residue.secretPages + residue.otherObjectPages == 0)
  }

  @Test("The rest of a Secret is found by its end, and accounted for as one", arguments: [false, true])
  func secret(isText: Bool) throws {
    let bytes = Self.base64(3 * Self.pageSize + 702) + (isText ? Self.endOfSecretText : Self.endOfSecret)
    for following in [[], Self.row] {
      let report = try Self.report([20: bytes + following])
      let residue = try #require(report.residue)
      #expect(residue.unexplained == [])
      #expect(residue.secretPages == 4)
      let found = report.findings.filter { $0.rule == .plaintextResidue }
      #expect(found.map(\.reason) == ["fragment"])
      #expect(found.map(\.page) == [PageID(23)])
    }
  }

  @Test("The rest of an object that can't be a Secret is accounted for", arguments: [false, true])
  func otherObject(isText: Bool) throws {
    let bytes = Self.base64(3 * Self.pageSize + 702) + (isText ? Self.endOfConfigMapText : Self.endOfConfigMap)
    for following in [[], Self.row] {
      let report = try Self.report([20: bytes + following])
      let residue = try #require(report.residue)
      #expect(residue.unexplained == [])
      #expect(residue.otherObjectPages == 4)
      #expect(report.findings == [])
    }
  }

  @Test("Where ConfigMaps must be encrypted too, the rest of an object that may be one is not accounted for")
  func otherObjectInScope() throws {
    let policy = Policy(
      resources: [.resource(.secrets), .resource(GroupResource("configmaps"))], failOn: nil)
    let report = try Self.report([20: Self.base64(5000) + Self.endOfConfigMap], policy)
    #expect(report.residue?.unexplainedReadablePages == 2)
  }

  // MARK: What is not

  @Test("Text that shows neither its beginning nor its end is told with page and offset, once for adjacent pages")
  func textWithoutEnds() throws {
    let text = Self.base64(2 * Self.pageSize)
    let report = try Self.report([20: text, 24: Self.row + [1, 2] + Array("what may this be".utf8), 27: text])
    let pages: [UInt64] = [20, 21, 24, 27, 28]
    #expect(report.residue?.unexplained.map(\.page) == pages.map { PageID($0) })
    #expect(report.residue?.unexplainedReadablePages == 4)
    let found = report.findings.filter { $0.rule == .residueUnexplained }
    let firstPages: [UInt64] = [20, 24, 27]
    #expect(found.map(\.page) == firstPages.map { PageID($0) })
    let rowBytes = UInt64(Self.row.count)
    let offsets: [UInt64] = [81_920, 98_304 + rowBytes, 110_592]
    #expect(found.map(\.offset) == offsets.map { ByteOffset($0) })
    #expect(report.findingCounts[.residueUnexplained] == 3)
    #expect(try Self.report([20: text], Policy(failOn: .low)).verdict == .fail)
  }

  @Test("A Secret's type of whatever letters keeps its rest from being taken for another object's")
  func unusualTypes() throws {
    for type in ["x", "my type", String(repeating: "t", count: 200)] {
      let length = type.utf8.count < 128 ? [UInt8(type.utf8.count)] : [UInt8(type.utf8.count & 0x7F | 0x80), 1]
      for flag in [[], [0x28, 1]] as [[UInt8]] {
        var end: [UInt8] = [0x1A] + length
        end += Array(type.utf8) + flag
        end += [0x1A, 0, 0x22, 0]
        let residue = try Self.residue([20: Self.base64(5000) + end])
        #expect(residue.otherObjectPages == 0)
        #expect(residue.unexplainedReadablePages == 2)
      }
    }
    let text = Self.base64(5000) + Array("\"},\"type\":\"my type\"}\n".utf8)
    #expect(try Self.residue([20: text]).unexplainedReadablePages == 2)
  }

  @Test("What has its beginning, or text in it, is no ciphertext that goes on")
  func notCiphertext() throws {
    var packed: [UInt8] = [0x1F, 0x8B, 0x08, 0]
    packed += Self.random(2 * Self.pageSize)
    #expect(try Self.residue([20: packed]).unexplained.map(\.isReadable) == [false, false, false])
    var bytes = Self.random(2 * Self.pageSize)
    bytes.replaceSubrange(5000..<5200, with: Self.base64(200))
    let residue = try Self.residue([20: bytes])
    #expect(residue.ciphertextPages == 1)
    #expect(residue.unexplained.map(\.page) == [PageID(21)])
    #expect(residue.unexplainedReadablePages == 1)
  }

  @Test("JSON that is whole goes on from nowhere")
  func wholeText() throws {
    let text = Array("{\"password\":\"\(String(repeating: "horse ", count: 40))\"}\n".utf8)
    #expect(try Self.residue([20: text]).unexplainedReadablePages == 1)
    #expect(try Self.residue([20: text]).otherObjectPages == 0)
  }

  @Test("Behind the pages that were ever in use, nothing goes on")
  func beyondTheHighWaterMark() throws {
    let writer = BoltWriter(pageSize: Self.pageSize)
    let image = try writer.image(Self.root).bytes + Self.random(Self.pageSize)
    let directory = try TemporaryDirectory()
    let path = try directory.file("db", image)
    let report = Verifier(policy: Self.policy).verify(path: path)
    #expect(report.residue?.ciphertextPages == 0)
    #expect(report.residue?.unexplainedPages == 1)
  }
}
