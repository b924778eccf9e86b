/// The form of a name that one program gives to its snapshots, or to a directory of them.
struct NamePattern {
  /// A part of the name.
  enum Part {
    /// One of these words.
    case word([String])
    /// Whatever, at least one character.
    case anything
    /// Digits that tell no time, so many.
    case digits(ClosedRange<Int>)
    /// Seconds since 1970.
    case unixSeconds
    /// `2026-11-30`.
    case date
    /// Hours, minutes and seconds, with this between them.
    case clock(String)
    /// `Z`, or `+01:00`.
    case zone
  }

  /// Whose form it is.
  let form: SnapshotTime.Form
  /// The parts, one behind the other.
  let parts: [Part]
  /// What follows them; nil: nothing, or what tells that the file is packed, or what kind of file it is.
  var ending: String?

  /// The time in a name; nil where the name has another form.
  ///
  /// - Parameters:
  ///   - name: all of the name.
  ///   - stem: the name without what tells that the file is packed, and of which kind it is.
  func time(in name: [UInt8], stem: [UInt8]) -> TimeReading? {
    if let ending {
      guard name.count > ending.utf8.count, name.suffix(ending.utf8.count).elementsEqual(ending.utf8) else {
        return nil
      }
      return Self.time(TimeReader(Array(name.dropLast(ending.utf8.count))), parts[...], Found())
    }
    return Self.time(TimeReader(stem), parts[...], Found())
  }

  /// What was read so far.
  private struct Found {
    var reading: TimeReading?
    var time: CalendarTime?
    var zone: Int64?

    var result: TimeReading? { reading ?? time.flatMap { TimeReading($0, .second, zone: zone) } }
  }

  private static func time(_ reader: TimeReader, _ parts: ArraySlice<Part>, _ found: Found) -> TimeReading? {
    var reader = reader
    var found = found
    guard let part = parts.first else { return reader.isAtEnd ? found.result : nil }
    switch part {
    case .anything:
      // What follows has a form of its own, so that few places are looked at for long.
      while !reader.isAtEnd {
        reader.advance()
        if let reading = time(reader, parts.dropFirst(), found) { return reading }
      }
      return nil
    case .word(let words):
      guard reader.skip(anyOf: words) else { return nil }
    case .digits(let counts):
      guard reader.skipDigits(counts) else { return nil }
    case .unixSeconds:
      guard let reading = reader.unixSeconds() else { return nil }
      found.reading = reading
    case .date:
      guard let date = reader.date("-") else { return nil }
      found.time = date
    case .clock(let separator):
      guard let day = found.time, let clock = reader.clock(separator, of: day, needsSeconds: true) else { return nil }
      found.time = clock.time
    case .zone:
      guard let zone = reader.zone(acceptsDigits: false) else { return nil }
      found.zone = zone
    }
    return time(reader, parts.dropFirst(), found)
  }
}

extension NamePattern {
  private static func words(_ words: String...) -> Part { .word(words) }

  /// The forms of programs that are known. Where a form has no zone, it is the local time of the machine that wrote it.
  static let all: [NamePattern] = [
    // k3s-io/k3s pkg/etcd/snapshot.go, etcd.go
    .init(form: .k3s, parts: [words("etcd-snapshot-", "on-demand-"), .anything, words("-"), .unixSeconds]),
    .init(form: .k3sDirectory, parts: [words("etcd-old-", "etcd-backup-"), .unixSeconds]),
    // gardener/etcd-backup-restore pkg/types/snapstore.go
    .init(
      form: .gardener,
      parts: [
        words("Full-", "Incr-", "Chunk-"), .digits(8...19), words("-"), .digits(8...19), words("-"), .unixSeconds,
      ]),
    .init(form: .gardener, parts: [words("Backup-"), .unixSeconds]),
    // openshift/cluster-etcd-operator bindata/etcd/cluster-backup.sh
    .init(form: .openShift, parts: [words("snapshot_", "static_kuberesources_"), .date, words("_"), .clock("")]),
    // etcd-manager pkg/backup
    .init(
      form: .kOps, parts: [.date, words("T"), .clock(":"), .zone, words("-"), .digits(6...6)]),
    // kubespray roles/etcd/handlers
    .init(form: .kubespray, parts: [words("etcd-"), .date, words("_"), .clock(":")]),
    // kubernetes cmd/kubeadm/app/util/staticpod
    .init(
      form: .kubeadm,
      parts: [words("kubeadm-backup-etcd-", "kubeadm-backup-manifests-"), .date, words("-"), .clock("-")]),
    // rancher/rke-tools main.go, rancher/rke cluster
    .init(form: .rke1, parts: [.date, words("T"), .clock(":"), .zone, words("_etcd")]),
    .init(form: .rke1, parts: [words("rke_etcd_snapshot_"), .date, words("T"), .clock(":"), .zone]),
    // ubuntu.com/kubernetes, backups
    .init(
      form: .charmed, parts: [words("etcd-snapshot-"), .date, words("-"), .clock(".")], ending: ".tar.gz"),
  ]
}
