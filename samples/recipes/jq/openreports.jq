# A report as a ClusterReport of OpenReports (openreports.io/v1alpha1), for `kubectl apply -f -`.
#
#   atrest verify --format json backup.db | jq --arg cluster prod -f openreports.jq
#
# The first 500 findings are listed, as an object of Kubernetes has at most 1.5 MiB; the summary counts all in the report.
def kind: {secrets: "Secret", configmaps: "ConfigMap", serviceaccounts: "ServiceAccount"}[.];
def seconds: sub("\\.[0-9]+"; "") | fromdateiso8601;

def outcome:
  if .waived then "skip"
  elif .severity == "low" or .severity == "medium" then "warn"
  else "fail" end;

def result($time; $path):
  {
    source: "atrest",
    policy: "secrets-encrypted-at-rest",
    rule: .rule,
    category: "Encryption at rest",
    severity: .severity,
    timestamp: {seconds: $time, nanos: 0},
    result: outcome,
    scored: true,
    message: .message
  }
  + (if .name then {resources: [
      {name: .name}
      + (if .resource | kind then {apiVersion: "v1", kind: (.resource | kind)} else {} end)
      + (if .namespace then {namespace: .namespace} else {} end)]}
    else {} end)
  + {properties: (
      {snapshot: $path}
      + (if .layer then {layer: .layer} else {} end)
      + (if .resource then {resource: .resource} else {} end)
      + (if .waived.reason then {waived: .waived.reason} else {} end))};

(.startedAt | seconds) as $time
| [.snapshots[] | .path as $path
    | ((.findings[], .waived[]?) | result($time; $path)),
      (.errors[] | {
        source: "atrest", policy: "secrets-encrypted-at-rest", rule: .code, category: "Encryption at rest",
        severity: "critical", timestamp: {seconds: $time, nanos: 0}, result: "error", scored: true,
        message: .message, properties: {snapshot: $path}}),
      (select(.verdict == "pass") | {
        source: "atrest", policy: "secrets-encrypted-at-rest", category: "Encryption at rest", severity: "info",
        timestamp: {seconds: $time, nanos: 0}, result: "pass", scored: true,
        message: "every value in scope is encrypted", properties: {snapshot: $path}})] as $results
| (reduce $results[] as $one ({pass: 0, fail: 0, warn: 0, error: 0, skip: 0}; .[$one.result] += 1)) as $listed
| {
    apiVersion: "openreports.io/v1alpha1",
    kind: "ClusterReport",
    metadata: {
      name: ("atrest-" + ($ARGS.named.cluster // "cluster")),
      labels: {"app.kubernetes.io/managed-by": "atrest"}
    },
    source: "atrest",
    configuration: {limits: {maxResults: 500}},
    summary: $listed,
    results: ($results | sort_by({error: 0, fail: 1, warn: 2, skip: 3, pass: 4}[.result]) | .[:500])
  }
