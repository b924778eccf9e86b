import EncryptionConfig
import Foundation
import TestSupport
import Testing

@Suite struct ConfigurationFileTests {
  @Test(arguments: [(0o600, false), (0o640, false), (0o644, true)])
  func modeIsLookedAt(mode: Int, isReadable: Bool) throws {
    let directory = try TemporaryDirectory()
    let path = try Self.file(in: directory)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    let file = try ConfigurationFile(path: path, for: .allowingKMSv1)
    #expect(file.isReadableByOthers == isReadable)
    #expect(file.byteCount == RefusedFile.sound.utf8.count)
    #expect(file.configuration.groups.count == 2)
  }

  @Test func serverIsHeeded() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.file(in: directory)
    let refusal = #expect(throws: InvalidConfiguration.self) {
      try ConfigurationFile(path: path, for: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 30)))
    }
    #expect(refusal?.errors.map(\.code) == [.kmsV1Disabled])
  }

  @Test func whatIsNoFileIsRefused() throws {
    let directory = try TemporaryDirectory()
    for path in ["\(directory.path)/missing.yaml", directory.path, ""] {
      let refusal = #expect(throws: InvalidConfiguration.self) { try ConfigurationFile(path: path) }
      #expect(refusal?.errors.map(\.code) == [.unreadable])
    }
  }

  @Test func endlessFileIsRefused() throws {
    let refusal = #expect(throws: InvalidConfiguration.self) { try ConfigurationFile(path: "/dev/zero") }
    #expect(refusal?.errors.map(\.code) == [.tooLarge])
  }

  private static func file(in directory: TemporaryDirectory) throws -> String {
    try directory.file("config.yaml", Array(RefusedFile.sound.utf8))
  }
}
