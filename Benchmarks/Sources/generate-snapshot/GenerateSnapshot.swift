import ArgumentParser
import Foundation
import SnapshotGeneration

/// `generate-snapshot`: writes an etcd snapshot, and prints what is in it.
@main
struct GenerateSnapshot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-snapshot",
    abstract: "Write an etcd snapshot of any size with a Kubernetes cluster in it, and print as JSON what it holds.",
    discussion: "The same options give the same bytes. Nothing in it is secret: all of it is made up.")

  @Option(help: "How large the file becomes, such as 200MB or 2GB.")
  var size: ByteSize

  @Option(help: "small: many rows of 100 to 600 bytes. secrets: mostly Secrets of 1 to 12 KB, in overflow pages.")
  var mix: Mix = .small

  @Option(help: "How Secrets are encrypted.")
  var provider: SealingProvider = .aescbc

  @Option(
    help: "Also write to this file the EncryptionConfiguration that the Secrets are encrypted with.",
    completion: .file())
  var config: String?

  @Option(help: "The share of the Secrets' revisions that is not encrypted.")
  var plaintextShare = 0.01

  @Option(help: "The share of the pages that are free, and hold old rows.")
  var freePages = 0.1

  @Option(help: "The share of the rows that are older revisions, or revisions of deleted objects.")
  var history = 0.2

  @Option(help: "What all random choices follow from.")
  var seed: UInt64 = 1

  @Argument(help: "The file to write. It is there when it is complete, not before.", completion: .file())
  var file: String

  func validate() throws {
    let shares = [
      ("plaintext-share", plaintextShare, 1), ("free-pages", freePages, SnapshotOptions.mostFreePages),
      ("history", history, SnapshotOptions.mostHistory),
    ]
    for (name, share, limit) in shares where !(0...limit).contains(share) {
      throw ValidationError("--\(name) lies between 0 and \(limit)")
    }
  }

  func run() throws {
    let options = SnapshotOptions(
      bytes: size.bytes, mix: mix, provider: provider, plaintextShare: plaintextShare, freePages: freePages,
      history: history, seed: seed)
    if let config { try options.encryptionConfiguration.write(toFile: config, atomically: true, encoding: .utf8) }
    let part = "\(file).part"
    var generator = try SnapshotGenerator(options, path: part)
    let summary = try generator.run()
    // Sound: the C strings made of both paths outlive the call.
    guard unsafe rename(part, file) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(summary), as: UTF8.self))
  }
}

extension ByteSize: ExpressibleByArgument {
  /// The size that an argument spells.
  public init?(argument: String) { self.init(argument) }
}

extension Mix: ExpressibleByArgument {}

extension SealingProvider: ExpressibleByArgument {}
