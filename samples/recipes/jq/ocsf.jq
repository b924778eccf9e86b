# Findings as OCSF events of class Compliance Finding (2003), one a line, for a SIEM or a security lake.
#
#   atrest verify --format json backup.db | jq --compact-output --arg cluster prod -f ocsf.jq
#
# Warning is the status of a check that could not be made: the file, or a part of it, could not be read. A snapshot that
# passes makes one event with status Pass, so that its absence can be noticed; with status Warning where it passes although
# not every value is encrypted. Its message has the counts.
def milliseconds: (sub("\\.[0-9]+"; "") | fromdateiso8601) * 1000;
def level: {info: [1, "Informational"], low: [2, "Low"], medium: [3, "Medium"], high: [4, "High"],
  critical: [5, "Critical"]}[.];

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

fromReport | . as $report
| ($ARGS.named.cluster // "cluster") as $cluster
| .startedAt as $start
| .snapshots[] | . as $snapshot
| (.file.sha256.computed // .path) as $uid
| def event($severity; $status):
    ($severity | level) as [$number, $caption]
    | {
        class_uid: 2003, class_name: "Compliance Finding",
        category_uid: 2, category_name: "Findings",
        activity_id: 1, activity_name: "Create",
        type_uid: 200301, type_name: "Compliance Finding: Create",
        severity_id: $number, severity: $caption,
        status_id: 1, status: "New",
        time: ($start | milliseconds),
        metadata: {
          version: "1.3.0",
          product: {name: "atrest", vendor_name: "atrest", version: $report.tool.version}
        },
        compliance: {
          standards: ["NIST SP 800-53 Rev. 5", "CIS Kubernetes Benchmark"],
          control: "SC-28(1)",
          requirements: ["Secrets are encrypted at rest"],
          status_id: {Pass: 1, Warning: 2, Fail: 3}[$status],
          status: $status
        }
      };
  ((.findings[], .waived[]?)
    | event(.severity; "Fail")
      + {
          message: .message,
          finding_info: {
            uid: ([$cluster, .rule, .layer, .key] | map(. // "-") | join(":")),
            title: .rule, desc: .message, types: ["Encryption at rest"], created_time: ($start | milliseconds)
          },
          resources: [
            {type: (.resource // "etcd snapshot"), name: (.name // $snapshot.path), uid: (.key // $uid)}
            + (if .namespace then {namespace: .namespace} else {} end)]
        }
      + (if .waived then {status_id: 3, status: "Suppressed", comment: (.waived.reason // "waived")} else {} end)),
  (.errors[]
    | event("critical"; "Warning")
      + {
          message: .message,
          finding_info: {
            uid: "\($cluster):\(.code)", title: .code, desc: .message, types: ["Encryption at rest"],
            created_time: ($start | milliseconds)
          },
          resources: [{type: "etcd snapshot", name: $snapshot.path, uid: $uid}]
        }),
  (select(.verdict == "pass")
    | proof($report.policy) as $proof
    | event("info"; if $proof.encrypted then "Pass" else "Warning" end)
      + {
          message: $proof.text,
          finding_info: {
            uid: "\($cluster):pass", title: "encryption at rest", desc: $proof.text,
            types: ["Encryption at rest"], created_time: ($start | milliseconds)
          },
          resources: [{type: "etcd snapshot", name: $snapshot.path, uid: $uid}]
        })
