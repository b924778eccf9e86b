import EtcdStorage
import TestSupport
import Testing

@testable import CaseStore

@Suite("The keys of rows") struct RowKeyTests {
  private static func key(_ random: inout SeededGenerator) -> [UInt8] {
    let count = random.isOne(in: 10) ? random.count(380...420) : random.count(0...6)
    return (0..<count).map { _ in random.one(of: [0, 1, 0x61, 0xFE, 0xFF]) }
  }

  @Test func `keys come back, and sort as etcd sorts them`() {
    var random = SeededGenerator(seed: 1)
    var stored: [(key: [UInt8], bytes: [UInt8])] = []
    for _ in 0..<2000 {
      let key = Self.key(&random)
      var bytes: [UInt8] = [0, 1]
      guard RowKey.append(key, to: &bytes) else {
        #expect(bytes == [0, 1])
        #expect(key.count + key.count { $0 == 0 } > 400 || key.starts(with: [0xFF, 0xFF]))
        continue
      }
      let (again, number) = (RowKey.etcdKey(inPart: bytes.span.bytes), RowKey.nameNumber(inPart: bytes.span.bytes))
      #expect(again == key && number == nil)
      #expect(bytes.count + RowKey.tailBytes <= 511)
      stored.append((key, bytes))
    }
    #expect(stored.count > 1500)
    let sorted = stored.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    for (one, other) in zip(sorted, sorted.dropFirst()) where one.key != other.key {
      #expect(one.key.lexicographicallyPrecedes(other.key))
    }
  }

  @Test func `the numbers of long keys are told apart from keys`() {
    for number in [1, 255, 256, 0xFFFF_FFFF] as [UInt32] {
      var bytes: [UInt8] = [0, 1]
      RowKey.append(nameNumber: number, to: &bytes)
      let again = RowKey.nameNumber(inPart: bytes.span.bytes)
      #expect(again == number)
    }
  }

  @Test func `revisions sort as numbers`() {
    let numbers: [Int64] = [.min, -5, -1, 0, 1, 2, 256, 1 << 40, .max]
    #expect(numbers.map(RowKey.ordered) == numbers.map(RowKey.ordered).sorted())
    #expect(numbers.map { RowKey.number(RowKey.ordered($0)) } == numbers)
  }
}
