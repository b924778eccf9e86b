import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Outlines of kube-apiserver's mirror pods")
struct APIServerOutlineTests {
  private struct Container {
    var name = "kube-apiserver"
    var image = "registry.k8s.io/kube-apiserver:v1.31.2"
    var command: [String] = []
    var arguments: [String] = []
  }

  private static func outline(_ bytes: [UInt8]) -> APIServerOutline? { APIServerOutline(of: unsafe bytes.span.bytes) }

  private static func protobuf(_ containers: [Container], nodeName: String = "node-1") -> [UInt8] {
    var metadata = ProtobufWriter()
    metadata.bytes(1, Array("kube-apiserver-node-1".utf8))
    metadata.bytes(3, Array("kube-system".utf8))
    var spec = ProtobufWriter()
    spec.bytes(1, [1, 2, 3])
    for container in containers {
      var message = ProtobufWriter(keepsDefaults: true)
      message.bytes(1, Array(container.name.utf8))
      message.bytes(2, Array(container.image.utf8))
      for argument in container.command { message.bytes(3, Array(argument.utf8)) }
      for argument in container.arguments { message.bytes(4, Array(argument.utf8)) }
      message.bytes(5, [])
      spec.bytes(2, message.bytes)
    }
    spec.bytes(10, Array(nodeName.utf8))
    var pod = ProtobufWriter()
    pod.bytes(1, metadata.bytes)
    pod.bytes(2, spec.bytes)
    pod.bytes(3, [1, 2, 3])
    return Stored.protobuf(kind: "Pod", raw: pod.bytes)
  }

  private static func json(_ containers: [Container]) throws -> [UInt8] {
    let containers = containers.map { container -> [String: Any] in
      [
        "name": container.name, "image": container.image, "command": container.command, "args": container.arguments,
        "env": [["name": "kube-apiserver", "value": "--etcd-prefix=/no"]],
      ]
    }
    let pod: [String: Any] = [
      "kind": "Pod", "apiVersion": "v1", "metadata": ["name": "kube-apiserver-node-1", "labels": ["name": "no"]],
      "spec": ["containers": containers, "initContainers": containers, "nodeName": "node-1"],
    ]
    return Array(try JSONSerialization.data(withJSONObject: pod, options: .sortedKeys))
  }

  /// The flags as they stand on the command line.
  private static func flags(_ outline: APIServerOutline?) -> [String]? {
    outline?.flags.map { "--\($0.name.rawValue)=\($0.value)" }
  }

  private static let apiServer = Container(
    command: [
      "kube-apiserver", "--advertise-address=10.0.0.1", "--etcd-prefix=/registry", "--encryption-provider-config",
      "/etc/kubernetes/enc.yaml", "--service-account-key-file=/etc/kubernetes/pki/sa.pub",
      "--encryption-provider-config-automatic-reload", "--token-auth-file", "--etcd-prefix",
    ],
    arguments: [
      "/other", "--feature-gates=A=true,B=false", "--storage-media-type=application/json", "--storage_backend=etcd3",
      "--etcd-compaction-interval=5m0s", "--etcd-servers-overrides=/events#https://10.0.0.2:2379",
      "--etcd-servers=https://u:p@10.0.0.3:2379", "etcd-prefix=/no", "-etcd-prefix=/no", "--etcd-prefixes=/no", "--",
    ])

  private static let expectedFlags = [
    "--etcd-prefix=/registry", "--encryption-provider-config=/etc/kubernetes/enc.yaml",
    "--encryption-provider-config-automatic-reload=true", "--feature-gates=A=true,B=false",
    "--storage-media-type=application/json", "--storage-backend=etcd3", "--etcd-compaction-interval=5m0s",
    "--etcd-servers-overrides=/events#https://10.0.0.2:2379",
  ]

  @Test("Protobuf, JSON and base64 have the same outline")
  func encodings() throws {
    let containers = [Container(name: "sidecar", image: "x:1", command: ["--etcd-prefix=/no"]), Self.apiServer]
    let protobuf = Self.protobuf(containers)
    let outline = try #require(Self.outline(protobuf))
    #expect(outline.podName == "kube-apiserver-node-1")
    #expect(outline.nodeName == "node-1")
    #expect(outline.image == "registry.k8s.io/kube-apiserver:v1.31.2")
    #expect(outline.version == "v1.31.2")
    #expect(Self.flags(outline) == Self.expectedFlags)
    #expect(try Self.outline(Self.json(containers)) == outline)
    #expect(Self.outline(Array(Data(protobuf).base64EncodedString().utf8)) == outline)
  }

  @Test("The command comes before the arguments, however they are stored")
  func order() throws {
    let container = Container(
      command: ["kube-apiserver", "--etcd-prefix=/a"], arguments: ["--etcd-prefix=/b", "--feature-gates", "--x"])
    let expected = ["--etcd-prefix=/a", "--etcd-prefix=/b", "--feature-gates=--x"]
    #expect(Self.flags(Self.outline(Self.protobuf([container]))) == expected)
    #expect(Self.flags(try Self.outline(Self.json([container]))) == expected)
  }

  @Test("Values may be empty, hold equals signs, or be missing")
  func values() {
    let container = Container(
      command: [
        "--etcd-prefix=", "--feature-gates==", "--encryption-provider-config-automatic-reload=false",
        "--encryption-provider-config-automatic-reload", "--storage-backend", "", "--", "", "--etcd-prefix",
      ])
    #expect(
      Self.flags(Self.outline(Self.protobuf([container]))) == [
        "--etcd-prefix=", "--feature-gates==", "--encryption-provider-config-automatic-reload=false",
        "--encryption-provider-config-automatic-reload=true", "--storage-backend=",
      ])
  }

  @Test("Only the first container of the name counts, and init containers do not")
  func containers() throws {
    #expect(Self.outline(Self.protobuf([])) == nil)
    #expect(Self.outline(Self.protobuf([Container(name: "kube-apiserver-check")])) == nil)
    #expect(try Self.outline(Self.json([Container(name: "guard")])) == nil)
    let two = [Container(image: "a:v1"), Container(image: "b:v2")]
    #expect(Self.outline(Self.protobuf(two))?.version == "v1")
    #expect(try Self.outline(Self.json(two))?.version == "v1")
  }

  @Test(
    "The version is the image's tag",
    arguments: [
      ("registry.k8s.io/kube-apiserver:v1.31.2", "v1.31.2"), ("kube-apiserver:1.9.0", "1.9.0"),
      ("localhost:5000/rancher/hardened-kubernetes:v1.28.3-rke2r1-build20231018", "v1.28.3-rke2r1-build20231018"),
      ("registry.k8s.io/kube-apiserver:v1.31.2@sha256:0123", "v1.31.2"), ("kube-apiserver@sha256:0123", nil),
      ("localhost:5000/kube-apiserver", nil), ("kube-apiserver", nil), ("kube-apiserver:latest", nil), ("", nil),
      ("kube-apiserver:", nil), (":", nil), ("@", nil), ("/", nil), ("kube-apiserver:v", nil), ("a:v1:v2", nil),
    ])
  func versions(image: String, version: String?) throws {
    #expect(try #require(Self.outline(Self.protobuf([Container(image: image)]))).version == version)
  }

  @Test("A pod that no scheduler or kubelet has placed has no node")
  func withoutNode() {
    #expect(Self.outline(Self.protobuf([Container()], nodeName: ""))?.nodeName == nil)
  }

  @Test("Texts are cut at 1024 bytes, flags at 64")
  func limits() throws {
    let long = String(repeating: "/x", count: 2000)
    let many = (0..<100).map { "--etcd-prefix=/\($0)" }
    let container = Container(image: long, command: ["--encryption-provider-config=\(long)"] + many, arguments: many)
    for value in [Self.protobuf([container]), try Self.json([container])] {
      let outline = try #require(Self.outline(value))
      #expect(outline.flags.count == APIServerOutline.maximumFlags)
      #expect(outline.flags.allSatisfy { $0.value.utf8.count <= 1024 })
      #expect(outline.image.utf8.count == 1024)
      #expect(outline.flags.last?.value == "/62")
    }
  }

  @Test("Other objects and damaged pods have no outline")
  func others() throws {
    #expect(Self.outline([]) == nil)
    #expect(Self.outline(Stored.jsonSecret) == nil)
    #expect(Self.outline(Stored.protobufSecret) == nil)
    #expect(Self.outline(Array("apiVersion: v1\nkind: Pod\n".utf8)) == nil)
    #expect(Self.outline(Stored.protobuf(kind: "Pod", raw: [0x12, 0x7F])) == nil)
    let json = try Self.json([Self.apiServer])
    for count in 0..<json.count { #expect(Self.outline(Array(json.prefix(count))) == nil) }
    let text = String(decoding: json, as: UTF8.self).replacing(#""apiVersion":"v1""#, with: #""apiVersion":"x.io/v1""#)
    #expect(Self.outline(Array(text.utf8)) == nil)
  }

  @Test("Damage is no trap")
  func damage() throws {
    var random = SeededGenerator(seed: 3)
    for value in [Self.protobuf([Self.apiServer]), try Self.json([Self.apiServer])] {
      for _ in 0..<1_000 {
        var value = value
        for _ in 0..<3 { value[Int(random.next() % UInt64(value.count))] = UInt8(random.next() % 256) }
        _ = Self.outline(value)
      }
    }
  }

  private static let paths: [(namespace: String?, name: String, isPath: Bool)] = [
    ("kube-system", "kube-apiserver-node-1", true), ("openshift-kube-apiserver", "kube-apiserver-master-0", true),
    ("kube-system", "kube-apiserver-", false), ("kube-system", "kube-apiserver", false),
    ("kube-system", "kube-apiserver1-x", false), ("kube-system", "xkube-apiserver-x", false),
    ("default", "kube-apiserver-node-1", false), ("kube-systems", "kube-apiserver-x", false),
    ("", "kube-apiserver-x", false), (nil, "kube-apiserver-x", false), ("kube-system", "", false),
  ]

  @Test("Its key is known by namespace and name", arguments: paths)
  func isPath(namespace: String?, name: String, isPath: Bool) {
    let name = Array(name.utf8)
    guard let namespace = namespace.map({ Array($0.utf8) }) else {
      #expect(APIServerOutline.isPath(namespace: nil, name: unsafe name.span.bytes) == isPath)
      return
    }
    let isFound = unsafe APIServerOutline.isPath(namespace: namespace.span.bytes, name: name.span.bytes)
    #expect(isFound == isPath)
  }
}
