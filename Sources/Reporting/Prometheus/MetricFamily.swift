/// All samples of one metric: in the text format they stand together, below its help and its type.
struct MetricFamily: CustomStringConvertible {
  /// A sample's labels, in the order in which they are written.
  typealias Labels = KeyValuePairs<String, String>

  private let name: String
  private let help: String
  /// Labels as they are written, each once; a sample that comes again is added to the first.
  private var order: [String] = []
  private var values: [String: Double] = [:]

  /// A gauge without samples.
  ///
  /// - Parameter name: without `atrest_`; ends with the base unit, where there is one.
  init(_ name: String, _ help: String) {
    self.name = "atrest_" + name
    self.help = help
  }

  /// Adds a sample.
  mutating func add(_ labels: Labels, _ value: Double) {
    let text = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    if values[text] == nil { order.append(text) }
    values[text, default: 0] += value
  }

  /// Adds a sample that counts something.
  mutating func add(_ labels: Labels, _ count: some BinaryInteger) { add(labels, Double(count)) }

  /// Adds a sample that is true or false.
  mutating func add(_ labels: Labels, _ truth: Bool) { add(labels, truth ? 1 : 0) }

  /// The lines of the text format; none without samples.
  var description: String {
    guard !order.isEmpty else { return "" }
    let samples = order.map { labels in
      "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(values[labels] ?? 0))\n"
    }
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + samples.joined()
  }

  private static func number(_ value: Double) -> String { Int64(exactly: value).map(String.init) ?? "\(value)" }

  private static func escaped(_ text: String) -> String {
    PrintableText(text).description.boundedName.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
