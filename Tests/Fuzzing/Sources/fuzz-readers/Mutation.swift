import Cryptography
import TestSupport

/// libFuzzer's own mutations: changes `count` bytes, and answers how many there are then, `limit` at most.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int

/// Called by libFuzzer in the place of its own mutations: what it makes has the right checksums, mostly.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
  var random = SeededGenerator(seed: UInt64(seed))
  let changesBytes = random.isOne(in: 3) || count < 4096
  let count = changesBytes ? unsafe mutateBytes(start, count, limit) : count
  // Sound: libFuzzer lends `limit` bytes, of which `count` are the file.
  let lent = unsafe UnsafeMutableBufferPointer(start: start, count: count)
  var file = SnapshotMutation(unsafe Array(lent))
  if !changesBytes {
    for _ in 0..<random.count(1...3) { file.mutate(&random) }
  }
  // Some files keep their wrong checksums.
  if !random.isOne(in: 16) {
    file.sealMetas()
    if let trailer = file.trailer { file.seal(digest(of: file.bytes.prefix(trailer.lowerBound))) }
  }
  for (index, byte) in file.bytes.enumerated() { unsafe lent[index] = byte }
  return count
}

private func digest(of bytes: ArraySlice<UInt8>) -> [UInt8] {
  var sum = SHA256()
  // Sound: a byte is initialized memory of any pattern.
  sum.update(unsafe bytes.span.bytes)
  return sum.digest().bytes
}
