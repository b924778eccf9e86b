import BoltFormat
import EtcdStorage
import VerificationModel

/// How the file is built, and what its small buckets tell: meta pages, trailer, store, cluster.
struct InspectionTextFile {
  let inspection: Inspection
  /// Whether the path is named, because the first line could not hold it.
  let includesPath: Bool

  /// The lines; none where there is nothing to tell.
  func lines(_ style: Style) -> [String] {
    let texts = [("Meta pages", metas), ("File", file), ("Store", store), ("Cluster", cluster)]
    return texts.filter { !$0.1.isEmpty }.flatMap { label, texts in
      LabelledText(label: label.padded(to: "Meta pages".columns), texts: texts).lines(style)
    }
  }

  // MARK: Meta pages

  private var metas: [String] { inspection.metas.map(sentence) }

  private func sentence(about meta: MetaPage) -> String {
    let label = "\(meta.page)" + (meta.isCurrent ? " (current): " : ": ")
    switch meta.content {
    case .failure(let damage): return label + "can't be used: \(damage)"
    case .success(let content):
      let freelist = content.storesFreelist ? "freelist at page \(content.freelist)" : "no freelist"
      return label
        + "transaction \(content.txid), root page \(content.root), \(content.highWaterMark) pages, \(freelist)"
    }
  }

  // MARK: The file

  private var file: [String] {
    let path = includesPath ? [PrintableText(inspection.name).description.boundedName] : []
    let figures = [size, pages, origin].compactMap(\.self).joined(separator: ", ")
    return path + [figures, trailer ?? ""].filter { !$0.isEmpty } + digests
  }

  private var size: String? {
    guard inspection.file.bytes > 0 else { return nil }
    let containers = inspection.file.containers.reversed().map(\.rawValue).joined(separator: " in ")
    return inspection.file.bytes.counted("byte") + (containers.isEmpty ? "" : " out of \(containers)")
  }

  private var pages: String? {
    guard let bolt = inspection.bolt else { return nil }
    let order = inspection.metas.lazy.compactMap { try? $0.content.get().byteOrder }.first
    return "pages of \(bolt.pageSize) bytes" + (order == .big ? ", big-endian" : "")
  }

  private var origin: String? {
    switch inspection.bolt?.origin {
    case .snapshot: "written by etcd's snapshot call"
    case .rawCopy: "copied from a member's data directory"
    case .unknown, nil: nil
    }
  }

  private var trailer: String? {
    guard let trailer = inspection.trailer else { return nil }
    switch trailer {
    case .absent: return "no SHA-256 behind the pages"
    case .announced(let place): return "SHA-256 at byte \(place) not checked"
    case .present(let place, let appended):
      let state = inspection.file.hash?.sentence ?? "SHA-256"
      return "\(state), at byte \(place)" + (appended > 0 ? ", and \(appended.counted("byte")) appended to it" : "")
    case .cut(let place, let left): return "SHA-256 at byte \(place) cut: \(left) of its 32 bytes are left"
    }
  }

  private var digests: [String] {
    guard case .mismatch(let computed, let embedded) = inspection.file.hash else { return [] }
    return ["computed \(computed)", "embedded \(embedded)"]
  }

  // MARK: The store and its cluster

  private var store: [String] {
    guard let etcd = inspection.etcd else { return [] }
    let unreadable = etcd.unreadableRows > 0 ? "\(etcd.unreadableRows) unreadable" : nil
    let rows = [etcd.revisions.counted("row"), etcd.tombstones.counted("tombstone"), unreadable]
    return [rows.compactMap(\.self).joined(separator: ", "), compaction(etcd)]
  }

  private func compaction(_ etcd: SnapshotReport.EtcdSummary) -> String {
    let finished = etcd.compactRevision > 0 ? "compacted up to revision \(etcd.compactRevision)" : "never compacted"
    guard let scheduled = inspection.metaBucket?.scheduledCompactRevision, scheduled.main > etcd.compactRevision else {
      return finished
    }
    return finished + "; a compaction up to \(scheduled.main) was interrupted"
  }

  private var cluster: [String] {
    guard let cluster = inspection.cluster, let meta = inspection.metaBucket else { return [] }
    let version = cluster.version.map { "version \($0)" }
    let members = cluster.members > 0 ? cluster.members.counted("member") : nil
    let users = cluster.users > 0 ? " (\(cluster.users.counted("user")))" : ""
    let alarms = cluster.alarms > 0 ? cluster.alarms.counted("alarm") + " raised" : nil
    let raft = [meta.consistentIndex.map { "raft index \($0)" }, meta.term.map { "term \($0)" }]
    let parts = [version, members, "auth \(cluster.isAuthEnabled ? "on" : "off")" + users, alarms] + raft
    return [parts.compactMap(\.self).joined(separator: ", ")]
  }
}
