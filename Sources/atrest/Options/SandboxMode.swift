import ArgumentParser

/// The value of `--sandbox`.
enum SandboxMode: String, ExpressibleByArgument, CaseIterable {
  case auto
  case require
  case off
}
