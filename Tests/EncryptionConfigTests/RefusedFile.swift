import EncryptionConfig
import Testing

/// A file that an API server refuses, and the one error that says why.
struct RefusedFile: Sendable, CustomTestStringConvertible {
  let code: ConfigurationError.Code
  let line: Int
  let path: String
  let text: String
  let server: APIServerSettings
  /// A file that differs by no more than the fault, and is read.
  let repaired: String
  /// For whom it is repaired.
  let repairedServer: APIServerSettings

  init(
    _ code: ConfigurationError.Code, _ line: Int, _ path: String, _ text: String, repaired: String,
    for server: APIServerSettings = .allowingKMSv1, repairedFor other: APIServerSettings? = nil
  ) {
    self.code = code
    self.line = line
    self.path = path
    self.text = text
    self.server = server
    self.repaired = repaired
    self.repairedServer = other ?? server
  }

  /// A whole file whose only fault is that `found` stands where `right` should.
  init(
    _ code: ConfigurationError.Code, _ line: Int, _ path: String, replacing right: String, by found: String,
    in sound: String = sound, for server: APIServerSettings = .allowingKMSv1
  ) {
    self.init(
      code, line, path, sound.replacing(right, with: found, maxReplacements: 1), repaired: sound, for: server)
  }

  var testDescription: String { "\(code.rawValue) at line \(line) \(path)" }

  /// A file that is read.
  static let sound = """
    apiVersion: apiserver.config.k8s.io/v1
    kind: EncryptionConfiguration
    resources:
      - resources:
          - secrets
          - configmaps
        providers:
          - aescbc:
              keys:
                - name: key1
                  secret: \(SampleKey.a)
          - kms:
              apiVersion: v2
              name: vault
              endpoint: unix:///run/kms/plugin.sock
              timeout: 5s
          - kms:
              name: old
              endpoint: unix:///run/kms/old.sock
              cachesize: 100
          - secretbox:
              keys:
                - name: key2
                  secret: \(SampleKey.b)
          - identity: {}
      - resources:
          - '*.apps'
        providers:
          - identity: {}

    """
}
