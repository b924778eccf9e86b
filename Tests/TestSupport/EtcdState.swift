import Foundation

/// What etcd answers when it is asked for every key.
public struct EtcdState: Sendable {
  /// The store's main revision at the time of the answer.
  public let revision: Int64
  /// Every key that exists, in bytewise order.
  public let keys: [EtcdWriter.KeyValue]

  /// Reads an answer as `etcdctl get -w json` prints it: numbers that are 0 are left out, bytes are base64.
  init(printed: [UInt8]) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let answer = try decoder.decode(Answer.self, from: Data(printed))
    revision = answer.header.revision
    keys = (answer.kvs ?? []).map { row in
      EtcdWriter.KeyValue(
        key: Array(row.key), createRevision: row.createRevision, modRevision: row.modRevision, version: row.version,
        value: Array(row.value ?? Data()), lease: row.lease ?? 0)
    }
  }

  private struct Answer: Decodable {
    let header: Header
    let kvs: [Row]?
  }

  private struct Header: Decodable {
    let revision: Int64
  }

  private struct Row: Decodable {
    let key: Data
    let createRevision: Int64
    let modRevision: Int64
    let version: Int64
    let value: Data?
    let lease: Int64?
  }
}
