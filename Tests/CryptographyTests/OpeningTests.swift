import Cryptography
import TestSupport
import Testing

@Suite("Opening values")
struct OpeningTests {
  @Test("There are vectors of every layout")
  func vectorsAreThere() {
    #expect(Opener.positive.count == 14)
    #expect(Set(Opener.positive.map(\.layout)) == [.cbc, .gcm, .secretbox, .seed])
    #expect(
      Opener.negative.map(\.id) == ["moved-aesgcm", "moved-kmsv2", "moved-aescbc", "moved-secretbox", "aesgcm-bitflip"])
  }

  @Test("A vector opens with its key to its plaintext", arguments: Opener.positive)
  func positive(_ vector: Opener) {
    var buffer = PlaintextBuffer()
    let (opening, plaintext) = vector.open(into: &buffer)
    #expect(opening == .opened)
    #expect(plaintext == vector.plaintext)
    buffer.wipe()
    #expect(buffer.byteCount == 0)
  }

  @Test("Values bound to another key or altered are refused; what is bound to none opens", arguments: Opener.negative)
  func negative(_ vector: Opener) {
    var buffer = PlaintextBuffer()
    let (opening, plaintext) = vector.open(into: &buffer)
    let isBound = vector.layout == .gcm || vector.layout == .seed
    #expect(opening == (isBound ? .refused : .opened))
    #expect(plaintext.isEmpty == isBound)
  }

  @Test("No other key opens a vector, nor one of another length", arguments: Opener.positive)
  func otherKeys(_ vector: Opener) {
    var buffer = PlaintextBuffer()
    var other = vector.key
    other[0] ^= 1
    let (opening, plaintext) = vector.open(key: other, into: &buffer)
    #expect(opening == .refused)
    #expect(plaintext.isEmpty)
    for count in [0, 1, 15, 17, 31] {
      #expect(vector.open(key: [UInt8](repeating: 7, count: count), into: &buffer).opening == nil)
    }
    #expect(vector.layout == .seed || vector.open(key: [UInt8](repeating: 7, count: 33), into: &buffer).opening == nil)
  }

  @Test("An altered bit is refused wherever it is; of CBC in the last block", arguments: Opener.positive)
  func alteredBits(_ vector: Opener) {
    var buffer = PlaintextBuffer()
    let offsets =
      vector.layout == .cbc ? Array((vector.body.count - 17)...(vector.body.count - 17)) : Array(vector.body.indices)
    for offset in offsets {
      var altered = vector.body
      altered[offset] ^= 0x10
      let (opening, plaintext) = vector.open(altered, into: &buffer)
      #expect(opening == .refused, "byte \(offset)")
      #expect(plaintext.isEmpty)
    }
  }

  @Test("No truncation opens", arguments: Opener.positive)
  func truncations(_ vector: Opener) {
    var buffer = PlaintextBuffer()
    for count in vector.body.indices {
      let (opening, plaintext) = vector.open(Array(vector.body.prefix(count)), into: &buffer)
      switch vector.layout {
      case .cbc: #expect(opening == (count >= 32 && count % 16 == 0 ? .refused : .malformed))
      case .gcm: #expect(opening == (count >= 28 ? .refused : .malformed))
      case .secretbox: #expect(opening == (count >= 40 ? .refused : .malformed))
      case .seed: #expect(opening == (count >= 60 ? .refused : .malformed))
      }
      #expect(plaintext.isEmpty, "\(count) bytes")
    }
  }

  @Test("Other authenticated bytes are refused where there are any", arguments: Opener.positive)
  func authenticatedBytes(_ vector: Opener) {
    var buffer = PlaintextBuffer()
    let isBound = vector.layout == .gcm || vector.layout == .seed
    for data in [[], vector.data + [0], Array(vector.data.dropLast())] {
      #expect(vector.open(data: data, into: &buffer).opening == (isBound ? .refused : .opened))
    }
  }

  @Test("A context opens value after value, refused ones between them")
  func reuse() throws {
    let cbc = try #require(Opener.positive.first { $0.id == "aescbc-256" })
    let gcm = try #require(Opener.positive.first { $0.id == "aesgcm-256" })
    let seed = try #require(Opener.positive.first { $0.id == "kmsv2-seed" })
    guard var openCBC = unsafe AESCBC(key: cbc.key.span.bytes), var openGCM = unsafe AESGCM(key: gcm.key.span.bytes),
      var openSeed = unsafe ExtendedNonceGCM(seed: seed.key.span.bytes)
    else {
      Issue.record("a key is not taken")
      return
    }
    var buffer = PlaintextBuffer(capacity: 0)
    let (data, seedData) = (gcm.data, seed.data)
    let (cbcBody, gcmBody, seedBody) = (cbc.body, gcm.body, seed.body)
    let otherBlocks = Array(gcm.body.prefix(256))
    for _ in 0..<3 {
      let openings = unsafe [
        openCBC.open(cbcBody.span.bytes, into: &buffer),
        openCBC.open(otherBlocks.span.bytes, into: &buffer),
        openGCM.open(gcmBody.span.bytes, authenticating: data.span.bytes, into: &buffer),
        openGCM.open(cbcBody.span.bytes, authenticating: data.span.bytes, into: &buffer),
        openSeed.open(seedBody.span.bytes, authenticating: seedData.span.bytes, into: &buffer),
        openSeed.open(gcmBody.span.bytes, authenticating: seedData.span.bytes, into: &buffer),
      ]
      #expect(openings == [.opened, .refused, .opened, .refused, .opened, .refused])
    }
  }
}
