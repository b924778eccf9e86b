import Foundation
import Testing

extension Tag {
  /// A suite that tries everything of a kind, such as every flip of a byte: of its cases a fixed sample runs, unless
  /// `ATREST_TESTS` is `all`.
  @Tag public static var exhaustive: Self
}

/// How many cases of exhaustive suites run.
public enum Exhaustive {
  /// Whether all do: continuous integration asks for them.
  public static let runsAll = ProcessInfo.processInfo.environment["ATREST_TESTS"] == "all"

  /// All of `cases`, or `count` of them, evenly spaced and always the same.
  public static func sample<Cases: Collection>(_ count: Int, of cases: Cases) -> [Cases.Element] {
    let all = Array(cases)
    guard !runsAll, count < all.count else { return all }
    return (0..<count).map { all[$0 * all.count / count] }
  }
}
