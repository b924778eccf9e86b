import VerificationModel

/// What flagged rows are flagged for, by their numbers among the candidates. Takes 4 bytes for each candidate and for each
/// flag.
struct FlaggedRules {
  private let flagged: [FlaggedRow]
  /// By the number of a candidate: where its first flag is, from 1; 0 where it has none.
  private var first: [UInt32]
  /// By where a flag is: where the next one of the same row is.
  private var following: [UInt32]

  /// The rules of `flagged`, rows that are among so many candidates. O(candidates + flags).
  init(_ flagged: [FlaggedRow], candidates count: Int) {
    self.flagged = flagged
    first = Array(repeating: 0, count: count)
    following = Array(repeating: 0, count: flagged.count)
    for position in flagged.indices.reversed() {
      let number = Int(flagged[position].number)
      following[position] = first[number]
      first[number] = UInt32(position + 1)
    }
  }

  /// Whether the candidate of this number is flagged.
  func isFlagged(_ number: Int) -> Bool { first[number] != 0 }

  /// The rules of the candidate of this number.
  subscript(number: Int) -> [Rule] {
    var rules: [Rule] = []
    var position = first[number]
    while position != 0 {
      rules.append(flagged[Int(position) - 1].rule)
      position = following[Int(position) - 1]
    }
    return rules
  }
}
