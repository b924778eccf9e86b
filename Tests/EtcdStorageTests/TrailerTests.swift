import EtcdStorage
import Testing

@Suite("Where the SHA-256 of a snapshot may stand")
struct TrailerTests {
  @Test("Behind the image, in a file as etcd saves it", arguments: [8192, 20480, 8192 + 65536] as [UInt64])
  func saved(imageBytes: UInt64) {
    let trailer = Trailer(fileBytes: imageBytes + 32, imageBytes: imageBytes)
    #expect(trailer.candidates == [imageBytes])
    #expect(trailer.isAnnouncedByLength)
    #expect(trailer.mismatched == imageBytes)
    #expect(trailer.cutBytes == nil)
  }

  @Test("At the end, if the length says so and it is not behind the image")
  func grown() {
    let trailer = Trailer(fileBytes: 40960 + 32, imageBytes: 20480)
    #expect(trailer.candidates == [20480, 40960])
    #expect(trailer.mismatched == 40960)
  }

  @Test("Nowhere, in a file that ends with its image")
  func absent() {
    let trailer = Trailer(fileBytes: 20480, imageBytes: 20480)
    #expect(trailer.candidates == [])
    #expect(trailer.mismatched == nil)
    #expect(trailer.cutBytes == nil)
  }

  @Test(
    "In a file that was grown, any zeros but a trailer that was meant", arguments: [512, 4096, 1 << 24] as [UInt64])
  func preallocated(zeros: UInt64) {
    let trailer = Trailer(fileBytes: 20480 + zeros, imageBytes: 20480)
    #expect(trailer.candidates == [20480])
    #expect(trailer.mismatched == nil)
    #expect(trailer.cutBytes == nil)
  }

  @Test("Cut short, of 1 to 31 bytes", arguments: 0...40 as ClosedRange<UInt64>)
  func cut(left: UInt64) {
    let trailer = Trailer(fileBytes: 20480 + left, imageBytes: 20480)
    #expect(trailer.cutBytes == ((1...31).contains(left) ? left : nil))
    #expect(trailer.mismatched == (left >= 32 ? 20480 : nil))
  }

  @Test(
    "Never outside the file", arguments: [0, 1, 31, 32, 100, 544, 4128] as [UInt64], [0, 512, 8192, .max] as [UInt64])
  func bounds(fileBytes: UInt64, imageBytes: UInt64) {
    let trailer = Trailer(fileBytes: fileBytes, imageBytes: imageBytes)
    for place in trailer.candidates + [trailer.mismatched].compactMap(\.self) {
      #expect(place <= fileBytes && fileBytes - place >= 32)
    }
  }
}
