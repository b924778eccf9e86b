/// One step through CBOR.
enum CBORToken: Hashable {
  case mapStart
  case mapEnd
  case arrayStart
  case arrayEnd
  /// The key whose value comes next.
  case key(CBORString)
  case string(CBORString)
  case null
  /// An integer, a float or another simple value.
  case other
}
