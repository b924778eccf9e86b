/// What one line of block-style YAML begins, the lines of a long scalar counted with it.
enum YAMLLine: Hashable {
  /// `key: value`. The value is nil when it is empty, nested, `{}` or `[]`.
  case member(indent: Int, key: YAMLScalar, value: YAMLScalar?)
  /// `- …`
  case item(indent: Int)
}
