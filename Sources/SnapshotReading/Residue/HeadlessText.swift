import ByteViews
import KubernetesStorage

/// Text that goes on from the beginning of a page, since the page before, on which its value began, was written anew; as far
/// as it came.
///
/// bbolt writes a value that is longer than a page to pages one behind the other. When they are free, each is used again by
/// itself, so that of an old value any pages may be left: the last of them have its end, and that tells what it was.
struct HeadlessText {
  /// A piece of it.
  struct Piece {
    let page: UInt32
    /// Where in the page it begins.
    let offset: UInt32
  }

  /// Of each page that it lies on the first piece; that of the first page begins it.
  private(set) var pieces: [Piece] = []
  /// The last bytes that came.
  private var tail: [UInt8] = []
  /// How many more braces were closed than opened.
  private var closedBraces = 0

  /// Takes in the next bytes, which begin at `offset` of `page`.
  mutating func add(_ bytes: RawSpan, page: UInt32, offset: UInt32) {
    if pieces.last?.page != page { pieces.append(Piece(page: page, offset: offset)) }
    let reach = RawSpan.objectEndReach
    tail.append(bytes.extracting(droppingFirst: max(0, bytes.byteCount - reach)))
    if tail.count > reach { tail.removeFirst(tail.count - reach) }
    closedBraces += bytes.count(of: UInt8(ascii: "}")) - bytes.count(of: UInt8(ascii: "{"))
  }

  /// Whether the last bytes are the tag and the length of a value (etcd api/mvccpb/kv.pb.go, KeyValue: value 5), which
  /// hence begins behind them.
  var endsWhereValueBegins: Bool {
    guard let last = tail.last, last < 0x80 else { return false }
    let length = tail.dropLast().suffix(4).reversed().prefix { $0 >= 0x80 }.count + 1
    return tail.dropLast(length).last == 0x2A
  }

  /// Whether it is the end of an object that can't be a Secret of the core group.
  ///
  /// In JSON the braces tell that the object was begun before: otherwise the text could be a whole one of any kind.
  var belongsToAnotherObject: Bool {
    let end = tail.rawSpan
    return end.endLikeAnotherMessage || closedBraces > 0 && end.endLikeAnotherText
  }
}
