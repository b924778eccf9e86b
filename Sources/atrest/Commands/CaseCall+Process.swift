import CaseStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension CaseCall {
  /// What this process does now, for the log of a case.
  static func ofThisProcess(_ act: String) -> CaseCall {
    CaseCall(
      time: Int64(Date().timeIntervalSince1970), user: userName, host: host, release: Atrest.version, act: act,
      arguments: Array(CommandLine.arguments.dropFirst()))
  }

  /// The name of the user; the number where there is none.
  static let userName: String = {
    let number = geteuid()
    // Sound: the system's entry is read before anything else asks for one.
    guard let entry = unsafe getpwuid(number), let name = unsafe entry.pointee.pw_name else { return "\(number)" }
    return unsafe String(cString: name)
  }()

  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    // Sound: the system writes at most as many bytes as there are; the last stays zero.
    let status = unsafe name.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe gethostname($0, buffer.count - 1) } ?? -1
    }
    guard status == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
