import Cryptography
import EtcdStorage

/// What the keys tell of one value.
package struct Judgement: Sendable {
  package var authenticity = Authenticity.notJudged
  /// Where in the value the name of the key ends that decided; nil when none did.
  package var nameEnd: Int?
  /// Where a moved value comes from, when it tells.
  package var origin: Origin?
  /// A keyed digest of the contents of what was opened; nil where nothing was, or nobody asks.
  package var contents: SHA256Digest?

  /// Nothing.
  package init() {}

  /// Where a moved value comes from. What was decrypted leaves no name behind.
  package enum Origin: Hashable, Sendable {
    /// The path under which it lies, below another prefix.
    case key(EtcdKey)
    /// The key that its object names, by its digest: only a row that is at hand tells which that is.
    case named(KeyDigest)
  }
}
