import RuleCatalog

/// How much a finding matters. Ordered: `info` is the least.
public typealias Severity = RuleCatalog.Severity
