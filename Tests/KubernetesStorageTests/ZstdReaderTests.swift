import Foundation
import TestSupport
import Testing

@testable import KubernetesStorage

/// Frames as the program writes them, at several levels; in base64.
@Suite("What zstd wrote")
struct ZstdReaderTests {
  /// Numbers in words would be as good: what is needed are literals, matches and offsets that come back.
  static func text(_ lines: Int) -> [UInt8] {
    var state: UInt64 = 88_172_645_463_325_252
    var text: [UInt8] = []
    for _ in 0..<lines {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      text += Array("line \(state % 1000) of \(state % 7): \(state)\n".utf8)
    }
    return text
  }

  static let frames: [(name: String, lines: Int, base64: String)] = [
    (
      "level 3", 6,
      """
      KLUv/STUpQMAAskVErAlbdaBAg8DgET2pp1JrlYgg8NNtbb/aJoKrUSM3xTR1jI5xWkNa0T7RiH15FaXeEjEsG8+14b0150/9uV3Uc135HHo\
      D5XbfRnfpkwMikBBVC4ABMEgCwAgjGAEyG4bRoDgAgFJKCIYAWRhVJZmlTGLjK1F
      """
    ),
    (
      "level 19", 60,
      """
      KLUv/WRGB20YACpPHAkUoCWFHD8azwDgvSXJli0p1yt2XwGRAIcAiQBkJ876wQg+OHGrzlRy0RvBiVgWSeFrMMhf8XV26FL80cMcrlMo31Vq\
      k0YoFI5m5NkvY/7OaHQvBOnNkGfVQ6GXB0kM3xBVMJhQuDSEmbw2EkIuLx3NoZOkklBR8Gi0QhMedFhjMiEYbHSIfcGiIfuPEmIMcp3g/dIl\
      GgdC0BwtY8hoqQUDCQIUEISgAAABAQMConL8DieUipv0DgzsKyXDgbtr34EU67k/gbKYVBZr9QrOp1h23ArxhFnDeGHCk0Lc8o9H3JLZttuG\
      JhbyvhImeNMwHSoNIw9h889Mr5LF4p7qY2dlWJgGb8Nvft935At5SiPbS0lI4OzjJCyRQWRgmEWfYTx3cHVMxFQxempwoKaICSE077FhoStQ\
      ZPY/GtFFnA7xtMKw3cJkhkCZCApBIguqyLjHq5S6VRtBlehnSkUGG2FkJKii0PktI5Nmtw21OY27EKa0Eb6GV4Xwr5jdECi9Vf8bZ6HhhBJC\
      N7JcLalw/WN0wUBYivMJ0s4eQje0OLyramE+3USYwNt7YJAY8asOh95DHGvs6KUfwwW3lokDkuDYkj6Cpm8kMSFeg9yMREW6CeEkHNog88IX\
      DKQ8ISOMjaKQwLPd2RATGNMQn2U1s1qZTKyeYR3RTsTKqTTh4HCQq6Kvjv+UGD/M8sUMWwgREw9h2PFSkTX66Y78cs0euPjJO0LBL/QyUsVH\
      vHJl5PIlunCEgt/AkWBj6wQVfD6ECeEVT/TCPWIBeKghFEwUXhEQhcdqACkcsg0gRiAlre1Yqkz0x8/brvt8J65+qzu1zGaZ66M+dca5tLMW\
      WEDSZbDTLFNYIy5RjlAWSDYVclm9/jBZMm2YYsXzjFOvyExmedhj/RyWYu+kgWpsore5zKIoFHB0rVZqKO0PW7QM4yWzFZC2azlihHPPEr4x\
      X69gSxWTa7WcKP+lOuy8A3HstbozynUVWad8YxXHMEnl32NCkKuSCehz/U6kjb+tJtjrfyvWBI3FeJ1ZtQpzUh+/
      """
    ),
    (
      "level 1, no checksum", 60,
      """
      KLUv/WBGB+UaAGpPeAkUsKWQDtaBAibJgEiZZJJJzrpkuhKYAI0AkQDBFCv07zOflKxOhoAVoZFsi+rpkKoLrfwx3UI1qygxBLESS7V2r91G\
      LAyBxbOZUYnq5lR9ZkWNkBeZo+lXXLykYsJxnbKHYMJAgcBFySNKdq0jwdEZAoeBAqHks1K8m3wSlwXNaho3UTRFz8owBA0DBUJNrQbJxn5V\
      La1p9xPUqq0mqwEETa5JakpNcgrBwkCBEHQIQEDAgLdJ4RadqCgYAtrzaYpqwlJWPppPe40ulYVGxNopNDF9DDWGVKHfVSyyaFIiohDMf25Y\
      Sr0uMUGd0xSXx0hFdKqmDMFM/aQsi+ar+tM35kHtuFqqMwR8fUYldnkbaUPglyeU8LTqCmljCGw7ZoejNFM5hqaI7olDzscQrKbuQeF15ERw\
      pRY7tj8sn4omQywT5zItxgxB3+jIEZZhLGIiDMFEi+raLac/BI5d+CqZZggmRkZil8WnimRkJfofJ3I39BAsSJaf1I9qLNEjLC/aaRgCVz3l\
      xhVLxOu7p8nFfRVnFQK5pybkn1bEO6YQcOj7GlPzDmOCIQiiVjiEI1TfxxOCUYvz0OrP6ia6QT/JUHYP1UMwrlg+t/KicPghoAQAJvQQTV6M\
      ddUJwQiHQj3tzggvQok/pNQohoAOezSUEbO1jBL23/KDE+acQgxBvyntl8qwpxn+Q/aeb8OhkNpl1ROrysKhqCiNSsjRRpDDihi/LrmMNjN9\
      pEpq0wqXDEGYHF2Nl8x2sj66jNSohC9DIOSC6uER+mw/C6qIiagLDV/iFlmuFhaZVhVPvgyAgqiRJM4QISFEUIhREBsbsGKmkB4QEAilzQHT\
      ZGEXO6wc/iCALNkHbuGiaFpkNDCI0Rk2arXDykqtjywFhvYZGE1Jnh0+2ox/NOAqJ2nIihh8a2stZm5P1ptyp2RCWc4utGMg+IfZN9EZIxro\
      KXbnhR5PL+HJ3kszikhO/6KLZavDR2taVYFUXSZIMuUVDD5k+I98lQKUaYaDTNjig+imM6rrNgzFjAb4hguKyrG3UtCx7/3TPTnRZxRE5jxZ\
      CwjaYDV/kj8icWQepOoI17veMN7w6zicAt/tIcMPIbZtBBL5gwxTa1kPjWRPKPn33lWs/0tYauB3Zpgq
      """
    ),
    (
      "fast", 40,
      """
      KLUv/WSABI0hADQ6bGluZSA1MTIgb2YgMDogODc0ODUzNDE1MzQ4NTM1ODUxMgo1IG8zMDQwOTAwOTkzODI2NzM1NTE1MzEyNDUzOTk3NTU2\
      MDQ4MjM5MzEyCjg1MyBvZiAzOiAxNjQzMTczMjg1MTkyNjAxMDg1MwpsaW5lIDMwNjgyMDQ3MjQwNzQwMDM3MjgzMDY3NDkgb2YgNTogMTc4\
      MDEyNDYzMDk1NTgzMjI3NDkKbGluZSAyMDEgb2YgNjogNzA0MTc5NTYxNDAyOTQ5NzIwMTkwMzczNjgwMTU4OTc0MjIzODkwMwo2MzogMTY2\
      Nzk5NjE1Nzk4ODM4MDY2NTQ1NDU0NjAwMzMwNTcwOTM5NDU0NTkwOSBvZiAyOiAxODMyOTA2OTg0NTc4NTY3NTkwODQ3OTk0MjUxNzM5MjAw\
      MDQ4MDg0NDM1IG9mIDE6IDExNzkwNDk0MDc2NjcwNzc4NDM1CjE5NTExNTE5ODc1OTE2NzU1NTYzMTkzODMwMTIyNjExMDMwNTI4MjcwMzg2\
      MDogMTA3NjExNjE4NzM1MTg5Njg2NTMyNTk4NTA4MzI1MjU1MDI1NTU6IDEwMDgxNDM1MzkzNjUyNDE0MDU1OTc5MzM0NjAwNTk1NTQ5ODA2\
      Nzk3MTogMTc5ODMzOTU2MzM4Mjc2MjM3MyA2NzUzOTA3Njg5MTMxMzQwNzMKODU4MzY5OTYzMjI5NDYyNzQ3Mjg1ODE3MTYzODI2MjQ3OTc5\
      NDEzMTYwMTc3Nzg4ODg4MzQwODkxMTkxOTk1Nzc4ODQxMTAwMzgxNjIzODYyNzM2MjY4NDEwMDogMTA5MTg4MDg0NTk4MzUxMDk3MDg3NTA4\
      MDc0MzEzNDUyNjk4OTY4NzUwMTogMTI4OTg4Nzg5MzUyODE1NTc0MTogNzUyNTI4OTc0MzM1MDc0NTQzNTY3OTg2NTcwNDE2NDg3NzgyMzU2\
      MTg1NzkwNjc1MzA4NjUwMTkzODU2NTY3MDc5ODQ2MTQyNTI5Mzg1ODI6IDEyNjIxNjM3Njk2MjMwNzA3ODk1NjE6IDg1NjM3MjI5MzY3NzQy\
      Njk2NTc1IG9mIDQ6IDkwNjE5OTczNTQ3NDA4NzM1NzUzMzcyMjQ1NDM1NjAxMzY1MzM5NTogMTY4NzA4OTc0NTIyNzg4MzEwOTk4MDczODE3\
      MzkyMTc3NDU4MDogNzg2MDM1ODg3Mjc3Nzg4MzA0NjUxMTQ4OTk2NzIwNDcwMjQ2NDY1CkioUSjkCa8IiOGwAlcD0GKotA4QMi3tPGQrIi32\
      SAfWRDkYsyawAaPagGTfcDEOX+RrBgLlz9dWc7llBXFdYJnOm9Ez63a27l5uRzoko3xXewcXOaUCop9UnRsh195QX5L3Gac5fKhafZ+57v2x\
      wId/G4nMF80mTy9L8kj4YjWCiOX2rXj4JMSZ8VQNacy1CA==
      """
    ),
    (
      "streamed", 3,
      """
      KLUv/QRYTQIAwoQOFKAlzQEfsgT/f8/2bp1IKMK+WR8Bw6pZwyPyJbNfe30LMWwmUdJRH1bjHa/XdbyCE9AMgbF6BABRBAQASSgiGAFkMZOp\
      Jw0Hbok=
      """
    ),
    (
      "ultra", 120,
      """
      KLUv/WSJDyUvANqe2BETwCXDAc0Alv97d0pJJiklq+JwWBsBFAEXAX6LQ6QGZ6i3UNiXSs7CuWvfQgbrul9Cmg01HKyjj3F8ksPewzFySU2l\
      PFLzRIzc8t+3O2hs220XtRm9L0mJpzrTUqoUXWTqrzE9DZrN7mp82IopZaQqnil+xu8p71vhE3lGFM28DBoJaz4cmiNGSpBCGQd9SrnucerV\
      Vo0NPVGxMCa2ElmM55si2dpZf9z4cchttKpBp3g3DpHDFBHy6Sj0l/w4W3RJfsVlLI+TSJ9HGTMRRSQSK6rCY79c/a2qqLhHhHpz4ZrGF9LT\
      JWjFdxQVhlrIqSJj8jFFsnB5asVYOhHUICmFuGLoWJR8tEw3VBOGGVo2HzFFkf2HJBuOnJZ4/ogHxXAgozk0DUdDUy0MIQQUCDIKAAQCAwF2\
      UD+JiU8FrUaejpwqWok6NeLQLK3QeOQzChmuURE3Q4qR8GznrKyEq458lo0aR0tDtamrWG9tbVNWI2oWz0KPUnzq/SetfBmHT6bMiGy1y6TY\
      4akUjoqfbtFPj5oLZz95bzF+pKeKaPDbGy4VPXxaZ95C/AqLxm6mNYaYFymRl1zricNvs3gIiWr+r1tnO73g6ZBiOyMTpgipJiESRCPRIHcP\
      HyXVbbSTKK0fkxrk2ElRkUQppPWbiiZi7LZSmxPljsykdvLpPA1a5j82dkVIvaOuf4Y1i+IQSaQxQ5ZTB5U4/VdxYSCWwXoJtTUX6RQdLN6N\
      xki9OjUp4e25UGhFfqPFoucLlmPYipf+iiNuTTWKsgIVoste8knRTZOp8zf6hoIeKSIikaOVwkUWWZz0blaHWSavKkIytvJvhlvkqxw13u9y\
      ROQShki3ulL0xO5FZN4QKc5dnXRkbodqn1vWz94hEsuLTrJepKRoVTRD4vtCQkKKMKlEos+QkBfCqJt2hJRLPI9oF5N8G1lWHhWnYkGtoAdL\
      VsTGrBK784oJkvAV5HrkkdZIhB6NcOKceMsRmhFz3lWd8DYlY+xF4rQRazoWb0/RqKJFl0vxEZeKz2BUhbWUzBYbFu3jVceSKrVs2VcZfyiq\
      FKQYbkJm+A/VKlLLOUIZyV6vyD3zKhWv4Lz+HscmWER0mSJ56BhZ2gladMypGdGMi5JwHdIhi4bqKXOGI2UZWammsQIDipGodlEXxxCJYvwZ\
      z12V7LKY3GZNYkzxmjDVb5Zr5EimbZqiGtfqJfVdr2Ji3fUi1s+IqtFado34ki7esSISUZm8TqNFcMbkcV2exHYQ1fgko0UT8Wwmxn60M3Ow\
      s7F0XX24aEU7xk7k0Hw4Qf0wRmIpkpbGFksNSRwfGbQg1/CPT3z9dNyUEKPix/pWP/oex2lqgq2ST59KDZ1INFJy68F6Pgl/i6U1rVOdyKqw\
      qGJalJ4es4j5hBSilMY2hYshMqxYEMXJzSbkfkUzkuFM1MSlshgJDuc1c7rYJyrLZPWK06Z1fS61Rk3iiz+8GIMmghWZnKzwUXWp7ZCzOvJZ\
      XUKsCoZUx1TenOEFOUKILrF4hL3JTIDvqBFALFN4RUCUHtbAKiQybiBEICkOOwfnIzdA/D9XpBIcOFZTVKh7fhQyA5I235LEKjL+fY2a+cl+\
      d/YLDEzOhhUriM3q+toHsRA3B9jHAHX0sTQpJJglv96DSElMMGji3fLPGTopEbQEkM2K8Ylx2yKF9ZcSFXuSzMckThohmsTofpcha43P/0SU\
      U7lg/CsOUH0EQYIy8Za6E29DmMWHv0M0hKdsfnnGR+D9mLIbuGyqb9VNZvK1PNosOsRdFROSdSdNY0dNYjZ+YqN4i5qu/ji5vxSznPcDn7OB\
      S5/VxPJ0LNVOF0ztTNxmjIpAwlJ8zHL0NyOTcgMUmxcapF64mOyOt4vuXwfr3mZKY/o2sqeKQs0BsW4dU9oy9ljN5otZH8TaX9pmfTxI3Mf4\
      uULmq6Jl26XmkfdO9ZqjAdWrn6trxIJUhT7qAVld/r8SAlyNJF9Ot57Iu2BZkwO4DB1UNBoGRJDrjMhVjhqkOw==
      """
    ),
  ]

  @Test(arguments: frames)
  func `is read as it was`(frame: (name: String, lines: Int, base64: String)) throws {
    let bytes = try [UInt8](#require(Data(base64Encoded: frame.base64)))
    var reader = ZstdReader(unsafe bytes.span.bytes, from: 0, atMost: 1 << 24)
    #expect(reader.read() == bytes.count)
    #expect(reader.output == Self.text(frame.lines))
  }

  @Test func `frames follow one another, and others are passed over`() throws {
    let frame = try [UInt8](#require(Data(base64Encoded: Self.frames[0].base64)))
    let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let bytes = skippable + frame + skippable + frame
    var reader = ZstdReader(unsafe bytes.span.bytes, from: 0, atMost: 1 << 24)
    #expect(reader.read() == bytes.count)
    #expect(reader.output == Self.text(Self.frames[0].lines) + Self.text(Self.frames[0].lines))
  }

  @Test(arguments: frames)
  func `no more is examined than is allowed`(frame: (name: String, lines: Int, base64: String)) throws {
    let bytes = try [UInt8](#require(Data(base64Encoded: frame.base64)))
    for limit in stride(from: 0, to: 4000, by: 37) {
      var reader = ZstdReader(unsafe bytes.span.bytes, from: 0, atMost: limit)
      _ = reader.read()
      #expect(reader.output.count <= limit)
    }
  }

  @Test(arguments: frames)
  func `damage is no trap`(frame: (name: String, lines: Int, base64: String)) throws {
    let bytes = try [UInt8](#require(Data(base64Encoded: frame.base64)))
    var random = SeededGenerator(seed: 312)
    for count in stride(from: 0, to: bytes.count, by: 3) {
      let cut = Array(bytes.prefix(count))
      var reader = ZstdReader(unsafe cut.span.bytes, from: 0, atMost: 1 << 20)
      #expect(reader.read() == nil)
    }
    for _ in 0..<4000 {
      var copy = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        copy[Int.random(in: 4..<copy.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      var reader = ZstdReader(unsafe copy.span.bytes, from: 0, atMost: 1 << 20)
      _ = reader.read()
      #expect(reader.output.count <= 1 << 20)
    }
  }
}
