import TestSupport
import Testing

@testable import KubernetesStorage

@Suite struct FixedNameTableTests {
  /// Names of every length, which differ in their last byte alone.
  private static let names = (0...FixedNameTable<UInt8>.longestName).flatMap { count in
    count == 0 ? [""] : ["a", "b"].map { String(repeating: "x", count: count - 1) + $0 }
  }

  private static let table = FixedNameTable(names.enumerated().map { ($0.element, UInt8($0.offset)) })

  @Test(arguments: 0..<20)
  func namesAreFoundWhereverTheyStand(offset: Int) {
    for (number, name) in Self.names.enumerated() {
      for behind in ["", "/", "aaaaaaaaaaaa"] {
        let text = Array((String(repeating: "z", count: offset) + name + behind).utf8)
        #expect(unsafe Self.table[text.span.bytes, offset..<offset + name.utf8.count] == UInt8(number))
      }
    }
  }

  @Test func otherNamesAreNotFound() {
    var random = SeededGenerator(seed: 1)
    for name in Self.names {
      for other in [name + "\0", "\0" + name, name + "c", name.uppercased() + "c", String(name.dropLast()) + "y"] {
        #expect(Self.find(Array(other.utf8)) == nil)
      }
    }
    for count in 1...100 {
      #expect(Self.find(random.bytes(count) + [0xFF]) == nil)
    }
  }

  @Test func firstOfEqualNamesCounts() {
    let table = FixedNameTable([("a", 1 as UInt8), ("b", 2), ("a", 3)])
    let text = Array("ab".utf8)
    #expect(unsafe table[text.span.bytes, 0..<1] == 1)
    #expect(unsafe table[text.span.bytes, 1..<2] == 2)
    #expect(unsafe table[text.span.bytes, 0..<2] == nil)
  }

  private static func find(_ name: [UInt8]) -> UInt8? {
    unsafe table[name.span.bytes, 0..<name.count]
  }
}
