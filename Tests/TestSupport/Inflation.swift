import CZlib

/// What zlib makes of deflate data (RFC 1951) without a header.
public struct Inflation {
  /// What was packed.
  public let bytes: [UInt8]
  /// Bytes of the data.
  public let bytesRead: Int

  /// nil where the data don't come to their end, or unpack to more than `limit` bytes.
  public init?(_ data: [UInt8], atMost limit: Int) {
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
    guard result == Z_STREAM_END, count <= limit else { return nil }
    bytes = Array(output.prefix(count))
    bytesRead = data.count - Int(stream.avail_in)
  }
}
