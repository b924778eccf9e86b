import TestSupport
import Testing

@testable import KubernetesStorage

@Suite("Keys that a table of prefixes passes over")
struct PrefixPassingTests {
  private static let segments = [
    "registry", "secrets", "configmaps", "pods", "namespaces", "kube-system", "default", "a", "s", "apps", "services",
    "specs", "kubernetes.io", "openshift.io", "", "secretsx", "cert-manager.io", "certificates", "bootstrap", "\u{FF}",
  ]

  @Test("Nothing would have been said of them", arguments: 0..<32 as Range<UInt64>)
  func passedOver(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let patterns = [["secrets"], ["secrets", "configmaps"], ["certificates.cert-manager.io"], ["*.apps", "pods"]]
    var table = PrefixTable(scope: ResourceScope(try patterns[Int(seed % 4)].map { try ResourcePattern($0) }))
    var passed = 0
    for _ in 0..<2000 {
      var key: [UInt8] = []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        key += [UInt8(ascii: "/")] + Array((Self.segments.randomElement(using: &random) ?? "").utf8)
      }
      if Int.random(in: 0..<20, using: &random) == 0 { key.removeFirst() }
      guard unsafe table.passesOver(key.span.bytes) else { continue }
      passed += 1
      let changes = table.changes
      let found = unsafe table.observe(key: key.span.bytes, value: key.span.bytes)
      #expect(found.isEmpty && found.namespacePrefix == nil, "\(String(decoding: key, as: UTF8.self))")
      #expect(table.changes == changes)
    }
    #expect(passed > 100)
  }

  @Test("None where the scope is everything, or a prefix is given")
  func never() {
    let key = Array("/registry/pods/default/a".utf8)
    var everything = PrefixTable(scope: .everything)
    var given = PrefixTable(given: EtcdPrefix("/registry"))
    #expect(unsafe !everything.passesOver(key.span.bytes))
    #expect(unsafe !given.passesOver(key.span.bytes))
  }
}
