/// A cluster, as table ``CaseTable/clusters`` has it: its number (2) to its name.
struct ClusterRecord: Hashable, Sendable {
  /// Its number in the case, in the order in which clusters came.
  let number: UInt16
  let name: String

  /// The name of one that nobody named.
  static let unnamed = "cluster"

  /// Whether `text` can be the name of a cluster.
  static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
