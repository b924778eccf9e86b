import ArgumentParser

/// The value of `inspect`'s `--format`.
enum InspectionFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}
