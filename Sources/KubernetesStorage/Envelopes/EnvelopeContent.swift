/// What the bytes behind an envelope's prefix are, as far as their look tells.
enum EnvelopeContent {
  /// They could be ciphertext.
  case random
  /// A Kubernetes object in the clear, compressed perhaps.
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
  ///   - wrappedKey: the encrypted data key or seed of KMS, in which bytes may hide that look as random.
  init(
    of value: RawSpan, from start: Int, body: Range<Int>, ciphertext: Range<Int>, wrappedKey: Range<Int>? = nil
  ) {
    var examined = 0
    self.init(
      of: value, from: start, body: body, ciphertext: ciphertext, wrappedKey: wrappedKey, examined: &examined)
  }

  /// - Parameter examined: grows by the bytes that had to be read anew, or unfolded.
  init(
    of value: RawSpan, from start: Int, body: Range<Int>, ciphertext: Range<Int>, wrappedKey: Range<Int>? = nil,
    examined: inout Int
  ) {
    if let object = ObjectMarker(in: value, from: start..<ciphertext.lowerBound)
      ?? ObjectMarker(in: value, from: ciphertext.upperBound..<body.upperBound)
    {
      self = .object(object)
      return
    }
    if let trace = SecretTrace.first(in: value, from: start..<ciphertext.lowerBound)
      ?? SecretTrace.first(in: value, from: ciphertext.upperBound..<body.upperBound)
    {
      self = ObjectMarker(compressedIn: value, from: trace.range.lowerBound, &examined).map { .object($0) } ?? .other
      return
    }
    if let wrappedKey, let content = CompressedStream.content(of: value, beginning: wrappedKey, &examined) {
      self.init(content)
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
      self.init(CompressedStream.content(of: value, in: ciphertext, &examined))
    } else if let object = ObjectMarker(wrappedIn: value, from: body.lowerBound)
      ?? ObjectMarker(in: value, from: start..<value.byteCount)
    {
      self = .object(object)
    } else if let content = CompressedStream.content(of: value, in: ciphertext, &examined) {
      self.init(content)
    } else {
      self = .other
    }
  }

  private init(_ stream: CompressedStream.Content?) {
    switch stream {
    case .object(let object): self = .object(object)
    case .other: self = .other
    case nil: self = .random
    }
  }
}
