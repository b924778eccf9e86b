import ArgumentParser

/// The option that leaves the SHA-256 out.
struct HashOption: ParsableArguments {
  @Flag(help: "Do not check the SHA-256 at the end of a snapshot.")
  var noHash = false
}
