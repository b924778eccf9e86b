/// What the bytes behind an envelope's prefix are, as far as their look tells.
enum EnvelopeContent {
  /// They could be ciphertext.
  case random
  /// A Kubernetes object in the clear.
  case object(ObjectMarker)
  /// Far from random, but no object that is known; or compressed, as no provider writes it.
  case other

  /// Judges the bytes behind a prefix, all of them.
  ///
  /// Names and the headers of KMS are searched for objects byte by byte, ciphertext wherever it is not random. O(length);
  /// of random bytes some 0.1 ns for each.
  ///
  /// - Parameters:
  ///   - start: offset after the prefix, where an object stands that was given no name.
  ///   - body: what follows the name.
  ///   - ciphertext: the part of the body that must be random. Encrypted data keys and annotations need not be.
  init(of value: RawSpan, from start: Int, body: Range<Int>, ciphertext: Range<Int>) {
    if let object = ObjectMarker(in: value, from: start..<ciphertext.lowerBound)
      ?? ObjectMarker(in: value, from: ciphertext.upperBound..<body.upperBound)
    {
      self = .object(object)
      return
    }
    if SecretTrace.first(in: value, from: start..<ciphertext.lowerBound) != nil
      || SecretTrace.first(in: value, from: ciphertext.upperBound..<body.upperBound) != nil
    {
      self = .other
      return
    }
    var looksRandom = value.looksRandom(in: ciphertext)
    if looksRandom, ciphertext.count < CiphertextCensus.leastBytes {
      if let object = ObjectMarker(in: value, from: ciphertext) {
        self = .object(object)
        return
      }
    } else if looksRandom {
      let census = CiphertextCensus(of: value, in: ciphertext)
      if let object = census.object {
        self = .object(object)
        return
      }
      looksRandom = census.looksRandom
    }
    if looksRandom {
      let isPacked = CompressedStream.isPresent(in: value, ciphertext) || SecretTrace.isDeflated(in: value, ciphertext)
      self = isPacked ? .other : .random
    } else if let object = ObjectMarker(wrappedIn: value, from: body.lowerBound)
      ?? ObjectMarker(in: value, from: start..<value.byteCount)
    {
      self = .object(object)
    } else {
      self = .other
    }
  }
}
