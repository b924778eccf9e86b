import Foundation

/// Paints every byte of a bbolt file with what it is part of, by the description of the format alone: what a ledger of the
/// file must say, found in the most direct way there is.
///
/// Paints each byte once: painting one again is a mistake, which ``mistakes`` tells, and so is a byte that is left.
public struct BytePainter {
  /// What a byte is part of, with the bucket behind a slash where one is told.
  public typealias Color = String

  /// Where API servers keep Secrets by default: those of Kubernetes, OpenShift and kcp.
  public static let secrets = ["/registry", "/kubernetes.io", "/registry/core"]
    .map { secrets(below: Array($0.utf8)) }

  /// The directory of Secrets below a prefix.
  public static func secrets(below prefix: [UInt8]) -> [UInt8] { prefix + Array("/secrets/".utf8) }

  let bytes: [UInt8]
  private let directories: [[UInt8]]
  /// By byte, one more than the number of its color; 0 where there is none.
  private var map: [UInt8]
  private var colors: [Color] = []
  private var counts: [Color: Int] = [:]
  /// What went wrong with the painting.
  public private(set) var mistakes: [String] = []
  let isBigEndian: Bool
  let pageSize: Int
  /// The first page that can't be used.
  let bound: Int
  private let highWater: Int
  private let root: Int
  private let freelist: UInt64
  private let usableMetas: [Bool]
  /// Pages that belong to a run that was taken, and those that were referred to.
  var owned: [Bool]
  var seen: [Bool]
  /// Pages that were referred to and are not what they must be.
  var refused: Set<Int> = []
  /// The rows of bucket `key`, whose values are painted when all are known.
  var rows: [PaintedRow] = []

  /// A painter of `bytes`, in which Secrets lie in these directories; nil where neither meta page can be used.
  public init?(_ bytes: [UInt8], secretsIn directories: [[UInt8]] = Self.secrets) {
    self.directories = directories
    let zero = PaintedMeta(bytes, at: 0)
    let sizes = zero.map { [$0.pageSize] } ?? (9...24).map { 1 << $0 }
    let one = sizes.lazy.compactMap { size in PaintedMeta(bytes, at: size).flatMap { $0.pageSize == size ? $0 : nil } }
      .first
    guard let meta = [zero, one].compactMap(\.self).max(by: { $0.txid < $1.txid }) else { return nil }
    self.bytes = bytes
    map = [UInt8](repeating: 0, count: bytes.count)
    isBigEndian = meta.isBigEndian
    pageSize = meta.pageSize
    highWater = Int(clamping: meta.highWater)
    bound = min(highWater, bytes.count / pageSize)
    root = Int(clamping: meta.root)
    freelist = meta.freelist
    usableMetas = [zero != nil, one != nil]
    owned = [Bool](repeating: false, count: bound)
    seen = owned
  }

  /// Paints the whole file.
  ///
  /// - Returns: how many bytes there are of each color.
  public mutating func paint() throws -> [Color: Int] {
    paintMetas()
    walk(pagesFrom: root, as: .root)
    paintFreelist()
    for page in 0..<bound where !owned[page] { paintFree(page) }
    try paintTail()
    paintValues()
    if let left = firstUnpainted(in: 0..<map.count) { mistakes.append("byte \(left) has no color") }
    return counts
  }

  // MARK: Painting

  /// Paints `range` with `color`.
  mutating func paint(_ range: Range<Int>, _ color: Color) {
    guard !range.isEmpty else { return }
    guard range.lowerBound >= 0, range.upperBound <= map.count else {
      return mistakes.append("\(range) is painted \(color), and lies outside")
    }
    guard isZero(map, range) else {
      let numbers = Set(map[range]).subtracting([0])
      return mistakes.append("\(range) is painted \(color), and \(numbers.map { colors[Int($0) - 1] }) before")
    }
    if !colors.contains(color) { colors.append(color) }
    let number = (colors.firstIndex(of: color) ?? 0) + 1
    map.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      _ = memset(base + range.lowerBound, CInt(number), range.count)
    }
    counts[color, default: 0] += range.count
  }

  /// Paints what of `range` has no color.
  mutating func fill(_ range: Range<Int>, _ color: Color) {
    var position = range.lowerBound
    while let start = firstUnpainted(in: position..<range.upperBound) {
      var end = start
      while end < range.upperBound, map[end] == 0 { end += 1 }
      paint(start..<end, color)
      position = end
    }
  }

  private func firstUnpainted(in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    return map.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      return memchr(base + range.lowerBound, 0, range.count).map { UnsafeRawPointer($0) - base }
    }
  }

  func isZero(_ range: Range<Int>) -> Bool { isZero(bytes, range) }

  /// Whether the first byte is zero, and each other one equal to that before it.
  private func isZero(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.isEmpty
      || bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress.map({ $0 + range.lowerBound }) else { return true }
        return bytes[range.lowerBound] == 0 && memcmp(base, base + 1, range.count - 1) == 0
      }
  }

  /// Paints the end of a page, behind its last element.
  mutating func paintEnd(_ range: Range<Int>, ofOverflow isOfOverflow: Bool) {
    paint(range, (isOfOverflow ? "overflow-end" : "page-end") + (isZero(range) ? "-zero" : ""))
  }

  // MARK: Parts

  private mutating func paintMetas() {
    for page in 0..<min(2, bound) {
      owned[page] = true
      let start = page * pageSize
      paint(start..<start + 80, usableMetas[page] ? "structure" : "damage")
      paintEnd(start + 80..<start + pageSize, ofOverflow: false)
    }
  }

  private mutating func paintFreelist() {
    guard freelist != .max, freelist >= 2, freelist < UInt64(bound) else { return }
    let page = Int(freelist)
    let start = page * pageSize
    let overflow = load(start + 12, 4)
    let run = page..<page + overflow + 1
    guard load(start, 8) == page, load(start + 8, 2) == 0x10, overflow < bound - page, !seen[page],
      run.allSatisfy({ !owned[$0] })
    else {
      refused.insert(page)
      return
    }
    for page in run { owned[page] = true }
    paint(start..<start + run.count * pageSize, "freelist-page")
  }

  private mutating func paintFree(_ page: Int) {
    let range = page * pageSize..<(page + 1) * pageSize
    paint(range, refused.contains(page) ? "damage" : isZero(range) ? "free-page-zero" : "free-page")
  }

  /// What lies behind the pages: a SHA-256 is known by being right, or by the file's length.
  private mutating func paintTail() throws {
    let tail = bound * pageSize..<bytes.count
    let (image, isTooLong) = highWater.multipliedReportingOverflow(by: pageSize)
    let isCut = isTooLong || image > bytes.count
    var places = isCut || bytes.count - image < 32 ? [] : [image]
    if bytes.count % 512 == 32 { places.append(bytes.count - 32) }
    let right = try places.first { try sha256sum(Array(bytes[..<$0])) == Array(bytes[$0..<$0 + 32]) }
    let wrong = bytes.count % 512 == 32 ? bytes.count - 32 : bytes.count % 512 == 0 ? nil : places.first
    let rest = !isCut && bytes.count > image && bytes.count - image < 32 ? image : nil
    let place = right ?? wrong ?? rest ?? bytes.count
    let end = min(place + 32, bytes.count)
    paint(tail.lowerBound..<place, isCut ? "damage" : "beyond-high-water-mark")
    paint(place..<end, "sha-256")
    paint(end..<tail.upperBound, "behind-sha-256")
  }

  /// A key's newest row is live, unless it deletes the key.
  private mutating func paintValues() {
    var newest: [[UInt8]: (Int64, Int64, Int)] = [:]
    for row in rows {
      let age = (row.main, row.sub, row.isTombstone ? 1 : 0)
      if newest[row.key].map({ $0 <= age }) ?? true { newest[row.key] = age }
    }
    for row in rows where !row.isTombstone && !row.isLost {
      let isLive = newest[row.key].map { $0 == (row.main, row.sub, 0) } ?? false
      paint(row.value, (isLive ? "live" : "history") + (row.lies(in: directories) ? "-in-scope" : "-out-of-scope"))
    }
  }

  // MARK: Integers

  /// The integer of `width` bytes at `offset`, in the order of the file; the greatest there is, where it is greater.
  func load(_ offset: Int, _ width: Int) -> Int {
    Int(clamping: BytePainter.load(bytes, offset, width, isBigEndian: isBigEndian))
  }

  static func load(_ bytes: [UInt8], _ offset: Int, _ width: Int, isBigEndian: Bool) -> UInt64 {
    let field = bytes[offset..<offset + width]
    return (isBigEndian ? Array(field) : field.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
