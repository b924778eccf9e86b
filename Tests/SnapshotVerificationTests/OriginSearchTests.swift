import KubernetesStorage
import TestSupport
import Testing

@testable import ValueAuthentication

@Suite("Search for the origin of values")
struct OriginSearchTests {
  private static let key = [UInt8](1...32)
  private static let ring = KeyRing(keys: [.init(provider: .aesgcm, name: "key1", secret: Judging.secret(key))])
  private static let paths = (0..<50).map { "/registry/secrets/default/s\($0)" }
  /// An object that does not tell where it belongs, so that only trying helps.
  private static let object = Array(#"{"apiVersion":"a.io/v1","kind":"W","metadata":{"name":"w"}}"#.utf8)

  /// A value written under `path`.
  private static func value(at path: String, nonce: UInt8, altered: Bool = false) -> [UInt8] {
    var value =
      Array("k8s:enc:aesgcm:v1:key1:".utf8)
      + Sealing.gcm(object, key: key, nonce: [UInt8](repeating: nonce, count: 12), authenticating: Array(path.utf8))
    if altered { value[value.count - 1] ^= 1 }
    return value
  }

  /// The outcomes for values that lie under `/registry/secrets/x/<number>`.
  private static func outcomes(
    _ values: [[UInt8]], _ limits: OriginSearch.Limits = .init()
  ) -> [OriginSearch.Outcome?] {
    var search = OriginSearch(ring, limits: limits)
    for (number, value) in values.enumerated() {
      _ = Judging.withValue(value, at: "/registry/secrets/x/\(number)") { value in search.add(value, number: number) }
    }
    for path in paths where !search.isDone {
      let path = Array(path.utf8)
      unsafe search.attempt(path.span.bytes)
    }
    return values.indices.map { search.outcomes[$0] }
  }

  @Test("Each value is found under the key it was written under, altered ones under none")
  func found() {
    let outcomes = Self.outcomes([
      Self.value(at: Self.paths[3], nonce: 1), Self.value(at: Self.paths[49], nonce: 2),
      Self.value(at: Self.paths[3], nonce: 3, altered: true), Self.value(at: "/registry/secrets/gone/x", nonce: 4),
      Self.value(at: Self.paths[3], nonce: 5),
    ])
    func origin(_ outcome: OriginSearch.Outcome?) -> String? {
      if case .found(let key) = outcome { String(decoding: key, as: UTF8.self) } else { nil }
    }
    #expect(outcomes.map(origin) == [Self.paths[3], Self.paths[49], nil, nil, Self.paths[3]])
    #expect(outcomes[2] == .notFound)
    #expect(outcomes[3] == .notFound)
  }

  @Test("What goes beyond the number, the length or the time is not searched")
  func bounds() {
    let values = (0..<3).map { Self.value(at: Self.paths[0], nonce: UInt8($0)) }
    #expect(Self.outcomes(values, .init(values: 2)).map { $0 == .notSearched } == [false, false, true])
    #expect(Self.outcomes(values, .init(valueBytes: 20)).allSatisfy { $0 == .notSearched })
    let late = (0..<3).map { Self.value(at: Self.paths[5], nonce: UInt8($0)) }
    #expect(Self.outcomes(late, .init(duration: .zero)).allSatisfy { $0 == .notSearched })
  }

  @Test("Nothing to search for is done at once")
  func nothing() {
    let isDone = OriginSearch(Self.ring).isDone
    #expect(isDone)
  }
}
