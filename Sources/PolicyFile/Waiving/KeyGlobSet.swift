/// Many globs, held against a key at once.
///
/// Globs that begin alike share what they begin with: they are the branches of a tree, and a key is followed through it byte
/// by byte, at all places at once that it may have come to. What a key costs depends on how many places fit it so far, not
/// on how many globs there are; it never goes back.
struct KeyGlobSet: Sendable {
  /// A place in the tree: what a key fits that has come so far.
  fileprivate struct Node: Sendable {
    /// Where the key is with each of these bytes, in their order.
    var bytes: [(byte: UInt8, node: Int)] = []
    /// Where it is with any byte but `/`.
    var one: Int?
    /// The place, reached without a byte, behind which any bytes but `/` may come.
    var segment: Int?
    /// The same for any bytes.
    var any: Int?
    /// What may come here any number of times, and leaves the key where it is.
    var repeats = Repetition.never
    /// The numbers of the globs that end here, in their order.
    var numbers: [Int] = []
  }

  fileprivate enum Repetition: Sendable {
    case never
    case withinSegment
    case always
  }

  private var trees: [[UInt8]: Int] = [:]
  /// The lengths of what globs begin with.
  private var lengths: Set<Int> = []
  private var nodes: [Node] = []

  /// Adds a glob. O(length of the glob), but for the search among the bytes that may come next.
  mutating func insert(_ glob: KeyGlob, number: Int) {
    var place = trees[glob.head] ?? addNode(.never)
    trees[glob.head] = place
    lengths.insert(glob.head.count)
    for token in glob.rest { place = self.place(behind: token, of: place) }
    nodes[place].numbers.append(number)
  }

  private mutating func addNode(_ repeats: Repetition) -> Int {
    nodes.append(Node(repeats: repeats))
    return nodes.count - 1
  }

  private mutating func place(behind token: KeyGlob.Token, of place: Int) -> Int {
    switch token {
    case .byte(let byte):
      let index = nodes[place].index(of: byte)
      if let known = nodes[place].next(byte, index) { return known }
      let new = addNode(.never)
      nodes[place].bytes.insert((byte, new), at: index)
      return new
    case .one:
      if let known = nodes[place].one { return known }
      let new = addNode(.never)
      nodes[place].one = new
      return new
    case .segment:
      if let known = nodes[place].segment { return known }
      let new = addNode(.withinSegment)
      nodes[place].segment = new
      return new
    case .any:
      if let known = nodes[place].any { return known }
      let new = addNode(.always)
      nodes[place].any = new
      return new
    }
  }

  /// Hands the number of each glob that `key` fits to `body`, in no order; a number may come twice.
  ///
  /// - Returns: the steps that were taken: the looks at a place with one byte, and at what globs begin with.
  @discardableResult
  func forEachMatch(_ key: [UInt8], _ body: (Int) -> Void) -> Int {
    var steps = 0
    for length in lengths where length <= key.count {
      steps += 1
      guard let root = trees[Array(key[..<length])] else { continue }
      var places = [root]
      addOpenPlaces(to: &places, from: 0)
      for byte in key[length...] {
        steps += places.count
        places = self.places(from: places, with: byte)
        if places.isEmpty { break }
      }
      for place in places { nodes[place].numbers.forEach(body) }
    }
    return steps
  }

  /// The places that the key may come to with `byte`, none of them twice.
  ///
  /// A place is reached from one other only, so it can come twice only where it is also one that the key may stay at: those
  /// are left out where their own turn comes.
  private func places(from places: [Int], with byte: UInt8) -> [Int] {
    var next: [Int] = []
    next.reserveCapacity(places.count + 4)
    // Those at which the key stays come first: what is behind them in the tree finds them there.
    for place in places where nodes[place].stays(with: byte) { next.append(place) }
    let stayed = next.count
    for place in places {
      if let node = nodes[place].next(byte, nodes[place].index(of: byte)) { next.append(node) }
      if byte != UInt8(ascii: "/"), let node = nodes[place].one { next.append(node) }
    }
    addOpenPlaces(to: &next, from: stayed)
    return next
  }

  /// Adds to the places from `start` on those that are reached without a byte, and are not among the places before `start`.
  private func addOpenPlaces(to places: inout [Int], from start: Int) {
    // Of many, a set is searched.
    let many = start > 32 ? Set(places[..<start]) : nil
    let few = places[..<(many == nil ? start : 0)]
    func stayed(_ place: Int) -> Bool { many?.contains(place) ?? few.contains(place) }
    var position = start
    while position < places.count {
      let place = places[position]
      position += 1
      if let open = nodes[place].segment, !stayed(open) { places.append(open) }
      if let open = nodes[place].any, !stayed(open) { places.append(open) }
    }
  }
}

extension KeyGlobSet.Node {
  /// Where `byte` is, or would be, among the bytes. O(log n).
  fileprivate func index(of byte: UInt8) -> Int {
    var (low, high) = (0, bytes.count)
    while low < high {
      let middle = (low + high) / 2
      if bytes[middle].byte < byte { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The place with `byte`, which is at `index` if anywhere.
  fileprivate func next(_ byte: UInt8, _ index: Int) -> Int? {
    index < bytes.count && bytes[index].byte == byte ? bytes[index].node : nil
  }

  /// Whether the key stays at this place with `byte`.
  fileprivate func stays(with byte: UInt8) -> Bool {
    switch repeats {
    case .never: false
    case .withinSegment: byte != UInt8(ascii: "/")
    case .always: true
    }
  }
}
