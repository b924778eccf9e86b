import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

@Suite("The time at which a snapshot was taken")
struct SnapshotTimeTests {
  /// A name, and what it tells.
  struct Named: Sendable, CustomTestStringConvertible {
    let name: String
    let form: SnapshotTime.Form
    let text: String
    let precision: SnapshotTime.Precision
    let isZoneKnown: Bool

    init(
      _ name: String, _ form: SnapshotTime.Form, _ text: String, _ precision: SnapshotTime.Precision = .second,
      isZoneKnown: Bool = true
    ) {
      self.name = name
      self.form = form
      self.text = text
      self.precision = precision
      self.isZoneKnown = isZoneKnown
    }

    var testDescription: String { name }
  }

  /// 1764468000 is 2025-11-30T02:00:00Z.
  static let names: [Named] = [
    // k3s and RKE2
    .init("etcd-snapshot-server-1-1764468000", .k3s, "2025-11-30T02:00:00Z"),
    .init("etcd-snapshot-ip-10-0-12-34.eu-west-1.compute.internal-1764468000", .k3s, "2025-11-30T02:00:00Z"),
    .init("on-demand-node-1764468000.zip", .k3s, "2025-11-30T02:00:00Z"),
    .init("etcd-snapshot-node-1764468000.zip.gz", .k3s, "2025-11-30T02:00:00Z"),
    .init("etcd-snapshot-node-2024-01-01-1764468000", .k3s, "2025-11-30T02:00:00Z"),
    .init("pre-upgrade-node-1764468000.zip", .unixSeconds, "2025-11-30T02:00:00Z"),
    .init("pre-upgrade-2025-11-30-node-1764468000", .unixSeconds, "2025-11-30T02:00:00Z"),
    .init("etcd-old-1764468000", .k3sDirectory, "2025-11-30T02:00:00Z"),
    .init("etcd-backup-1764468000", .k3sDirectory, "2025-11-30T02:00:00Z"),
    // Gardener
    .init("Full-00000000-00184521-1764468000.gz", .gardener, "2025-11-30T02:00:00Z"),
    .init("Full-00000000-123456789012-1764468000.Z.final", .gardener, "2025-11-30T02:00:00Z"),
    .init("Incr-00184522-00184530-1764468000", .gardener, "2025-11-30T02:00:00Z"),
    .init("Chunk-00000000-00184521-1764468000.zlib", .gardener, "2025-11-30T02:00:00Z"),
    .init("Backup-1764468000", .gardener, "2025-11-30T02:00:00Z"),
    // OpenShift
    .init("snapshot_2025-11-30_020000.db", .openShift, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("snapshot_2025-11-30_020000__POSSIBLY_DIRTY__.db", .openShift, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("static_kuberesources_2025-11-30_020000.tar.gz", .openShift, "2025-11-30T02:00:00Z", isZoneKnown: false),
    // kOps, kubespray, kubeadm
    .init("2025-11-30T02:00:00Z-000001", .kOps, "2025-11-30T02:00:00Z"),
    .init("etcd-2025-11-30_02:00:00", .kubespray, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("kubeadm-backup-etcd-2025-11-30-02-00-00", .kubeadm, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("kubeadm-backup-manifests-2025-11-30-02-00-00", .kubeadm, "2025-11-30T02:00:00Z", isZoneKnown: false),
    // RKE1
    .init("2025-11-30T02:00:00Z_etcd", .rke1, "2025-11-30T02:00:00Z"),
    .init("2025-11-30T03:00:00+01:00_etcd.zip", .rke1, "2025-11-30T02:00:00Z"),
    .init("rke_etcd_snapshot_2025-11-29T21:00:00-05:00.zip", .rke1, "2025-11-30T02:00:00Z"),
    // Charmed Kubernetes, microk8s
    .init("etcd-snapshot-2025-11-30-02.00.00.tar.gz", .charmed, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("backup-2025-11-30-02-00-00.tar.gz", .date, "2025-11-30T02:00:00Z", isZoneKnown: false),
    // Scripts
    .init("etcd-2025-11-30T02:00:00Z.db", .date, "2025-11-30T02:00:00Z"),
    .init("etcd-2025-11-30T02:00:00.123456Z.db", .date, "2025-11-30T02:00:00Z"),
    .init("etcd-2025-11-30T03:00:00+01:00.db", .date, "2025-11-30T02:00:00Z"),
    .init("etcd-2025-11-30T03:00:00+0100.db", .date, "2025-11-30T02:00:00Z"),
    .init("etcd-2025-11-30T02-00-00Z.db", .date, "2025-11-30T02:00:00Z"),
    .init("etcd-2025-11-30_02-00-00-UTC.db.zst", .date, "2025-11-30T02:00:00Z"),
    .init("20251130T020000Z.db", .date, "2025-11-30T02:00:00Z"),
    .init("etcd-20251130020000.db", .date, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("etcd20251130020000.db", .date, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("etcd-202511300200.db", .date, "2025-11-30T02:00:00Z", .minute, isZoneKnown: false),
    .init("etcd-20251130-020000.db", .date, "2025-11-30T02:00:00Z", isZoneKnown: false),
    .init("etcd-20251130_0200.snapshot", .date, "2025-11-30T02:00:00Z", .minute, isZoneKnown: false),
    .init("etcd 2025-11-30 02.00.db", .date, "2025-11-30T02:00:00Z", .minute, isZoneKnown: false),
    .init("etcd-2025-11-30-0200", .date, "2025-11-30T02:00:00Z", .minute, isZoneKnown: false),
    .init("etcd-2025-11-30.db", .date, "2025-11-30T00:00:00Z", .day, isZoneKnown: false),
    .init("2024-02-29-etcd.db", .date, "2024-02-29T00:00:00Z", .day, isZoneKnown: false),
    .init("etcd-2025-11-30-443.db", .date, "2025-11-30T00:00:00Z", .day, isZoneKnown: false),
    .init("etcd-2025-11-30-2379.db", .date, "2025-11-30T00:00:00Z", .day, isZoneKnown: false),
    .init("snapshot-1764468000.db", .unixSeconds, "2025-11-30T02:00:00Z"),
    .init("1764468000", .unixSeconds, "2025-11-30T02:00:00Z"),
    .init("2025-11-30-1764468000.db", .unixSeconds, "2025-11-30T02:00:00Z"),
  ]

  @Test(arguments: names)
  func `known forms of names tell it`(named: Named) throws {
    let time = try #require(SnapshotTime.time(named: named.name))
    #expect(time.description == named.text)
    #expect(time.precision == named.precision)
    #expect(time.isZoneKnown == named.isZoneKnown)
    #expect(time.source == .name(named.form, named.name))
  }

  @Test(arguments: [
    // Numbers that are something else.
    "snapshot.db", "etcd-3.5.21.db", "etcd-v3.6.14-20251130.db", "backup-20251130.db", "build-20251130-2379.db",
    "etcd-127.0.0.1-2379.db", "node-10-0-12-34.db", "2379", "etcd-6443-2380.db", "etcd-123456789012.db",
    "etcd-99999999999999.db", "run-17644680001.db", "run-764468000.db", "run-1234567890.db", "key1764468000",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b.db", "a1b2c20251130020000.db", "20251130020000abc.db",
    "43f0e6a5-7c1b-4d7e-9b0a-0d2a4fb6b8f1.db", "v2025.11.30.db", "wal.broken.20251130.020000",
    "0000000000000002-000000000000005b.wal", "0000000000000002-0000000000000001.snap", "00000000000003e8.snap.db",
    "etcd-snapshot-node-123456789", "etcd-snapshot-node-99999999999", "Full-00000000-00184521-17644680.gz",
    "aescbckey", "30-11-2025.db", "11-30-2025 02:00.db",
    // Days and times of day that do not exist.
    "etcd-2025-02-29.db", "etcd-2100-02-29T02:00:00Z.db", "etcd-2025-13-01_020000.db", "etcd-2025-00-10.db",
    "snapshot_2025-11-31_020000.db", "etcd-20251130T250000Z.db", "etcd-20251130-026000.db", "etcd-1999-12-31.db",
    "etcd-2013-12-31T02:00:00Z.db",
    // Different times in one name.
    "etcd-2025-11-30-2025-12-24.db", "etcd-2025-11-30-1700000000.db", "1764468000-1700000000.db",
    "etcd-2025-11-30T02:00:00Z-2025-11-30T03:00:00Z.db",
    "", "-", String(repeating: "9", count: 5000),
  ])
  func `nothing is read into other names`(name: String) {
    #expect(SnapshotTime.time(named: name) == nil)
  }

  // MARK: The option

  @Test(arguments: [
    ("2026-11-30T02:00:00Z", "2026-11-30T02:00:00Z", SnapshotTime.Precision.second, true),
    ("2026-11-30t02:00:00z", "2026-11-30T02:00:00Z", .second, true),
    ("2026-11-30T02:00:00.999Z", "2026-11-30T02:00:00Z", .second, true),
    ("2026-11-30T03:30:00+01:30", "2026-11-30T02:00:00Z", .second, true),
    ("2026-11-29 18:00:00 -08:00", "2026-11-30T02:00:00Z", .second, true),
    ("2026-11-30 02:00 UTC", "2026-11-30T02:00:00Z", .minute, true),
    ("2026-11-30 02:00", "2026-11-30T02:00:00Z", .minute, false),
    ("2026-11-30", "2026-11-30T00:00:00Z", .day, false),
    ("1764468000", "2025-11-30T02:00:00Z", .second, true),
  ])
  func `an option says it`(text: String, expected: String, precision: SnapshotTime.Precision, isZoneKnown: Bool) throws
  {
    let time = try SnapshotTime(option: text)
    #expect(time.description == expected)
    #expect(time.precision == precision && time.isZoneKnown == isZoneKnown && time.source == .option)
  }

  @Test(arguments: [
    ("", SnapshotTimeError.Code.notATime), ("yesterday", .notATime), ("30.11.2026", .notATime), ("20261130", .notATime),
    ("2026-11-30T02", .notATime), ("2026-11-30T02:00:00ZZ", .notATime), ("2026-11-30T02:00:00 CET", .notATime),
    ("2026-11-30 02:00:0", .notATime), ("2026-11-30 02:00 PM", .notATime), ("17644680000000", .notATime),
    ("2026-02-29", .impossible), ("2026-13-01", .impossible), ("2026-11-30 24:00", .impossible),
    ("2026-11-30 02:60", .impossible), ("2026-11-30T02:00:60Z", .impossible), ("0000-00-00", .impossible),
    ("1999-12-31", .outOfRange), ("2100-01-01", .outOfRange), ("123456789", .outOfRange), ("99999999999", .outOfRange),
  ])
  func `what can't be read says what to write`(text: String, code: SnapshotTimeError.Code) {
    let error = #expect(throws: SnapshotTimeError.self) { try SnapshotTime(option: text) }
    #expect(error?.code == code)
    #expect(error?.description.contains("'\(text)'") == true)
    #expect(error?.description.contains("2026-11-30 02:00") == true)
  }

  // MARK: Which source counts

  private static func time(
    _ path: String, member: String? = nil, containers: [Container] = [], modified: Int64? = 1_700_000_000,
    entryModified: Int64? = nil, others: Int = 0
  ) -> SnapshotTime? {
    var report = SnapshotReport(path: path, file: .init(bytes: 1), verdict: .pass)
    report.file.member = member
    report.file.containers = containers
    var input = InputReport(snapshots: [report])
    for _ in 0..<others { input.snapshots.append(SnapshotReport(path: path, file: .init(bytes: 1), verdict: .pass)) }
    input.modified = modified
    if let member { input.entriesModified[member] = entryModified }
    return SnapshotTime(of: report, in: input)
  }

  @Test func `the name of the file comes before those of its directories, and these before its own time`() {
    let name = "etcd-snapshot-node-1764468000"
    #expect(Self.time("/b/etcd-2025-11-29_02:00:00/\(name)")?.source == .name(.k3s, name))
    let directory = "etcd-2025-11-29_02:00:00"
    #expect(Self.time("/b/\(directory)/snapshot.db")?.source == .name(.kubespray, directory))
    let kubeadm = "kubeadm-backup-etcd-2025-11-29-02-00-00"
    #expect(Self.time("/etc/kubernetes/tmp/\(kubeadm)/etcd/member/snap/db")?.source == .name(.kubeadm, kubeadm))
    let chunks = "Full-00000000-00184521-1764468000.gz"
    #expect(Self.time("/b/\(chunks)/0000000001")?.source == .name(.gardener, chunks))
    #expect(Self.time("/b/2025-11-29/snapshot.db")?.source == .name(.date, "2025-11-29"))
    #expect(Self.time("/b/etcd-2025-11-29-0200/snapshot.db")?.source == .name(.date, "etcd-2025-11-29-0200"))
    // A directory that a person named.
    let file = Self.time("/b/incident-2025-11-29/snapshot.db")
    #expect(file?.source == .fileTime && file?.seconds == 1_700_000_000 && file?.isZoneKnown == true)
    #expect(Self.time("/b/2025-11-29/node/snapshot.db")?.source == .fileTime)
    #expect(Self.time("snapshot.db", modified: nil) == nil)
    #expect(Self.time("snapshot.db", modified: 0) == nil)
    #expect(Self.time("-", modified: nil) == nil)
  }

  @Test func `an archive tells of a snapshot that is alone in it`() {
    let zip = "etcd-snapshot-node-1764468000.zip"
    #expect(Self.time("/b/\(zip)", member: "snapshot.db", containers: [.zip])?.source == .name(.k3s, zip))
    let inside = Self.time("/b/all.zip", member: "a/etcd-snapshot-node-1764468000", containers: [.zip])
    #expect(inside?.source == .name(.k3s, "etcd-snapshot-node-1764468000"))
    let nested = Self.time(
      "/b/all.tar", member: "etcd-2025-11-29_02:00:00.zip:etcd.db", containers: [.tar, .zip])
    #expect(nested?.source == .name(.kubespray, "etcd-2025-11-29_02:00:00.zip"))
    let several = Self.time(
      "/b/\(zip)", member: "snapshot.db", containers: [.zip], entryModified: 1_764_000_000, others: 1)
    #expect(several?.source == .entryTime && several?.seconds == 1_764_000_000 && several?.isZoneKnown == false)
    #expect(Self.time("/b/\(zip)", member: "snapshot.db", containers: [.zip], others: 1) == nil)
    let tar = Self.time("/b/all.tar", member: "snapshot.db", containers: [.tar], entryModified: 1_764_000_000)
    #expect(tar?.source == .entryTime && tar?.isZoneKnown == true)
    // RKE1 sets the time of an entry to zero.
    let rke1 = Self.time("/b/x.zip", member: "/backup/x", containers: [.zip], entryModified: 0)
    #expect(rke1?.source == .fileTime)
  }

  @Test func `what the file system and an archive say of a file is kept`() async throws {
    let directory = try TemporaryDirectory()
    let image = BoltWriter().image(EtcdWriter().root)
    let path = try directory.file("snapshot.db", image.snapshot())
    func run(_ arguments: String...) async throws {
      let process = try await ChildProcess(arguments, in: directory.path)
      try #require(process.status == 0, "\(process.errors)")
    }
    try await run("touch", "-d", "2025-11-30T02:00:00Z", path)
    try await run("tar", "-cf", "all.tar", "snapshot.db")
    try await run("touch", "-d", "2025-12-24T02:00:00Z", "\(directory.path)/all.tar")
    func input(_ path: String) throws -> InputReport {
      Verifier(policy: Policy()).examine(try #require(InputList(arguments: [path]).entries.first))
    }
    let plain = try input(path)
    #expect(plain.modified == 1_764_468_000 && plain.entriesModified == [:])
    #expect(SnapshotTime(of: try #require(plain.snapshots.first), in: plain)?.description == "2025-11-30T02:00:00Z")
    let packed = try input("\(directory.path)/all.tar")
    #expect(packed.modified == 1_766_541_600 && packed.entriesModified == ["snapshot.db": 1_764_468_000])
    #expect(SnapshotTime(of: try #require(packed.snapshots.first), in: packed)?.source == .entryTime)
  }

  // MARK: The calendar

  @Test func `each day has its number, and each number its day`() {
    var day = CalendarTime(seconds: 0).seconds
    var months: [Int: Int] = [:]
    for _ in 0..<50_000 {
      let time = CalendarTime(seconds: day + 86_399)
      #expect(time.seconds == day + 86_399)
      if time.year == 2024 { months[time.month, default: 0] += 1 }
      day += 86_400
    }
    #expect(months[2] == 29 && months[4] == 30 && months.values.reduce(0, +) == 366)
    #expect(CalendarTime(seconds: 951_782_400).description == "2000-02-29T00:00:00Z")
    #expect(CalendarTime(seconds: -1).description == "1969-12-31T23:59:59Z")
    #expect(CalendarTime(seconds: .max).description == "9999-12-31T23:59:59Z")
    #expect(CalendarTime(seconds: .min).description == "0000-01-01T00:00:00Z")
  }
}
