import VerificationModel

/// The artifacts of a SARIF log: the snapshots, and the resources in them.
///
/// A resource has a relative URI that is made of the cluster and of where etcd keeps it, and not of the file's name: every
/// backup of a cluster has the same, so that findings are known again in the next one.
struct SARIFPlaces {
  /// One artifact.
  struct Place {
    let uri: String
    let index: Int
  }

  /// What the caller calls the cluster of all snapshots; nil: each is called by its members.
  private let clusterName: String?
  private var indices: [String: Int] = [:]
  private var entries: [(uri: String, file: SnapshotReport.FileSummary?, description: String)] = []

  /// None so far.
  init(cluster: String?) { clusterName = cluster }

  /// The snapshot itself.
  mutating func file(of snapshot: SnapshotReport) -> Place {
    var uri = Self.encoded(snapshot.name.boundedName)
    // Two slashes would begin the name of a host.
    if uri.hasPrefix("//") { uri = "%2F" + uri.dropFirst() }
    return place(uri, snapshot.file, "a snapshot of etcd")
  }

  /// Where the values of `finding` lie in any snapshot of the same cluster.
  mutating func resource(of finding: Finding, in snapshot: SnapshotReport) -> Place {
    let cluster = cluster(of: snapshot)
    guard let resource = finding.resource else {
      return place(Self.encoded("\(cluster)/snapshot"), nil, "a snapshot of the cluster's etcd")
    }
    let prefix =
      snapshot.resources.first { $0.resource == resource }?.prefix ?? snapshot.prefixes.first
    let path = (prefix?.description ?? "/registry") + "/" + resource
    return place(
      Self.encoded(cluster + (path.hasPrefix("/") ? "" : "/") + path.boundedName), nil,
      "\(SARIFText(resource)) in the cluster's etcd")
  }

  /// What a cluster is called: as the caller does, else by the least id of its members, which most changes of its members
  /// leave. The word before that keeps a name of dots alone from meaning a directory.
  func cluster(of snapshot: SnapshotReport) -> String {
    if let clusterName { return "cluster-\(clusterName)" }
    guard let id = snapshot.cluster?.memberIDs.first else { return "cluster-unknown" }
    return "cluster-" + String(id, radix: 16)
  }

  /// Writes the member `artifacts`.
  func write(to json: inout JSONBuffer) {
    json.array("artifacts") { json in
      for entry in entries {
        json.object { json in
          json.object("location") { $0.member("uri", entry.uri) }
          json.object("description") { $0.member("text", entry.description) }
          json.member("roles", entry.file == nil ? ["tracedFile"] : ["analysisTarget"])
          guard let file = entry.file else { return }
          json.member("length", file.bytes)
          guard let digest = file.hash.flatMap({ HashRecord($0).computed }) else { return }
          json.object("hashes") { $0.member("sha-256", digest) }
        }
      }
    }
  }

  private mutating func place(_ uri: String, _ file: SnapshotReport.FileSummary?, _ description: String) -> Place {
    if let index = indices[uri] { return Place(uri: uri, index: index) }
    indices[uri] = entries.count
    entries.append((uri, file, description))
    return Place(uri: uri, index: entries.count - 1)
  }

  /// The path as a relative URI (RFC 3986): all bytes but slashes and those that stand for themselves as `%XX`.
  private static func encoded(_ path: String) -> String {
    var uri = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default: uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }
}
