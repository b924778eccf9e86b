import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// CBOR, as custom resources are stored with since Kubernetes 1.32.
enum CBORObjects: ObjectEncoding {
  static let name = "cbor"
  static let words =
    [[0xD9, 0xD9, 0xF7], [0xBF], [0xFF], [0x5F], [0x7F], [0xD5], [0xF6], [0x9F], [0xFB]] as [[UInt8]]
    + FuzzSeeds.words("dkind", "fSecret", "japiVersion", "bv1", "hmetadata", "ddata", "dname")

  static func seeds() -> [[UInt8]] {
    let secret: [UInt8] =
      [0xD9, 0xD9, 0xF7, 0xA4] + text("kind") + text("Secret") + text("apiVersion") + text("v1") + text("metadata")
      + [0xA1] + text("name") + text("db") + text("data") + [0xA1] + text("a") + [0x43, 1, 2, 3]
    let endless: [UInt8] =
      [0xD9, 0xD9, 0xF7, 0xBF] + text("kind") + [0x7F] + text("Sec") + text("ret") + [0xFF] + text("apiVersion")
      + text("v1") + text("data") + [0xBF] + text("a") + [0xD5, 0x41, 7, 0xFF, 0xFF]
    return FuzzSeeds.objects.filter { $0.starts(with: [0xD9, 0xD9, 0xF7]) && $0.count < 3000 } + [secret, endless]
  }

  private static func text(_ text: String) -> [UInt8] { [0x60 + UInt8(text.utf8.count)] + Array(text.utf8) }

  static func complaints(about value: [UInt8]) -> [String] {
    var complaints = Complaints()
    var reader = CBORReader(value.rawSpan)
    var error: SyntaxError?
    do throws(SyntaxError) {
      while try reader.next() != nil {}
    } catch let fault {
      error = fault
    }
    let plain = PlainCBOR.end(of: value)
    if error == nil {
      complaints.expect(reader.position, equals: plain ?? -1, "where the item ends")
    } else if let plain, error?.code != .tooDeep, error?.code != .invalidKey {
      complaints.expect(false, "an item of \(plain) bytes is refused: \(error as Any)")
    }
    if let error { complaints.expect(0...value.count ~= error.offset, "a fault at \(error.offset) of \(value.count)") }
    return complaints.list
  }
}
