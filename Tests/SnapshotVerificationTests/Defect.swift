import TestSupport
import Testing
import VerificationModel

/// One thing that is wrong with a file, and what must be said of it.
///
/// Each is made in a file of its own in `Defects`, from ``SoundStore``, and stands in ``all``.
struct Defect: Sendable, CustomTestStringConvertible {
  /// Its name, which is that of the source file it is made in.
  let name: String
  /// What is wrong, in words.
  let fault: String
  /// The codes of the errors in the report on the file, in its order; of those on a stream, see ``DamagedSnapshot``.
  let errors: [String]
  /// The rules of the findings in the report on the file.
  let findings: Set<Rule>
  /// The verdict of the default policy.
  let verdict: Verdict
  /// Makes the bytes of the file.
  let make: @Sendable () throws -> [UInt8]

  var testDescription: String { name }

  /// A defect of the whole file, which `damage` puts into a sound snapshot.
  init(
    _ fault: String, errors: [String] = [], findings: Set<Rule> = [], _ verdict: Verdict, source: String = #fileID,
    inFile damage: @escaping @Sendable (inout [UInt8]) throws -> Void
  ) {
    self.init(fault, errors, findings, verdict, source) {
      var file = try SoundStore.writer.image(SoundStore.etcd.rootInPages).snapshot()
      try damage(&file)
      return file
    }
  }

  /// A defect of the database; the SHA-256 behind it is right.
  init(
    _ fault: String, errors: [String] = [], findings: Set<Rule> = [], _ verdict: Verdict, source: String = #fileID,
    freelist: BoltWriter.Freelist = .notStored, inImage damage: @escaping @Sendable (inout BoltImage) -> Void
  ) {
    self.init(fault, errors, findings, verdict, source) {
      var writer = SoundStore.writer
      writer.freelist = freelist
      var image = writer.image(SoundStore.etcd.rootInPages)
      damage(&image)
      return try image.snapshot()
    }
  }

  /// A defect of what is in the buckets, in a file that is sound.
  init(
    _ fault: String, errors: [String] = [], findings: Set<Rule> = [], _ verdict: Verdict, source: String = #fileID,
    inBuckets damage: @escaping @Sendable (inout BoltBucket) -> Void
  ) {
    self.init(fault, errors, findings, verdict, source) {
      var root = SoundStore.etcd.rootInPages
      damage(&root)
      return try SoundStore.writer.image(root).snapshot()
    }
  }

  /// A defect of what was stored, by whoever wrote to etcd.
  init(
    _ fault: String, errors: [String] = [], findings: Set<Rule> = [], _ verdict: Verdict, source: String = #fileID,
    inStore damage: @escaping @Sendable (inout EtcdWriter) -> Void
  ) {
    self.init(fault, errors, findings, verdict, source) {
      var etcd = SoundStore.etcd
      damage(&etcd)
      return try SoundStore.writer.image(etcd.rootInPages).snapshot()
    }
  }

  private init(
    _ fault: String, _ errors: [String], _ findings: Set<Rule>, _ verdict: Verdict, _ source: String,
    _ make: @escaping @Sendable () throws -> [UInt8]
  ) {
    name = String(source.split(separator: "/").last?.dropLast(".swift".count) ?? "")
    (self.fault, self.errors, self.findings, self.verdict, self.make) = (fault, errors, findings, verdict, make)
  }
}
