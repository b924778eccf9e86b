/// What the keys tell of one value.
package struct Judgement: Sendable {
  package var authenticity = Authenticity.notJudged
  /// Where in the value the name of the key ends that decided; nil when none did.
  package var nameEnd: Int?
  /// The etcd key that a moved value comes from, when it tells.
  package var origin: [UInt8]?

  /// Nothing.
  package init() {}
}
