import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Compressed bytes behind a prefix")
struct CompressedBodyTests {
  /// A Secret in JSON, compressed by common programs; in base64.
  private static let streams: [(format: String, base64: String)] = [
    (
      "zlib -1",
      """
      eAFlkEFPwzAMhf+Lz8tIunaolbiM2y5I27StvbmNK8KWJjQpaEz97zhCcEHxJc/O5/dyh4sZNFSwp26kCAtAb440BuMGVj8UK5Yi\
      aowI1R0GtMS6bgWP68DdpASPXZIjoRXI4mQSs2hVX2BJQnaPJPJO9qLUK75ijqpf81GJzySMvO9gmBTRen6ayWwtpBKyOChZyVQN\
      j16xpWtIRtD75WVqaRwoUlga9/Bnjef+dz2OUbie0eHVeZjnBfxm8hjCpxuT4zorb509vunnjWtX269mvzH1eSeb87ZIsQLv+/mB\
      +rSLeMqfgEHx5lP6F4/vE8H8DQmsa/I=
      """
    ),
    (
      "zlib -6",
      """
      eJxdj8FuwjAQRP9lz5jaIaFKJC5w44IECEhum3ijupDYjZ1WFOXfu27VHir74rfj2ZkHXE2voYADNQMFmAE6c6LBG9szfVdMOgqo\
      MSAUD+ixI+a6FizXnqeReIdNxIGwE8hwNNEzq1WbYU5CNs8k0ka2ItcLfmKKql3yUdGfnTDwvqNhp4Cd46+JTJZCKiGzo5KFjLdi\
      6Q1ruvkYBJ2bX8eahp4C+bmxT3/Rvkv8nzocgrAtC/yLdTBNM/jt5ND7DzvExGWS35vu9Ko3a1svtp/VYW3Ky15Wl20Wa3l2/FlT\
      nvcBz+kK2CjcXUQ7h28jwfQFCaxr8g==
      """
    ),
    (
      "zlib -9",
      """
      eNpdj8FuwjAQRP9lz5jaIaFKJC5w44IECEhum3ijupDYjZ1WFOXfu27VHir74rfj2ZkHXE2voYADNQMFmAE6c6LBG9szfVdMOgqo\
      MSAUD+ixI+a6FizXnqeReIdNxIGwE8hwNNEzq1WbYU5CNs8k0ka2ItcLfmKKql3yUdGfnTDwvqNhp4Cd46+JTJZCKiGzo5KFjLdi\
      6Q1ruvkYBJ2bX8eahp4C+bmxT3/Rvkv8nzocgrAtC/yLdTBNM/jt5ND7DzvExGWS35vu9Ko3a1svtp/VYW3Ky15Wl20Wa3l2/FlT\
      nvcBz+kK2CjcXUQ7h28jwfQFCaxr8g==
      """
    ),
    (
      "zlib, fixed codes",
      """
      eAGrVsrOzEtRslIKTk0uSi1R0lFKLMgMSy0qzszPA4qWGQJFclNLElMSSxKVrKqV8hJzU4HiKUm6QOUpxUBZkEhxQWIySLgkNTFX\
      NxEoWJoJMtM0yTDNNNEyVdcg2TxV1yTZIE3XMsUYyE00STRMMwNCQ5D5QJMSS4D2hWQCTSpJzC0AajUyMDLTNTDUNTANMTSwMgCh\
      KKDSnMSk1JxikEMSCwr0skuTUovyUktSi/Uy8/XhTgN7Al22ILGoRDc/DaigOCO/QKm2VkcJ5qeCxOLi8vwikIsjjSwrk3PDslKc\
      nfKTjL2qooKdMiMjggyiIrxMQd4qBpoIsSYyPKgkMdzEVgloUEllAUjIvyCxsDRVqRYACaxr8g==
      """
    ),
    (
      "gzip",
      """
      H4sIAAAAAAACA12PwW7CMBBE/2XPmNohoUokLnDjggQISG6beKO6kNiNnVYU5d+7btUeKvvit+PZmQdcTa+hgAM1AwWYATpzosEb\
      2zN9V0w6CqgxIBQP6LEj5roWLNeep5F4h03EgbATyHA00TOrVZthTkI2zyTSRrYi1wt+YoqqXfJR0Z+dMPC+o2GngJ3jr4lMlkIq\
      IbOjkoWMt2LpDWu6+RgEnZtfx5qGngL5ubFPf9G+S/yfOhyCsC0L/It1ME0z+O3k0PsPO8TEZZLfm+70qjdrWy+2n9VhbcrLXlaX\
      bRZreXb8WVOe9wHP6QrYKNxdRDuHbyPB9AUIn7ltVAEAAA==
      """
    ),
    (
      "gzip with a name",
      """
      H4sICADxU2UC/3NlY3JldC5qc29uAF2PwW7CMBBE/2XPmNohoUokLnDjggQISG6beKO6kNiNnVYU5d+7btUeKvvit+PZmQdcTa+h\
      gAM1AwWYATpzosEb2zN9V0w6CqgxIBQP6LEj5roWLNeep5F4h03EgbATyHA00TOrVZthTkI2zyTSRrYi1wt+YoqqXfJR0Z+dMPC+\
      o2GngJ3jr4lMlkIqIbOjkoWMt2LpDWu6+RgEnZtfx5qGngL5ubFPf9G+S/yfOhyCsC0L/It1ME0z+O3k0PsPO8TEZZLfm+70qjdr\
      Wy+2n9VhbcrLXlaXbRZreXb8WVOe9wHP6QrYKNxdRDuHbyPB9AUIn7ltVAEAAA==
      """
    ),
    (
      "bzip2",
      """
      QlpoOTFBWSZTWaOSMfQAAKafgBAH/7IYEJ3wP3//ujAA+2qhqaAoNPSekHpNBo2oeoA8oaDUBNT0aYo9TRiNGgaNDIYQielA1MAg\
      wjACAbRGCqU0BVUHIvttwIIvHxKSaIn9QgyMyABkaB1abhRsCFKKHJJLdqg4Ri8SiagslA5nFqME2Obtgnyim2JlilrccNWxKjGC\
      wRrukaO3JZ2wRCHjdToYTAqm8qrRUihErT8HAGkIgkAkoVW/EMYfONsb25XYL0EU/YSp1K75mVF5dyiahjCicH6esSLE6To/ZBba\
      XpBPrrICxJ3DPNIUgEHbzDHOdesacmMraApxHgH6dTifRA8RWFOcfDoSYINOLzmVdZ7n8IEs38XckU4UJCjkjH0A
      """
    ),
    (
      "xz",
      """
      /Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AFTAQJdAD2IiWbUH0AJZ+81D2iWxt6OHCUXnUjGrC4DCK1NsPd73T6UwG4IaVFOQLnB\
      26Xgk2AjDcFhWkTUpke5vZgrGwQcYh0iiHl8tkPaD7TsgFFdkhHClIBl1E7ydGYXNkoB43lnvqAhOrXxoPhOgOWg0zhAVnB50eGk\
      eimcTfrcrrPygmf5R+bg/sFAuDkSdt66T0W4TpRAS2J2fxSxoeFh1Yy3+B++ciHt/fFS0r4V7Rv0GlgqW/ZznE1+tHzvKN0Y8Sw7\
      A+45KzZOq6PMBrisJ9oTC5w1N13DZf84BRcSb5OWv4m5uMNpG/czeVK4RXNvUlLS0S/j1znVGurjAqQ7jKflCQAAAJKC4ERx/U5q\
      AAGeAtQCAAAuCks0scRn+wIAAAAABFla
      """
    ),
    (
      "zstd",
      """
      KLUv/QRoxQcAphE3HyBzdXxmVvbUWqXCCxF+mUgcAnPuHlLga4QqCQIIwAoqAC0ALgBvyNSu29gVsij+vSem7nnny5FvT193mr9T\
      U9raEEn567crbMffIyUv9wSCv9OJr+1JPqgpL3eFX3euIDkm8CAemNQggbUBNtYHhiQXQX+Psvo6s4n7/gXWMv36fE5nxf5dmuxW\
      puuBKQG2b1O1o+oCoJTvebeYjhjzdUp7zT2gxlxjBUELn3eVYcr4e1PO/focQYjwbUQmtW31dWghobSGZCITDkpnMYhmQhEtkAly\
      DoLJ32OdmwgAViOXV0PYoKnBY4pAF+gcACsTdFDXjALoNjgZ
      """
    ),
    (
      "zstd, streamed",
      """
      KLUv/QBY7QcAJpI5JCDJVgfYgruVW0Q24O+aEOHnCuhhsvoMDt5/8JdrhCoJAgjACioALwAvAN+3Y0nV6evplvO+b4ijX/Zc+XFt\
      6OoN4fsoQjobAiVfvfZ07fj+RbDyS3sJcaUNwUcUYeWe7uqtPYkn8TRGMFt9eIr1MIdYHeDYagU3T3Oa7x+Urs4L4q4BLK+m6TIW\
      0O+fuOpkCRChgXbtaLYjVQxS8i97ammHLVenMLaMLWuPhq3GVoJhzAPTWzpgSfB9S4V6NV0AEeHaiExmU+nqDUNCYQ3JBC4clAXG\
      wYmLgWcAgZyCgpl8/2ZMoDQGAFYjl1dDWFBcpF1b8JiSoK55Bg==
      """
    ),
    (
      "lz4",
      """
      BCJNGGRApzQBAADxMnsia2luZCI6IlNlY3JldCIsImFwaVZlcnNpb24iOiJ2MSIsIm1ldGFkYXRhIjp7Im5hbWUiOiJkYi1jcmVk\
      cyIsEgBAc3BhYxcAsHRlYW0tYSIsInVpVADwFDViMWY1YTllLTBjN2UtNGMwZi05ZDNlLTBhNGExZjZmNmYxYADwFGNyZWF0aW9u\
      VGltZXN0YW1wIjoiMjAyNi0wMS0wNVQxMDowAwCgWiIsImxhYmVsc4kA9QNhcHAua3ViZXJuZXRlcy5pby+bAC8iLB4AAPQEcGFy\
      dC1vZiI6InNob3AifX0sItQAcHBhc3N3b3KyAPANWTI5eWNtVmpkQ0JvYjNKelpTQmlZWFIwWlhKNdcAM3NlcmcA8ABZV1J0YVc0\
      PSJ9LCJ0eXATAIBPcGFxdWUifQAAAABmK9Rq
      """
    ),
    (
      "zip",
      """
      UEsDBBQAAAAIAOpufV0In7lt8QAAAFQBAAABAAAAc12PwW7CMBBE/2XPmNohoUokLnDjggQISG6beKO6kNiNnVYU5d+7btUeKvvi\
      t+PZmQdcTa+hgAM1AwWYATpzosEb2zN9V0w6CqgxIBQP6LEj5roWLNeep5F4h03EgbATyHA00TOrVZthTkI2zyTSRrYi1wt+Yoqq\
      XfJR0Z+dMPC+o2GngJ3jr4lMlkIqIbOjkoWMt2LpDWu6+RgEnZtfx5qGngL5ubFPf9G+S/yfOhyCsC0L/It1ME0z+O3k0PsPO8TE\
      ZZLfm+70qjdrWy+2n9VhbcrLXlaXbRZreXb8WVOe9wHP6QrYKNxdRDuHbyPB9AVQSwECFAMUAAAACADqbn1dCJ+5bfEAAABUAQAA\
      AQAAAAAAAAAAAAAAgAEAAAAAc1BLBQYAAAAAAQABAC8AAAAQAQAAAAA=
      """
    ),
  ]

  private static let formats = streams.map(\.format)

  private static func stream(_ format: String) throws -> [UInt8] {
    let base64 = try #require(streams.first { $0.format == format }?.base64)
    return try [UInt8](#require(Data(base64Encoded: base64)))
  }

  /// `bytes` where the provider keeps its ciphertext.
  private static func body(_ provider: Provider, _ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    switch provider {
    case .aescbc: bytes + random.bytes((16 - bytes.count % 16) % 16)
    case .aesgcm, .secretbox: bytes
    case .kmsv1: [0, 60] + random.bytes(60) + bytes
    case .kmsv2: Stored.object(data: bytes, source: random.bytes(60))
    }
  }

  @Test("are no ciphertext, wherever a provider keeps it", arguments: formats, Provider.allCases)
  func everyFormat(_ format: String, _ provider: Provider) throws {
    let stream = try Self.stream(format)
    var random = SeededGenerator(seed: 301)
    for start in [0, 12, 16, 24, 40, 44] {
      for tail in [0, 16, 40] {
        let bytes = random.bytes(start) + stream + random.bytes(tail)
        let value = Stored.prefix(provider, "key1") + Self.body(provider, bytes, &random)
        let classification = Classification(value)
        // lz4 leaves the first of what it packs as it is, so that the object itself shows.
        let isReadable = ["gzip", "zlib", "zstd", "lz4"].contains { format.hasPrefix($0) }
        #expect(
          classification.valueClass == (isReadable ? .plaintext : .malformed), "behind \(start) bytes, before \(tail)")
        #expect(classification.reason == (isReadable ? .forgedEnvelope : .notCiphertext))
        #expect(classification.encoding == (isReadable ? .json : nil))
        #expect(classification.envelope?.provider == provider)
      }
    }
  }

  @Test("Ciphertext that begins as they do is one", arguments: formats)
  func alike(_ format: String) throws {
    let stream = try Self.stream(format)
    var random = SeededGenerator(seed: 302)
    // Of most formats, the first bytes alone are more than chance brings about.
    let isShort = format.hasPrefix("zlib") || format.hasPrefix("gzip") || format.hasPrefix("zstd")
    for _ in 0..<2000 {
      let count = isShort ? format.hasPrefix("gzip") ? 3 : format.hasPrefix("zlib") ? 2 : 4 : 2
      let bytes = Array(stream.prefix(count)) + random.bytes(Int.random(in: 60...900, using: &random))
      #expect(Classification(Stored.prefix(.aesgcm, "key1") + bytes).valueClass == .encrypted)
    }
  }

  @Test("A stream that was cut or altered is no trap", arguments: formats)
  func damaged(_ format: String) throws {
    let stream = try Self.stream(format)
    var random = SeededGenerator(seed: 303)
    for count in 0...stream.count {
      _ = Classification(Stored.prefix(.aesgcm, "key1") + stream.prefix(count) + random.bytes(64))
      _ = Classification(Stored.prefix(.aesgcm, "key1") + stream.prefix(count))
    }
    for _ in 0..<3000 {
      var copy = stream
      for _ in 0..<2 {
        copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = Classification(Stored.prefix(.secretbox, "key1") + copy)
    }
  }
}
