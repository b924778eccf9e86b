extension RandomAccessCollection where Index == Int {
  /// The index of the first element for which `belongsBehind` is true, where it is so for all that follow; the end where it
  /// is true for none. O(log n).
  func partitionIndex(where belongsBehind: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
