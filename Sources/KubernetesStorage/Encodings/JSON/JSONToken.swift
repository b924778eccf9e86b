/// One step through a JSON text.
enum JSONToken: Hashable {
  case objectStart
  case objectEnd
  case arrayStart
  case arrayEnd
  /// The name of the member whose value comes next.
  case key(JSONString)
  case string(JSONString)
  /// A number's range in the text.
  case number(Range<Int>)
  case boolean(Bool)
  case null
}
