import ArgumentParser

/// The value of `--format` where there is one document and no stream of lines.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}
