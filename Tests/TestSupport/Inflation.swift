import CZlib

/// What zlib makes of deflate data (RFC 1951) without a header.
public struct Inflation {
  /// What was packed.
  public let bytes: [UInt8]
  /// Bytes of the data.
  public let bytesRead: Int

  /// nil where the data don't come to their end, or unpack to more than `limit` bytes.
  public init?(_ data: [UInt8], atMost limit: Int) {
    guard let (inflation, isWhole) = Self.begun(data, atMost: limit), isWhole else { return nil }
    self = inflation
  }

  private init(bytes: [UInt8], bytesRead: Int) {
    self.bytes = bytes
    self.bytesRead = bytesRead
  }

  /// What zlib unpacks up to the end of the data, or up to where it finds fault with them or they end early, and whether it
  /// came to the end; nil of more than `limit` bytes.
  public static func begun(_ data: [UInt8], atMost limit: Int) -> (inflation: Inflation, isWhole: Bool)? {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = data
    // One byte more, so that data of just as many bytes come to their end.
    var output = [UInt8](repeating: 0, count: limit + 1)
    let result = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    let count = output.count - Int(stream.avail_out)
    guard count <= limit else { return nil }
    let inflation = Inflation(bytes: Array(output.prefix(count)), bytesRead: data.count - Int(stream.avail_in))
    return (inflation, result == Z_STREAM_END)
  }
}
