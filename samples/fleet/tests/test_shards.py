"""What Kubernetes would run: every index of a Job against a bucket, and the manifests against the API's schema."""

import csv
import datetime
import glob
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import fleets
import kubernetes_validate
import yaml

FLEET = fleets.HERE.parent
ATREST = os.environ["ATREST"]
SHARDS = 4


def shard(index, place, results, *options, **environment):
    return subprocess.run(
        [sys.executable, FLEET / "shard.py", place, results, "--", *options],
        env={**os.environ, "JOB_COMPLETION_INDEX": str(index), "SHARDS": str(SHARDS), **environment},
        capture_output=True, text=True,
    )  # fmt: skip


def status_of(content, *options):
    """The status of a plain call on the same bytes, in a file."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return subprocess.run([ATREST, "verify", "--quiet", *options, file.name], capture_output=True).returncode


class Shards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = cls.enterClassContext(fleets.s3())

    def fill(self, prefix, contents):
        for name, content in contents.items():
            self.client.put_object(Bucket="fleet", Key=f"{prefix}/{name}", Body=content)

    def results(self, prefix):
        found = self.client.list_objects_v2(Bucket="fleet", Prefix=prefix + "/").get("Contents", [])
        return {
            entry["Key"]: self.client.get_object(Bucket="fleet", Key=entry["Key"])["Body"].read() for entry in found
        }

    def test_each_object_falls_to_exactly_one_index(self):
        contents = {key: content for key, _, _, content in fleets.fleet(40)}
        self.fill("all", contents)
        statuses = {f"s3://fleet/all/{key}": status_of(content) for key, content in contents.items()}
        told, found = [], {}
        for index in range(SHARDS):
            call = shard(index, "s3://fleet/all", "s3://fleet/results-all")
            lines = [line.split(": ", 1)[1].split(" ", 1) for line in call.stdout.splitlines()]
            self.assertGreater(len(lines), 3, call.stderr)
            self.assertEqual(call.returncode, max(statuses[uri] for _, uri in lines), call.stderr)
            told += [uri for _, uri in lines]
        self.assertEqual(sorted(told), sorted(statuses))
        results = self.results("results-all")
        self.assertEqual(len(results), len(contents))
        for text in results.values():
            rows = [json.loads(line) for line in text.splitlines()]
            verdicts = [row for row in rows if row["table"] == "verdicts"]
            self.assertEqual({row["status"] for row in verdicts}, {statuses[rows[0]["uri"]]})
            self.assertTrue(all(row["via"] == ("file" if row["status"] == 3 else "pipe") for row in verdicts))
            listed = [row for row in rows if row["table"] == "findings"]
            self.assertEqual(sum(row["findings_listed"] for row in verdicts), len(listed))
            found[rows[0]["uri"]] = verdicts
            self.assertNotIn(b"CANARY", text)
        self.assertEqual(set(found), set(statuses))

    def test_an_index_that_is_tried_again_writes_the_same_files(self):
        self.fill("again", {f"c/{number}": fleets.snapshot(number) for number in range(8)})
        before = None
        for _ in range(2):
            for index in range(SHARDS):
                shard(index, "s3://fleet/again", "s3://fleet/results-again")
            after = set(self.results("results-again"))
            self.assertIn(before, (None, after))
            before = after
        self.assertEqual(len(before), 8)

    def test_an_object_that_cannot_be_read_is_an_error_and_the_index_is_tried_again(self):
        large = fleets.tar(fleets.sources())
        self.fill(
            "unread", {"c/forbidden.db": fleets.snapshot(0), "c/replaced.tar": large, "c/sound.db": fleets.snapshot(0)}
        )
        codes = [shard(index, "s3://fleet/unread", "s3://fleet/results-unread").returncode for index in range(SHARDS)]
        self.assertIn(75, codes)
        rows = [json.loads(line) for text in self.results("results-unread").values() for line in text.splitlines()]
        errors = {
            row["uri"].split("/")[-1]: row["error"]
            for row in rows
            if row["table"] == "verdicts" and "status" not in row
        }
        self.assertEqual(errors, {"forbidden.db": "object-forbidden", "replaced.tar": "object-changed"})
        self.assertEqual({row["verdict"] for row in rows if row.get("error")}, {"error"})

    def test_a_wrong_call_ends_in_2_and_writes_nothing(self):
        self.fill("wrong", {"c/a.db": fleets.snapshot(0)})
        for options in (["--no-such-option"], ["--policy", "/no/such/policy"], ["--format", "text"]):
            call = shard(0, "s3://fleet/wrong", "s3://fleet/results-wrong", *options)
            self.assertEqual(call.returncode, 2, call.stderr)
        self.assertEqual(self.results("results-wrong"), {})

    def test_a_bucket_is_listed_as_the_job_wants_it(self):
        self.fill("list", {"prod/eu, 1.db": b"1", 'say "x"/2.db': b"2", "3.db": b"3"})
        call = [sys.executable, FLEET / "listing.py", "s3://fleet/list"]
        rows = list(
            csv.DictReader(io.StringIO(subprocess.run(call, capture_output=True, text=True, check=True).stdout))
        )
        self.assertEqual({row["cluster"] for row in rows}, {"prod", 'say "x"', "unnamed"})
        for row in rows:
            entry = self.client.head_object(Bucket="fleet", Key=row["uri"].removeprefix("s3://fleet/"))
            self.assertEqual(row["etag"], entry["ETag"].strip('"'))
            taken_at = datetime.datetime.fromisoformat(row["taken_at"])
            self.assertLess(abs(entry["LastModified"] - taken_at), datetime.timedelta(seconds=1))

    def test_no_bytes_are_an_error(self):
        self.fill("empty", {"c/empty.db": b""})
        codes = [shard(index, "s3://fleet/empty", "s3://fleet/results-empty").returncode for index in range(SHARDS)]
        self.assertEqual(sorted(codes), [0] * (SHARDS - 1) + [3])

    def test_a_signal_is_no_verdict(self):
        self.fill("signal", {"c/a.db": fleets.snapshot(0)})
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder, "atrest")
            # Answers what it is asked before anything is verified, and dies of the first snapshot.
            program.write_text(
                f'#!/bin/sh\n[ "$(head -c 1 | wc -c)" -eq 0 ] || kill -KILL $$\nexec {ATREST} "$@" </dev/null\n'
            )
            program.chmod(0o755)
            codes = [
                shard(i, "s3://fleet/signal", "s3://fleet/results-signal", ATREST=str(program)).returncode
                for i in range(SHARDS)
            ]
        self.assertEqual(sorted(codes), [0] * (SHARDS - 1) + [2])

    def test_options_and_keys_are_passed_on(self):
        folder = fleets.SAMPLES / "03-aescbc-mixed"
        self.fill("keys", {"c/a.db": (folder / "snapshot.db").read_bytes()})
        keys = [
            "--encryption-config",
            str(folder / "encryption-config.yaml"),
            "--authenticate",
            "--redact",
            "--max-findings",
            "5",
        ]
        codes = [shard(i, "s3://fleet/keys", "s3://fleet/results-keys", *keys).returncode for i in range(SHARDS)]
        self.assertEqual(sorted(codes), [0] * (SHARDS - 1) + [1])
        (text,) = self.results("results-keys").values()
        rows = [json.loads(line) for line in text.splitlines()]
        names = {row["name"] for row in rows if row["table"] == "findings" and row["name"]}
        self.assertTrue(names and all(name.startswith("r:") for name in names))
        self.assertEqual(rows[-1]["findings_listed"], 5)
        self.assertGreater(rows[-1]["findings"], 5)
        for line in (folder / "encryption-config.yaml").read_text().splitlines():
            if "secret:" in line:
                self.assertNotIn(line.split("secret:")[1].strip().encode(), text)


class Manifests(unittest.TestCase):
    def documents(self):
        for path in sorted(glob.glob(str(FLEET / "kubernetes/*.yaml"))):
            yield from ((path, document) for document in yaml.safe_load_all(pathlib.Path(path).read_text()))

    def test_the_schema_of_the_API_accepts_them(self):
        kinds = []
        for _, document in self.documents():
            for version in ("1.33", "1.37"):
                kubernetes_validate.validate(document, version, strict=True)
            kinds.append(document["kind"])
        self.assertEqual(sorted(kinds), ["CronJob", "Job", "Namespace", "NetworkPolicy"])

    def test_the_validator_would_refuse(self):
        job = next(document for _, document in self.documents() if document["kind"] == "Job")
        job["spec"]["backoffLimitPerIndexes"] = job["spec"].pop("backoffLimitPerIndex")
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(job, "1.33", strict=True)


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
