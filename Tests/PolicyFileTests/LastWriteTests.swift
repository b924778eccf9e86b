import EtcdStorage
import KubernetesStorage
import PolicyFile
import TestSupport
import Testing
import VerificationModel

@Suite("How old the last write of a value is, as far as a snapshot tells")
struct LastWriteTests {
  /// An object in the clear that was created so many days before the day of the tests.
  private static func created(daysAgo days: Int, kind: String = "ConfigMap") -> [UInt8] {
    var time = ProtobufWriter()
    time.varint(1, UInt64(CalendarDay.ofTests.advanced(by: -days).start + 3600))
    var metadata = ProtobufWriter()
    metadata.bytes(1, Array("a".utf8))
    metadata.bytes(8, time.bytes)
    var object = ProtobufWriter()
    object.bytes(1, metadata.bytes)
    return StoredSecret.object(apiVersion: "v1", kind: kind, object.bytes)
  }

  @Test func `the time of creation is read from objects in the clear alone`() {
    let expected = CalendarDay.ofTests.advanced(by: -7).start + 3600
    let value = Self.created(daysAgo: 7)
    let found = unsafe value.withUnsafeBytes { unsafe CreationTime.seconds(of: $0.bytes) }
    #expect(found == expected)
    for count in 0..<value.count {
      // A part of a value tells the same, or nothing.
      let cut = unsafe Array(value.prefix(count)).withUnsafeBytes { unsafe CreationTime.seconds(of: $0.bytes) }
      #expect(cut == nil || cut == expected)
    }
    for other in [StoredSecret.plaintext(), StoredSecret.json, StoredSecret.sealed(.aescbc, "k"), []] {
      let none = unsafe other.withUnsafeBytes { unsafe CreationTime.seconds(of: $0.bytes) }
      #expect(none == nil)
    }
  }

  /// What is written, in turn: objects in the clear that say how many days ago, and the Secret.
  private static func findings(_ days: [Int?], limit: Int = 90) throws -> [String: Int] {
    var etcd = EtcdWriter()
    for (number, days) in days.enumerated() {
      let value = days.map { created(daysAgo: $0) } ?? StoredSecret.sealed(.secretbox, "key1")
      let key = days == nil ? "/registry/secrets/default/db" : "/registry/configmaps/default/c\(number)"
      etcd.apply(.put(key, value))
    }
    let document = try PolicyDocument("encryption: [{resources: [secrets], lastWriteDays: \(limit)}]")
    let report = try PolicyRatingTests.report(document, on: etcd)
    let found = report.findings.filter { $0.rule == .staleKey }
    #expect(found.allSatisfy { $0.severity == .high && $0.keyName == "key1" && $0.resource == "secrets" })
    #expect(report.verdict == (found.isEmpty ? .pass : .fail))
    return Dictionary(found.map { ($0.reason ?? "", 1) }, uniquingKeysWith: +)
  }

  @Test func `a value between objects that are too old is too old`() throws {
    #expect(try Self.findings([300, nil, 100, 5]) == ["older-than-policy": 1])
    #expect(try Self.findings([nil, 91]) == ["older-than-policy": 1])
  }

  @Test func `a value behind an object that is new enough passes`() throws {
    #expect(try Self.findings([300, 90, nil, 5]) == [:])
    #expect(try Self.findings([10, nil]) == [:])
  }

  @Test func `of all else nobody can tell, and it does not pass`() throws {
    #expect(try Self.findings([nil]) == ["age-unknown": 1])
    #expect(try Self.findings([300, nil, 5]) == ["age-unknown": 1])
    #expect(try Self.findings([300, nil]) == ["age-unknown": 1])
    // Times that go back contradict each other.
    #expect(try Self.findings([10, nil, 300]) == ["age-unknown": 1])
  }

  @Test func `an object that was changed since says nothing`() throws {
    var etcd = EtcdWriter()
    etcd.apply(.put("/registry/configmaps/default/c", Self.created(daysAgo: 1)))
    etcd.apply(.put("/registry/secrets/default/db", StoredSecret.sealed(.secretbox, "key1")))
    etcd.apply(.put("/registry/configmaps/default/c", Self.created(daysAgo: 300)))
    let document = try PolicyDocument("encryption: [{resources: [secrets], lastWriteDays: 90}]")
    #expect(try PolicyRatingTests.report(document, on: etcd).findingCounts[.staleKey] == nil)
  }
}
