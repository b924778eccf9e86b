import ArgumentParser

/// A shell that completes the words of a call.
enum ShellName: String, ExpressibleByArgument, CaseIterable {
  case bash
  case zsh
  case fish

  /// What ArgumentParser writes a script for.
  var kind: CompletionShell {
    switch self {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}
