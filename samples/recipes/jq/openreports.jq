# A report as a ClusterReport of OpenReports (openreports.io/v1alpha1), for `kubectl apply -f -`.
#
#   atrest verify --format json backup.db | jq --arg cluster prod -f openreports.jq
#
# The first 500 findings are listed, as an object of Kubernetes has at most 1.5 MiB; the summary counts all in the report.
# A snapshot that passes has a result of its own: pass, or warn where it passes although not every value is encrypted.
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

# What the counts of a snapshot that passes say, under the policy of its report, and whether they say that every value is
# encrypted. A verdict of pass alone does not: findings may be waived, or lie below --fail-on.
def counted($one): if . == 1 then "1 \($one)" else "\(.) \($one)s" end;
def proof($policy):
  ([.resources[] | .live, .history | .total] | add // 0) as $values
  | ([.resources[] | .live, .history | .total - .encrypted] | add // 0) as $open
  | ([.resources[].residue // empty | .objects + .fragments] | add // 0) as $remnants
  | ([.findingCounts[]?] | add // 0) as $tolerated
  | ([.waivedCounts[]?] | add // 0) as $waived
  | (["live", "history", "residue"] - $policy.layers) as $unexamined
  | {
      encrypted: ($values > 0 and $open == 0 and $remnants == 0),
      text: ([
        (if $values == 0 then "no value in scope was found"
          elif $open == 0 and $remnants > 0 then "every value in scope that etcd keeps is encrypted"
          elif $open == 0 then "every value in scope is encrypted"
          else "of \($values | counted("value")) in scope, \($open) not encrypted" end),
        (if $remnants > 0 then "\($remnants | counted("object")) or parts of such in unused bytes" else empty end),
        (if $tolerated > 0 then "\($tolerated | counted("finding")) tolerated by --fail-on \($policy.failOn)"
          else empty end),
        (if $waived > 0 then "\($waived | counted("finding")) waived by the policy" else empty end),
        (if $unexamined != [] then "not examined: \($unexamined | join(", "))" else empty end)
      ] | join("; "))
    };

def fromReport:
  if type == "object" and .tool.name? == "atrest" and (.snapshots | type) == "array" then .
  else error("this is no report of 'atrest verify --format json'") end;

fromReport | .policy as $policy
| (.startedAt | seconds) as $time
| [.snapshots[] | .path as $path
    | ((.findings[], .waived[]?) | result($time; $path)),
      (.errors[] | {
        source: "atrest", policy: "secrets-encrypted-at-rest", rule: .code, category: "Encryption at rest",
        severity: "critical", timestamp: {seconds: $time, nanos: 0}, result: "error", scored: true,
        message: .message, properties: {snapshot: $path}}),
      (select(.verdict == "pass") | proof($policy) as $proof | {
        source: "atrest", policy: "secrets-encrypted-at-rest", category: "Encryption at rest", severity: "info",
        timestamp: {seconds: $time, nanos: 0},
        result: (if $proof.encrypted then "pass" else "warn" end), scored: true, message: $proof.text, properties: {snapshot: $path}})] as $results
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
