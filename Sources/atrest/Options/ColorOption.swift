import ArgumentParser

/// The option that decides about color in text.
struct ColorOption: ParsableArguments {
  @Option(help: ArgumentHelp("Color in text; NO_COLOR is honored.", valueName: "when"))
  var color = ColorChoice.auto

  /// Whether text is colored on this standard output.
  var isOn: Bool { color.isOn }
}
