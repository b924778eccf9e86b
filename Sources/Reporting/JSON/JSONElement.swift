/// One of very many elements of a list, which writes itself.
protocol JSONElement {
  /// Writes the element to `json`, its members in alphabetical order.
  func write(to json: inout JSONBuffer)
}
