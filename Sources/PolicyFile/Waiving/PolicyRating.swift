import EtcdStorage
import RuleCatalog
import Synchronization
import VerificationModel

/// What a policy file says of findings: which are waived, and how much the others matter.
///
/// Copies share what they know of waivers that were needed; any number of threads may ask at once.
public struct PolicyRating: FindingRating {
  /// Whether a waiver that holds is about keys.
  public let needsKeys: Bool

  private let severities: [Rule: Severity]
  private let waivers: [PolicyWaiver]
  /// The waivers that hold, by their rule.
  private let byRule: [Rule: RuleWaivers]
  private let use: WaiverUse

  /// The waivers of one rule, by their numbers, each list in the order of the file.
  fileprivate struct RuleWaivers: Sendable {
    /// Those without a key.
    var withoutKey: [Int] = []
    /// The keys and globs of the others.
    var globs = KeyGlobSet()
  }

  /// What `source` says.
  init(_ source: PolicySource) {
    severities = source.severities
    waivers = source.waivers
    use = WaiverUse(count: source.waivers.count)
    var byRule: [Rule: RuleWaivers] = [:]
    for (number, waiver) in waivers.enumerated() where !waiver.isExpired {
      var own = byRule[waiver.rule] ?? RuleWaivers()
      if let key = waiver.key {
        // One that is no glob is about nothing.
        guard let glob = KeyGlob(key) else { continue }
        own.globs.insert(glob, number: number)
      } else {
        own.withoutKey.append(number)
      }
      byRule[waiver.rule] = own
    }
    self.byRule = byRule
    needsKeys = waivers.contains { !$0.isExpired && $0.key != nil }
  }

  /// What comes of the finding: the first waiver of the file that is about it, else its severity under the policy.
  public func rating(of finding: FindingFacts) -> Rating {
    if let own = byRule[finding.rule], let number = own.first(for: finding, among: waivers) {
      use.note(number)
      return .waived(waivers[number].waiver)
    }
    return .counted(severities[finding.rule] ?? finding.severity)
  }

  /// The waivers that hold, and that no finding needed so far.
  public var unusedWaivers: [PolicyWaiver] {
    let used = use.numbers
    return waivers.enumerated().filter { !$0.element.isExpired && !used[$0.offset] }.map(\.element)
  }
}

extension PolicyRating.RuleWaivers {
  /// The number of the first waiver of the file that is about `finding`.
  fileprivate func first(for finding: FindingFacts, among waivers: [PolicyWaiver]) -> Int? {
    func concerns(_ number: Int) -> Bool {
      let waiver = waivers[number]
      return (waiver.resource.map { $0 == finding.resource } ?? true)
        && (waiver.layer.map { $0 == finding.layer } ?? true)
    }
    var first = withoutKey.first(where: concerns)
    guard let key = finding.key?.bytes else { return first }
    globs.forEachMatch(key) { number in
      if number < first ?? .max, concerns(number) { first = number }
    }
    return first
  }
}

/// Which waivers were needed, as several threads find out.
private final class WaiverUse: Sendable {
  private let used: Mutex<[Bool]>

  init(count: Int) { used = Mutex(Array(repeating: false, count: count)) }

  func note(_ number: Int) { used.withLock { $0[number] = true } }

  var numbers: [Bool] { used.withLock { $0 } }
}

extension PolicyDocument {
  /// What the file says of findings. Each answer counts apart which waivers were needed.
  public var rating: PolicyRating { PolicyRating(source) }
}
