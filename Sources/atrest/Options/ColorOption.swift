import ArgumentParser

/// The option that decides about color in text.
struct ColorOption: ParsableArguments {
  @Option(help: ArgumentHelp("Color in text; auto honors NO_COLOR and CLICOLOR_FORCE.", valueName: "when"))
  var color = ColorChoice.auto

  /// Whether text is colored on this standard output.
  var isOn: Bool { color.isOn }
}
