extension Collection {
  /// The collection; nil when it is empty. Reports leave out optional members that would say nothing.
  var unlessEmpty: Self? { isEmpty ? nil : self }
}
