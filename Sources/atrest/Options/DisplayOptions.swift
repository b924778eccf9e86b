import ArgumentParser

/// What a call writes beside the report's content.
struct DisplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Output format.", valueName: "format"))
  var format = OutputFormat.text

  @Flag(name: [.short, .long], help: "Text: print only the first line about each snapshot.")
  var quiet = false

  @OptionGroup var color: ColorOption

  @Option(
    help: ArgumentHelp(
      "Show progress on standard error; auto: on a terminal, unless --quiet.", valueName: "when"))
  var progress = ProgressChoice.auto

  @Flag(help: "At the end, print on standard error what the run cost, by stage.")
  var stats = false
}
