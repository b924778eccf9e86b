import KubernetesStorage
import Testing
import VerificationModel

@testable import Reporting

@Suite("Many resources in a table")
struct ScopeTableTests {
  private func resource(
    _ name: String, live: ClassCounts = Sample.counts(), history: ClassCounts = Sample.counts(),
    prefix: String = "/registry"
  ) -> SnapshotReport.ResourceSummary {
    SnapshotReport.ResourceSummary(resource: name, prefix: EtcdPrefix(prefix), live: live, history: history)
  }

  private func text(
    _ resources: [SnapshotReport.ResourceSummary], layers: Set<Layer> = [.live, .history]
  ) -> String {
    let lines = LayerTable(resources: resources, layers: layers).lines(Style(color: false))
    for line in lines { #expect(line.columns <= 80 && !line.hasSuffix(" "), "\(line)") }
    return lines.joined(separator: "\n")
  }

  private var five: [SnapshotReport.ResourceSummary] {
    [
      resource(
        "certificates.cert-manager.io", live: Sample.counts(encrypted: 12), history: Sample.counts(encrypted: 7)),
      resource("configmaps", live: Sample.counts(plaintext: 38), history: Sample.counts(plaintext: 12)),
      resource("deployments.apps", live: Sample.counts(encrypted: 9), history: Sample.counts(plaintext: 4)),
      resource("namespaces"),
      resource("secrets", live: Sample.counts(plaintext: 41, encrypted: 42), history: Sample.counts(plaintext: 38)),
    ]
  }

  @Test func `a row for each, what is plaintext first`() {
    #expect(
      text(five) == """
        5 resources under /registry      live                        history
                                        total  encrypted  plaintext    total  plaintext
          secrets                          83         42         41       38         38
          configmaps                       38          0         38       12         12
          deployments.apps                  9          9          0        4          4
          certificates.cert-manager.io     12         12          0        7          0
          namespaces                        0          0          0        0          0
          all                             142         63         79       61         54
          residue not examined
        """)
  }

  @Test func `layers that are not examined are said, and not counted`() {
    #expect(
      text(five, layers: [.history]) == """
        5 resources under /registry     history
                                          total  encrypted  plaintext
          secrets                            38          0         38
          configmaps                         12          0         12
          deployments.apps                    4          0          4
          certificates.cert-manager.io        7          7          0
          namespaces                          0          0          0
          all                                61          7         54
          live not examined
          residue not examined
        """)
  }

  @Test func `what is neither plaintext nor encrypted is counted where it occurs`() {
    let resources = five + [resource("pods", live: Sample.counts(malformed: 1, unknownEnvelope: 2, empty: 3))]
    #expect(
      text(resources).hasPrefix(
        """
        6 resources under /registry
                                        live                           history
                                       total encrypted plaintext other   total plaintext
          secrets                         83        42        41     0      38        38
          configmaps                      38         0        38     0      12        12
          pods                             6         0         0     6       0         0
          deployments.apps
        """))
  }

  @Test func `twenty rows, and the others together`() {
    let open = (10..<35).map { resource("open\($0)", live: Sample.counts(plaintext: 1, encrypted: 1)) }
    let clean = (10..<22).map { resource("clean\($0)", live: Sample.counts(encrypted: 2)) }
    let lines = text(clean + open).split(separator: "\n")
    #expect(lines.count == 2 + 20 + 2 + 1 + 1 + 1)
    #expect(lines[2].hasPrefix("  open10 "))
    #expect(lines[21].hasPrefix("  open29 "))
    #expect(lines[22].split(separator: " ") == ["…", "and", "5", "more", "10", "5", "5", "0", "0"])
    #expect(lines[23].split(separator: " ") == ["…", "and", "12", "encrypted", "24", "24", "0", "0", "0"])
    #expect(lines[24].split(separator: " ") == ["all", "74", "49", "25", "0", "0"])
    let few = text(clean + open.prefix(19)).split(separator: "\n")
    #expect(few.count { $0.hasPrefix("  clean") } == 1)
    #expect(few.contains { $0.hasPrefix("  … and 11 encrypted ") })
    #expect(
      text(clean + open.prefix(9)).split(separator: "\n").last { $0.contains("clean") }?.hasPrefix("  clean21") == true)
  }

  @Test func `prefixes have a title each, and columns in common`() {
    let other = [
      resource("secrets", live: Sample.counts(encrypted: 1_000_000), prefix: "/kubernetes.io"),
      resource("routes.route.openshift.io", live: Sample.counts(plaintext: 2), prefix: "/kubernetes.io"),
      resource("secrets", live: Sample.counts(encrypted: 3), prefix: "/tenant"),
    ]
    #expect(
      text(other + five)
        == """
        2 resources under /kubernetes.io
                                          live                     history
                                         total encrypted plaintext   total plaintext
          routes.route.openshift.io          2         0         2       0         0
          secrets                      1000000   1000000         0       0         0
          all                          1000002   1000000         2       0         0
        5 resources under /registry
          secrets                           83        42        41      38        38
          configmaps                        38         0        38      12        12
          deployments.apps                   9         9         0       4         4
          certificates.cert-manager.io      12        12         0       7         0
          namespaces                         0         0         0       0         0
          all                              142        63        79      61        54
        1 resource under /tenant
          secrets                            3         3         0       0         0
          residue not examined
        """)
  }

  @Test func `a single resource under many prefixes is listed by these`() {
    let resources = (1...4).map { number in
      resource("secrets", live: Sample.counts(plaintext: number / 4, encrypted: number), prefix: "/tenant-\(number)")
    }
    #expect(
      text(resources, layers: [.live]) == """
        secrets under 4 prefixes   live
                                  total  encrypted  plaintext
          /tenant-4                   5          4          1
          /tenant-1                   1          1          0
          /tenant-2                   2          2          0
          /tenant-3                   3          3          0
          all                        11         10          1
          history not examined
          residue not examined
        """)
  }

  @Test(arguments: ["an-ordinary-name.", "鍵の名前鍵の名前", "e\u{301}🇩🇪"], [1, 10_000_000])
  func `however long names and counts are, it stays within 80 columns`(name: String, count: Int) {
    let resources = (1...30).map { length in
      resource(
        String(repeating: name, count: length),
        live: Sample.counts(plaintext: count, encrypted: count, malformed: count),
        history: Sample.counts(plaintext: count, empty: count),
        prefix: "/" + String(repeating: name, count: length % 3 * 20))
    }
    #expect(text(resources).contains("…"))
    #expect(text(resources, layers: [.live]).contains("…"))
  }
}
