import ArgumentParser

/// The value of `--format`.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case ndjson
}
