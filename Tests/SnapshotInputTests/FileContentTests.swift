import TestSupport
import Testing

@testable import SnapshotInput

@Suite("What is no snapshot is recognised")
struct FileContentTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }
  private static let hash = SeededGenerator(seed: 3).bytes32

  /// The first bytes of files of each kind.
  static let files: [(FileContent, [UInt8])] = [
    (.writeAheadLog, [UInt8](hex: "0400000000000084 08041000 00000000 20000000000000")),
    (.writeAheadLog, [UInt8](hex: "0800000000000000 080410 c8a1b2c30d 20000000000000")),
    (.raftSnapshot, [UInt8](hex: "08 d2bbc1f50b 12 c201 0a bf01") + text(#"{"root":{"Path":"/"}}"#)),
    (.deltaSnapshot, text(#"[{"etcdEvent":{"kv":{"key":"YQ=="}},"time":"2024-01-01T00:00:00Z"}]"#) + hash),
    (.deltaSnapshot, text("[ {\n \"etcdEvent\" : {}}]") + hash),
    (.sqlite, text("SQLite format 3\u{0}") + [UInt8](hex: "1000 01 01 00 40 20 20")),
    (.openssl, text("Salted__") + hash),
    (.openssl, text("U2FsdGVkX1/2cGVuc3NsIGVuYyAtYSBvdXRwdXQ=\n")),
    (.age, text("age-encryption.org/v1\n-> X25519 abc\n") + hash),
    (.age, text("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n")),
    (.pgp, text("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n")),
    // gpg --encrypt to an RSA key and to a Curve25519 key, gpg --symmetric, and the format of RFC 9580.
    (.pgp, [UInt8](hex: "85010c03 0123456789abcdef 01 0800") + hash),
    (.pgp, [UInt8](hex: "845e03 0123456789abcdef 12 0107") + hash),
    (.pgp, [UInt8](hex: "8c0d0409 0302 0123456789abcdef ff d2") + hash),
    (.pgp, [UInt8](hex: "c1c04c03 0123456789abcdef 01 0800") + hash),
    (.sevenZip, [UInt8](hex: "377abcaf271c0004") + hash),
    (.rar, [UInt8](hex: "526172211a0701 00") + hash),
    (.emptyZip, [UInt8](hex: "504b0506") + [UInt8](repeating: 0, count: 18)),
    (.lzip, text("LZIP\u{1}") + hash),
    (.lzop, [UInt8](hex: "894c5a4f000d0a1a0a") + hash),
    (.base64, text(String(repeating: "AAAAAAAAAAAEAAAAAAAAAO3aDO0CAAAA", count: 30))),
    (.base64, text(String(repeating: "H4sIAAAAAAAAA+y9B3gc1dU3Pjuz\r\n", count: 30))),
    (.httpChunks, text("1a2b\r\n") + [UInt8](hex: "1f8b0800") + hash),
    (.httpChunks, text("1000\r\n") + [UInt8](repeating: 0, count: 16) + [UInt8](hex: "edda0ced02000000")),
    (.httpMessage, text("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n")),
    (.formData, text("--boundary1\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n")),
    (.html, text("<!DOCTYPE html>\n<html><body>Sign in</body></html>")),
    (.html, text("\r\n<HTML><head><title>502 Bad Gateway</title></head>")),
    (.xml, text(#"<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>"#)),
    (.xml, text("<Error><Code>NoSuchKey</Code></Error>")),
    (.errorMessage, text("Error: context deadline exceeded\n")),
    (.errorMessage, text(#"{"error":{"code":403,"message":"denied"}}"#)),
    (.errorMessage, text(#"{"message":"Not Found"}"#)),
    (.errorMessage, text(#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":403}"#)),
    (.log, text(#"{"level":"fatal","ts":1.5,"msg":"failed to save snapshot"}"#)),
    (.zeros, [UInt8](repeating: 0, count: 70_000)),
    (.text, text("some words that mean nothing to us\r\nand more of them\r\n")),
    (.text, text("\u{FEFF}näh, no snapshot\n")),
    (
      .encryptionConfiguration,
      text("# keys\r\napiVersion: apiserver.config.k8s.io/v1\r\nkind: EncryptionConfiguration\r\nresources: []\r\n")
    ),
    (.encryptionConfiguration, text(#"{"kind":"EncryptionConfiguration","apiVersion":"apiserver.config.k8s.io/v1"}"#)),
    (.rkeState, text(#"{"desiredState":{"rkeConfig":{}},"currentState":{}}"#)),
    (.kubernetesObjects, text("apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n")),
    (.kubernetesObjects, text("---\nkind: List\napiVersion: v1\nitems: []\n")),
    (.kubernetesObjects, text("{\n    \"apiVersion\": \"v1\",\n    \"items\": [],\n    \"kind\": \"List\"\n}\n")),
    (.kubeconfig, text("apiVersion: v1\nkind: Config\nclusters:\n- name: a\n")),
    (.json, text(#"{"name":"on-demand-node1-1700000000","location":"file:///x","status":"successful"}"#)),
    (.json, text("[1, 2, 3]")),
    (.certificate, text("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")),
    (.publicKey, text("-----BEGIN PUBLIC KEY-----\nMIIB\n")),
    (.privateKey, text("-----BEGIN EC PRIVATE KEY-----\nMHcC\n")),
    (.privateKey, text("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n")),
    (.script, text("#!/bin/sh\netcdctl snapshot save x\n")),
    (.variables, text("# etcd\nexport ETCD_NAME=a\nETCDCTL_API=3\n")),
    (.word, text("7\n")),
    (.word, text("openshift-kube-apiserver")),
    (.word, text("eyJhbGciOiJSUzI1NiJ9.\(String(repeating: "eyJpc3MiOi", count: 80)).c2ln")),
    (.appleDouble, [UInt8](hex: "0005160700020000") + text("Mac OS X        ")),
    (.elf, [UInt8](hex: "7f454c4602010100") + hash),
  ]

  @Test("By its first bytes", arguments: files)
  func kinds(content: FileContent, bytes: [UInt8]) throws {
    #expect(FileContent(of: bytes[...], isWhole: true) == content)
    #expect(try SnapshotFile(opening: directory.file("a", bytes)).content() == content)
  }

  @Test("Each kind is in the table, with a noun and advice of its own")
  func whole() {
    // A Velero backup is an archive, and is known by what lies in it.
    #expect(Set(Self.files.map(\.0) + [.veleroBackup]) == Set(FileContent.allCases))
    #expect(Set(FileContent.allCases.map(\.noun)).count == FileContent.allCases.count)
    for content in FileContent.allCases {
      #expect(!content.advice.isEmpty && !content.advice.hasSuffix("."))
      #expect(!(content.isCompanion && content.mayBeFailedBackup))
    }
  }

  @Test("Each is named when it is the only input, packed or not", arguments: files)
  func named(content: FileContent, bytes: [UInt8]) throws {
    let path = try directory.file("snapshot.db", bytes)
    let failures = Unpacked(path).failures
    #expect(failures.map(\.code) == [.notSnapshot])
    #expect(failures.first?.content == content)
    #expect(failures.first?.description == "\(content.noun), not an etcd snapshot: \(content.advice)")
  }

  @Test("In a directory, what belongs beside a snapshot is no error", arguments: files)
  func companions(content: FileContent, bytes: [UInt8]) throws {
    let streams = try SnapshotStreams(path: directory.file("a", bytes), acceptsCompanions: true)
    guard content.isCompanion else {
      #expect(throws: InputError.self) { try streams.nextPart() }
      return
    }
    guard case .companion(content, _) = try streams.nextPart() else {
      Issue.record("no companion")
      return
    }
    let next = try streams.nextPart()
    #expect(next == nil)
  }

  @Test("Noise, a bbolt file, and what is left of one are none of them")
  func none() throws {
    var random = SeededGenerator(seed: 11)
    for count in [2, 79, 4096, 65_616, 200_000] {
      #expect(FileContent(of: random.bytes(count).prefix(65_616), isWhole: count <= 65_616) == nil)
    }
    let snapshot = try Packing.sample("06-aescbc-defragged")
    for start in stride(from: 0, to: snapshot.count, by: 9_973) {
      let rest = snapshot[start...].prefix(65_616)
      #expect(rest.allSatisfy { $0 == 0 } || FileContent(of: rest, isWhole: false) == nil)
    }
  }

  @Test("A text may be longer than what is looked at, and be cut in a character")
  func longText() {
    let text = Array(String(repeating: "näher ", count: 20_000).utf8)
    for count in 65_600...65_616 { #expect(FileContent(of: text.prefix(count), isWhole: false) == .text) }
  }
}

extension SeededGenerator {
  fileprivate var bytes32: [UInt8] {
    var copy = self
    return copy.bytes(32)
  }
}
