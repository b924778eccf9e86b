/// A waiver as a policy states it: what it is about, and whether it still holds.
public struct PolicyWaiver: Hashable, Sendable {
  /// The findings that it is about.
  public let rule: Rule
  /// The etcd keys that it is about, `*` and `**` standing for others, as the policy has it; nil: all findings of the rule.
  public let key: String?
  /// The group resource that it is about, such as `secrets`; nil: any.
  public let resource: String?
  /// The layer that it is about; nil: any.
  public let layer: Layer?
  /// Why, by whom and until when.
  public let waiver: Waiver
  /// The last day on which it holds.
  public let lastDay: CalendarDay
  /// How many days it holds beyond the day of the call; negative when it has expired.
  public let daysLeft: Int
  /// The line of the policy, from 1.
  public let line: Int

  /// A waiver as it stands on `today`.
  public init(
    rule: Rule, key: String? = nil, resource: String? = nil, layer: Layer? = nil, reason: String, acceptedBy: String,
    lastDay: CalendarDay, today: CalendarDay, line: Int
  ) {
    self.rule = rule
    self.key = key
    self.resource = resource
    self.layer = layer
    self.waiver = Waiver(reason: reason, acceptedBy: acceptedBy, expiry: lastDay.description)
    self.lastDay = lastDay
    self.daysLeft = lastDay.number - today.number
    self.line = line
  }

  /// The same, as a redacted report tells it.
  package func replacingNames(key: String?, resource: String?, _ waiver: Waiver) -> PolicyWaiver {
    PolicyWaiver(
      rule: rule, key: key, resource: resource, layer: layer, reason: waiver.reason, acceptedBy: waiver.acceptedBy,
      lastDay: lastDay, today: lastDay.advanced(by: -daysLeft), line: line)
  }

  /// Whether it no longer holds.
  public var isExpired: Bool { daysLeft < 0 }
  /// Whether it holds, and not for more than thirty days.
  public var expiresSoon: Bool { (0...30).contains(daysLeft) }
}
