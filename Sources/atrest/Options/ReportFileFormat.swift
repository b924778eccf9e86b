import HTMLReporting
import Reporting

/// A format in which a report is written to a file.
enum ReportFileFormat: String, CaseIterable {
  case json
  case ndjson
  case csv
  case sarif
  case junit
  case prometheus
  case html
  case intoto

  /// What writes it.
  var format: any ReportFormat {
    switch self {
    case .json: JSONReport()
    case .ndjson: NDJSONReport()
    case .csv: CSVReport()
    case .sarif: SARIFReport()
    case .junit: JUnitReport()
    case .prometheus: PrometheusReport()
    case .html: HTMLReport()
    case .intoto: AttestationReport()
    }
  }

  /// Who may read the file: its owner alone, for reports name Secrets; metrics name none, and the node exporter's user reads
  /// them.
  var mode: UInt32 { self == .prometheus ? 0o644 : 0o600 }

  /// The names of all formats, as a sentence lists them.
  static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
