# Findings as OCSF events of class Compliance Finding (2003), one a line, for a SIEM or a security lake.
#
#   atrest verify --format json backup.db | jq --compact-output --arg cluster prod -f ocsf.jq
#
# Warning is the status of a check that could not be made: the file, or a part of it, could not be read. A snapshot that
# passes makes one event with status Pass, so that its absence can be noticed.
def milliseconds: (sub("\\.[0-9]+"; "") | fromdateiso8601) * 1000;
def level: {info: [1, "Informational"], low: [2, "Low"], medium: [3, "Medium"], high: [4, "High"],
  critical: [5, "Critical"]}[.];

. as $report
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
    | event("info"; "Pass")
      + {
          message: "every value in scope is encrypted",
          finding_info: {
            uid: "\($cluster):pass", title: "encrypted at rest", desc: "every value in scope is encrypted",
            types: ["Encryption at rest"], created_time: ($start | milliseconds)
          },
          resources: [{type: "etcd snapshot", name: $snapshot.path, uid: $uid}]
        })
