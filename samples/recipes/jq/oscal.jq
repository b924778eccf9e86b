# A report as OSCAL assessment results (1.1.2): one result for each snapshot, an observation for each rule that found
# something, and a finding about NIST SP 800-53 SC-28 and SC-28(1).
#
#   atrest verify --format json backup.db | jq --arg plan assessment-plan.json -f oscal.jq
#
# An objective is satisfied where every value in scope is encrypted by the counts; not where a snapshot passes because a
# policy waives what was found, or --fail-on tolerates it. The remarks say what was tolerated and what was not examined.
#
# Names of objects are left out: an assessment counts them. The identifiers are made of the report's content, so that the
# same report gives the same document; they have the form of version 5 of UUIDs, and a plain hash, because jq has none.
def lane($factor): reduce explode[] as $c (7; (. * $factor + $c) % 4294967296);
def hex: [., 16, 8] | .[0] as $n | [range(7; -1; -1)] | map($n / pow(16; .) | floor % 16)
  | map("0123456789abcdef"[.:. + 1]) | join("");
def uuid:
  [lane(31), lane(131), lane(65599), lane(1000003)] | map(hex) | join("")
  | "\(.[:8])-\(.[8:12])-5\(.[13:16])-a\(.[17:20])-\(.[20:32])";

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

def state($policy):
  proof($policy) as $proof
  | if .verdict == "pass" and $proof.encrypted then {state: "satisfied", reason: "pass", remarks: $proof.text}
    elif .verdict == "pass" then {state: "not-satisfied", reason: "other", remarks: "tolerated: \($proof.text)"}
    elif .verdict == "fail" then {state: "not-satisfied", reason: "fail"}
    else {state: "not-satisfied", reason: "other", remarks: "the snapshot could not be verified"} end;

def fromReport:
  if type == "object" and .tool.name? == "atrest" and (.snapshots | type) == "array" then .
  else error("this is no report of 'atrest verify --format json'") end;

def plural($count): if $count == 1 then "1 \(.)" else "\($count) \(.)s" end;

fromReport | . as $report
| ([.startedAt] + [.snapshots[] | .path, .verdict, .file.sha256.computed] | map(tostring) | join("\n")) as $seed
| {
    "assessment-results": {
      uuid: ("document\n" + $seed | uuid),
      metadata: {
        title: "Encryption of Secrets at rest in etcd",
        "last-modified": .startedAt,
        version: .startedAt,
        "oscal-version": "1.1.2"
      },
      "import-ap": {href: ($ARGS.named.plan // "assessment-plan.json")},
      results: [
        .snapshots | to_entries[] | .key as $number | .value as $snapshot
        | "\($number)\n\($snapshot.path)\n\($seed)" as $seed
        | ($snapshot.findings | group_by(.rule) | map(. as $group | .[0] | {
            uuid: ("observation\n\(.rule)\n\($seed)" | uuid),
            title: .rule,
            description: ("\(.message) (\(.severity); "
              + ("finding" | plural($snapshot.findingCounts[$group[0].rule] // ($group | length))) + ")"),
            methods: ["TEST"],
            types: ["finding"],
            collected: $report.startedAt
          })) as $found
        | (($snapshot.waived // []) | group_by(.rule) | map(. as $group | .[0] | {
            uuid: ("waived\n\(.rule)\n\($seed)" | uuid),
            title: "\(.rule), waived",
            description: ("\(.message) (\(.severity); "
              + ("finding" | plural($snapshot.waivedCounts[$group[0].rule] // ($group | length)))
              + " waived: \([$group[].waived.reason // "no reason"] | unique | join("; ")))"),
            methods: ["TEST"],
            types: ["finding"],
            collected: $report.startedAt
          })) as $waived
        | ($snapshot.errors | to_entries | map({
            uuid: ("error\n\(.key)\n\($seed)" | uuid),
            title: .value.code,
            description: .value.message,
            methods: ["TEST"],
            types: ["finding"],
            collected: $report.startedAt
          })) as $failed
        | {
            uuid: ("observation\n\($seed)" | uuid),
            title: "verdict",
            description: "atrest \($report.tool.version) verified \($snapshot.path): \($snapshot.verdict)",
            methods: ["TEST"],
            types: ["control-objective"],
            collected: $report.startedAt,
            "relevant-evidence": [
              {description: ("the snapshot"
                + (if $snapshot.file.sha256.computed then ", SHA-256 \($snapshot.file.sha256.computed)" else "" end))}
            ]
          } as $verdict
        | {
            uuid: ("result\n\($seed)" | uuid),
            title: $snapshot.path,
            description: ("Values of \($report.policy.resources | join(", ")) in an etcd snapshot, layers "
              + ($report.policy.layers | join(", "))),
            start: $report.startedAt,
            end: $report.startedAt,
            "reviewed-controls": {
              "control-selections": [
                {"include-controls": [{"control-id": "sc-28"}, {"control-id": "sc-28.1"}]}]
            },
            observations: ([$verdict] + $found + $waived + $failed),
            findings: [
              ("sc-28", "sc-28.1") | . as $control
              | {
                  uuid: ("finding\n\($control)\n\($seed)" | uuid),
                  title: "Secrets are encrypted at rest (\($control))",
                  description: $verdict.description,
                  target: {
                    type: "objective-id",
                    "target-id": "\($control)_obj",
                    status: ($snapshot | state($report.policy))
                  },
                  "related-observations": [$verdict, $found[], $waived[], $failed[] | {"observation-uuid": .uuid}]
                }
            ]
          }
      ]
    }
  }
