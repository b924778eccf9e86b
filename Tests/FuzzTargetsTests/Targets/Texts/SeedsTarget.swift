import TestSupport

@testable import ByteViews
@testable import ValueAuthentication

/// Files of data keys and seeds.
enum SeedsTarget: FuzzTarget {
  static let name = "seeds"
  static let summary = "files of data keys and seeds: wiped, faults inside the file, found by what they are named"
  static let words = FuzzSeeds.words(
    "kek-1", " = ", "=", "\n", "# ", "a2Vr", "6b656b", String(repeating: "9f", count: 32))

  static func seeds() -> [[UInt8]] {
    let hex = String(repeating: "9f2d", count: 16)
    return [
      "# a seed\nkek-1 = \(hex)\n\nvault:v1:8SDd3WHDOjf= = \(hex)\n",
      "6b656b2d31=\(hex)\r\na2VrLTE= = \(hex)\nkek-1=\(hex)",
      " x\t=\t\(hex.prefix(32))\n",
    ].map { Array($0.utf8) }
  }

  static func complaints(about bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var text = bytes
    do throws(DEKSeedsError) {
      let seeds = try DEKSeeds(wiping: &text)
      let entries = lines.filter { line in
        line.contains { ![0x20, 0x09, 0x0D].contains($0) } && line.first { ![0x20, 0x09, 0x0D].contains($0) } != 0x23
      }
      complaints.expect(seeds.count, equals: entries.count, "secrets")
      for entry in entries {
        guard let sign = entry.lastIndex(of: 0x3D) else {
          complaints.expect(false, "a line without = is an entry")
          continue
        }
        var name = entry[..<sign]
        while let byte = name.first, [0x20, 0x09, 0x0D].contains(byte) { name.removeFirst() }
        while let byte = name.last, [0x20, 0x09, 0x0D].contains(byte) { name.removeLast() }
        var next = seeds.first(named: Array(name).rawSpan)
        complaints.expect(next != nil, "an entry is not found by its name")
        var count = 0
        while let entry = next {
          _ = seeds.key(entry)
          next = seeds.next(after: entry)
          count += 1
          guard count <= 3 * entries.count else { return ["the entries of a name have no end"] }
        }
      }
    } catch {
      complaints.expect(1...lines.count ~= error.line, "line \(error.line) of \(lines.count)")
      _ = "\(error)"
    }
    complaints.expect(text.allSatisfy { $0 == 0 }, "the text was not wiped")
    return complaints.list
  }
}
