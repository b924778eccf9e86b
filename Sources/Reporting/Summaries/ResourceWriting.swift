import VerificationModel

/// What API servers do with new values of one resource, as far as a configuration and the newest values tell.
enum ResourceWriting {
  /// They encrypt them.
  case encrypting
  /// They leave them in the clear, for the configuration says so.
  case configuredInTheClear
  /// At least one of them leaves them in the clear: the newest value is plaintext, though others are encrypted.
  case seenInTheClear
  /// Nothing tells.
  case unknown

  /// What is known of `resources`, which are one resource below its prefixes.
  init(_ resources: [SnapshotReport.ResourceSummary]) {
    let writers = resources.compactMap { $0.rotation?.writer }
    let encrypted = resources.reduce(0) { $0 + $1.live.encrypted }
    if writers.contains(SnapshotReport.Rotation.identity) {
      self = .configuredInTheClear
    } else if resources.contains(where: { $0.newestWrite == .inTheClear && $0.live.encrypted > 0 }) {
      self = .seenInTheClear
    } else if encrypted > 0, resources.contains(where: { $0.newestWrite == .encrypted }) {
      self = .encrypting
    } else {
      self = .unknown
    }
  }

  /// Whether writing an object again may decrypt it.
  var decrypts: Bool {
    switch self {
    case .configuredInTheClear, .seenInTheClear: true
    case .encrypting, .unknown: false
    }
  }
}
