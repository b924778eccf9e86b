import ArgumentParser

/// The option that says what the process gives up before it parses.
struct SandboxOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Before parsing, give up all files but those of the call, networks and programs (Linux). auto: as far as the system \
      allows; require: or fail.
      """, valueName: "mode"))
  var sandbox = SandboxMode.auto
}
