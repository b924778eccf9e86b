import VerificationModel

extension SnapshotReport {
  /// Every member whose value differs in `other`, with what is missing there and what is added.
  func differences(from other: SnapshotReport) -> [String] {
    zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children).flatMap { own, others in
      let name = own.label ?? ""
      guard let value = own.value as? AnyHashable, let otherValue = others.value as? AnyHashable else {
        return ["\(name) can't be compared"]
      }
      if value == otherValue { return [] }
      guard let list = own.value as? [AnyHashable], let otherList = others.value as? [AnyHashable] else {
        return ["\(name): \(value), then \(otherValue)"]
      }
      let (missing, added) = (Set(list).subtracting(otherList), Set(otherList).subtracting(list))
      if missing.isEmpty, added.isEmpty { return ["\(name): in another order, or another number of times"] }
      return missing.map { "\(name): without \($0)" } + added.map { "\(name): with \($0)" }
    }
  }
}
