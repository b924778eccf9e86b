import Benchmark
import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage

/// What the verification of a snapshot spends its time on, part by part.
///
/// An iteration takes 1000 rows, or 1 MiB; times are those of an iteration, and with `--scale` the throughput is that of
/// single rows.
let benchmarks: @Sendable () -> Void = {
  let ofRows = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], warmupIterations: 10, scalingFactor: .kilo, maxDuration: .seconds(2))
  let ofBlock = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], warmupIterations: 10, maxDuration: .seconds(2))
  let store = SampleStore()

  Benchmark("BoltFormat: page and element headers", configuration: ofRows) { _ in
    for leaf in store.leaves { blackHole(sumOfLengths(in: leaf.rawSpan)) }
  }

  Benchmark("BoltFormat: walk of a cursor", configuration: ofRows) { benchmark in
    guard let bucket = store.tree.bucket(named: "key".utf8) else { return benchmark.error("no bucket `key`") }
    var cursor = store.tree.cursor(over: bucket)
    var bytes = 0
    while cursor.next(report: { _ in }) { bytes += cursor.row.value.byteCount }
    blackHole(bytes)
  }

  Benchmark("EtcdStorage: KeyValue", configuration: ofRows) { _ in
    for message in store.messages { blackHole(try KeyValue(decoding: message.rawSpan).value.byteCount) }
  }

  for (name, value) in store.values {
    Benchmark("KubernetesStorage: classification of \(name)", configuration: ofRows) { _ in
      for _ in 0..<1000 { blackHole(Classification(of: value.rawSpan).valueClass) }
    }
  }

  Benchmark("Cryptography: SHA-256 of 1 MiB", configuration: ofBlock) { _ in
    var hash = SHA256()
    hash.update(store.block.rawSpan)
    blackHole(hash.digest())
  }
}

/// What a scan of a leaf page reads of each row before it looks at the row itself.
private func sumOfLengths(in leaf: RawSpan) -> Int {
  let header = PageHeader(decoding: leaf, .little)
  var sum = 0
  for index in 0..<Int(header.count) {
    let offset = Element.headerOffset(index)
    let bytes = leaf.extracting(offset..<offset + Element.byteCount)
    let element = Element(leaf: bytes, at: offset, .little)
    sum += element.keyBytes + element.valueBytes
  }
  return sum
}
