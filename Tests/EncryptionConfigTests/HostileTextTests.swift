import EncryptionConfig
import Foundation
import Testing

@Suite struct HostileTextTests {
  @Test(arguments: HostileText.all)
  func textIsRefusedInBoundedTime(text: HostileText) {
    var bytes = text.bytes
    let start = Self.processorTime()
    #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(wiping: &bytes) }
    // A fraction of a second, in unoptimised code too; what is not bounded takes minutes.
    #expect(Self.processorTime() - start < .seconds(5))
  }

  @Test func cutAndChangedFilesAreReadOrRefused() {
    let sound = Array(RefusedFile.sound.utf8)
    for end in sound.indices {
      var cut = Array(sound[..<end])
      _ = try? EncryptionConfiguration(wiping: &cut)
    }
    for offset in sound.indices {
      for byte in [0x00, 0x09, 0x20, 0x22, 0x26, 0x2A, 0x2D, 0x3A, 0x5B, 0x7B, 0x80, 0xFF] as [UInt8] {
        var changed = sound
        changed[offset] = byte
        _ = try? EncryptionConfiguration(wiping: &changed)
      }
    }
  }

  /// How long this thread has been computing, whatever else the machine does.
  private static func processorTime() -> Duration {
    var time = timespec()
    // Sound: the call fills the value that it is lent.
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
