import Testing

@testable import KubernetesStorage

@Suite struct EtcdPrefixTests {
  @Test(arguments: [
    ("/registry", "/registry"),
    ("registry", "/registry"),
    ("/registry/", "/registry"),
    ("kubernetes.io", "/kubernetes.io"),
    ("//clusters//prod/registry//", "/clusters/prod/registry"),
    ("/clusters/./prod/../test", "/clusters/test"),
    ("../registry", "/registry"),
    ("/.registry/..prod", "/.registry/..prod"),
    ("", "/"),
    ("/", "/"),
    ("//", "/"),
    (".", "/"),
  ])
  func textIsReadAsAnAPIServerReadsItsFlag(text: String, shown: String) {
    #expect(EtcdPrefix(text).description == shown)
    #expect(EtcdPrefix(bytes: Array(text.utf8)) == EtcdPrefix(text))
  }

  @Test func rootHasNoBytes() {
    #expect(EtcdPrefix("/").bytes.isEmpty)
    #expect(EtcdPrefix("registry").bytes == Array("/registry".utf8))
  }

  @Test func descriptionEscapesWhatIsNotPrintableASCII() {
    let bytes = [0x2F, 0x25, 0x20, 0x7E, 0x7F, 0x0A, 0xFF, 0x00].map(UInt8.init)
    #expect(EtcdPrefix(bytes: bytes).description == "/%25 ~%7F%0A%FF%00")
    #expect(EtcdPrefix("/é").description == "/%C3%A9")
  }

  @Test func descriptionsDifferWherePrefixesDo() {
    let descriptions = Set((UInt8.min...UInt8.max).map { EtcdPrefix(bytes: [0x61, $0]).description })
    // "a" and "a/" are one prefix, all others are their own.
    #expect(descriptions.count == 256)
    #expect(EtcdPrefix("/%41").description != EtcdPrefix("/A").description)
  }

  @Test func orderIsThatOfTheBytes() {
    let sorted = ["/", "/a", "/a-b", "/a/b", "/b"].map { EtcdPrefix($0) }
    #expect(sorted.shuffled().sorted() == sorted)
    #expect(EtcdPrefix(bytes: [0x2F, 0x7F]) < EtcdPrefix(bytes: [0x2F, 0x80]))
  }

  @Test func prefixesInKeysAreThoseThatReadingLeavesAlone() {
    for bytes in sequences(of: "/.a", upTo: 7) {
      let isPrefix = EtcdPrefix.isPrefix(unsafe bytes.span.bytes)
      #expect(isPrefix == (EtcdPrefix(bytes: bytes).bytes == bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func segmentBelowAParentIsTheFirst() {
    let prefix = EtcdPrefix("/clusters/prod/registry")
    #expect(prefix.segment(below: EtcdPrefix("/clusters")).map(Array.init) == Array("prod".utf8))
    #expect(prefix.segment(below: EtcdPrefix("/")).map(Array.init) == Array("clusters".utf8))
    #expect(prefix.segment(below: EtcdPrefix("/cluster")) == nil)
    #expect(prefix.segment(below: prefix) == nil)
    #expect(EtcdPrefix("/clusters").segment(below: prefix) == nil)
  }

  /// All strings of these letters, the empty one included.
  private func sequences(of alphabet: String, upTo length: Int) -> [[UInt8]] {
    var all: [[UInt8]] = [[]]
    var longest = all
    for _ in 0..<length {
      longest = longest.flatMap { sequence in alphabet.utf8.map { sequence + [$0] } }
      all += longest
    }
    return all
  }
}
