import ArgumentParser

/// What a command on a case writes.
struct CaseDisplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Output format.", valueName: "format"))
  var format = OutputFormat.text

  @Flag(name: [.short, .long], help: "Text: print only the first line.")
  var quiet = false

  @OptionGroup var color: ColorOption
}
