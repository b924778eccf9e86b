"""The job on a real cluster, with a worker that dies, against a plain loop; and what may go wrong, in one session."""

import concurrent.futures
import csv
import datetime
import functools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

import fleets
from cluster import QUICK, Cluster

sys.path.insert(0, str(fleets.HERE.parent))
import ask
import chart
import fleet
import snapshots

ATREST = os.environ["ATREST"]
COUNT = int(os.environ.get("FLEET_COUNT", "200"))
# What differs from run to run.
VOLATILE = {"run", "verified_at", "seconds"}
UNREAD = {"object-missing", "object-forbidden", "object-changed"}


def write_list(path, rows):
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(snapshots.SNAPSHOT)
        table.writerows([cluster, uri, etag, taken_at.isoformat()] for cluster, uri, etag, taken_at in rows)
    return path


def sequential(listing):
    """The rows of a plain loop, without Spark."""
    program, policy = snapshots.program_version(ATREST, []), snapshots.policy_digest([])
    for row in sorted(set(listing)):
        yield from snapshots.rows(ATREST, [], dict(zip(snapshots.SNAPSHOT, row)), "", program, policy)


def canonical(name, rows):
    columns = [column for column in snapshots.ROW | snapshots.TABLES[name] if column not in VOLATILE]

    def plain(value):
        if isinstance(value, datetime.datetime):
            value = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
            return value.astimezone(datetime.timezone.utc).isoformat()
        return value

    return sorted(repr([plain(row.get(column)) for column in columns]) for row in rows)


def stored(tables, name):
    """The rows of a table or view, as DuckDB reads them."""
    result = ask.duckdb_views(tables).sql(f"SELECT * FROM {name}")
    return [dict(zip(result.columns, row)) for row in result.fetchall()]


class Fleet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        client = cls.enterClassContext(fleets.s3())
        cls.listing = []
        extra = [
            ("etcd/x/forbidden.db", "prod", fleets.FIRST, fleets.snapshot(0)),
            ("etcd/x/empty.db", "stopped", fleets.FIRST, b""),
        ]
        for key, cluster, taken_at, content in [*fleets.fleet(COUNT), *extra]:
            etag = client.put_object(Bucket="fleet", Key=key, Body=content)["ETag"].strip('"')
            cls.listing.append((cluster, f"s3://fleet/{key}", etag, taken_at))
        first = cls.listing[0]
        cls.listing.append((first[0], first[1], "0" * 32, first[3]))  # It changed since it was listed.
        cls.listing.append(("prod", "s3://fleet/etcd/x/gone.db", "1" * 32, fleets.FIRST))
        cls.list_file = write_list(cls.folder / "list.csv", cls.listing + cls.listing[:5])
        began = time.monotonic()
        cls.expected = list(sequential(cls.listing))
        print(f"fleet-test: {len(cls.listing)} snapshots in a plain loop: {time.monotonic() - began:.0f} s", flush=True)
        cls.tables, cls.log = str(cls.folder / "tables"), cls.folder / "job.log"
        cls.run_with_a_worker_killed()

    @classmethod
    def run_with_a_worker_killed(cls):
        (cls.folder / "cluster").mkdir()
        cluster = Cluster(cls.folder / "cluster")
        cls.addClassCleanup(cluster.close)
        began = time.monotonic()
        job = cluster.submit(cls.list_file, cls.tables, log=cls.log)
        try:
            done = lambda: len(list(pathlib.Path(cls.tables).glob("_staging/*/rows/_temporary/*/task_*")))
            while job.poll() is None and done() < COUNT // 5:
                time.sleep(0.05)
            cls.done_when_killed = done()
            cluster.kill(cluster.workers[1])
            cls.status = job.wait()
        finally:
            cluster.kill(job)
            cluster.close()
        print(f"fleet-test: on two workers, one of them killed: {time.monotonic() - began:.0f} s", flush=True)

    @functools.cached_property
    def spark(self):
        """A session in this process, the same for all tests."""
        from pyspark.sql import SparkSession

        return (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.extraJavaOptions", QUICK)
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.log.level", "OFF")
            .getOrCreate()
        )

    def verify(self, listing, tables, *options, atrest=ATREST, batch_size=500):
        path = write_list(self.folder / "some.csv", listing)
        return fleet.fleet(self.spark, str(path), str(tables), atrest, list(options), batch_size)

    def expect(self, tables, expected, prefix=""):
        for name in snapshots.TABLES:
            rows = [row for table, row in expected if table == name]
            self.assertEqual(canonical(name, stored(tables, prefix + name)), canonical(name, rows), name)

    def test_with_a_worker_killed_nothing_is_lost_and_nothing_is_there_twice(self):
        log = self.log.read_text(errors="replace")
        self.assertEqual(self.status, 0, log[-3000:])
        self.assertTrue(COUNT // 5 <= self.done_when_killed < COUNT, self.done_when_killed)
        self.assertIn("Lost executor", log)
        self.expect(self.tables, self.expected)
        self.expect(self.tables, self.expected, prefix="current_")
        self.assertFalse(list(pathlib.Path(self.tables, "_staging").iterdir()))

    def test_the_loop_agrees_with_a_call_for_each_file(self):
        verdicts = [row for name, row in self.expected if name == "verdicts"]
        by_uri = {}
        for row in verdicts:
            by_uri.setdefault((row["uri"], row["etag"]), []).append(row)
        listed = {uri: etag for _, uri, etag, _ in reversed(self.listing)}
        for key, _, _, content in fleets.fleet(40):
            path = self.folder / "one.db"
            path.write_bytes(content)
            call = subprocess.run([ATREST, "verify", "--format", "ndjson", path], capture_output=True, text=True)
            rows = by_uri[f"s3://fleet/{key}", listed[f"s3://fleet/{key}"]]
            self.assertEqual({row["status"] for row in rows}, {call.returncode}, key)
            self.assertEqual(sum(row["findings_listed"] for row in rows), call.stdout.count('"type":"finding"'), key)
            self.assertEqual(len(rows), call.stdout.count('"type":"snapshot"'), key)

    def test_what_could_not_be_read_is_an_error_and_tells_why(self):
        unread = [row for row in stored(self.tables, "verdicts") if row["status"] is None]
        self.assertEqual({row["error"] for row in unread}, UNREAD)
        self.assertEqual(len(unread), 3)
        self.assertEqual({row["verdict"] for row in unread}, {"error"})
        (empty,) = [row for row in stored(self.tables, "verdicts") if row["error"] == "empty-file"]
        self.assertEqual((empty["verdict"], empty["status"]), ("error", 3))

    def test_names_of_clusters_come_back_as_they_were(self):
        self.assertEqual({row["cluster"] for row in stored(self.tables, "verdicts")}, {row[0] for row in self.listing})
        ask.spark_views(self.spark, self.tables)
        spark = {row[0] for row in self.spark.sql("SELECT DISTINCT cluster FROM findings").collect()}
        self.assertEqual(spark, {row["cluster"] for row in stored(self.tables, "findings")})

    def test_the_questions_have_the_same_answers_in_Spark_and_DuckDB(self):
        ask.spark_views(self.spark, self.tables)
        connection = ask.duckdb_views(self.tables)
        questions = ask.questions()
        self.assertEqual(len(questions), 10)
        plain = lambda value: value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value
        for name, question in questions.items():
            with self.subTest(name):
                answer = connection.sql(question)
                other = self.spark.sql(question)
                self.assertEqual(answer.columns, other.columns)
                rows = [tuple(map(plain, row)) for row in answer.fetchall()]
                self.assertEqual(rows, [tuple(map(plain, row)) for row in other.collect()])
                self.assertTrue(rows)
        days = connection.sql(questions["05-trend-by-day"]).fetchall()
        self.assertEqual(sum(day[1] for day in days), len([1 for name, _ in self.expected if name == "verdicts"]))
        self.assertEqual(chart.chart(days).count("<title>"), len(days) + 1)

    def test_done_before_is_done_and_what_could_not_be_read_is_tried_again(self):
        tables = self.folder / "again"
        shutil.copytree(self.tables, tables)
        self.assertEqual(self.verify(self.listing, tables), 3)
        self.expect(tables, self.expected, prefix="current_")
        some = self.listing[:2]
        self.assertEqual(self.verify(some, tables, "--fail-on", "low"), 2)
        self.assertEqual(self.verify(some, tables, "--fail-on", "low"), 0)
        self.assertEqual(self.verify(some, tables, "--policy", str(fleets.SAMPLES / "policy.yaml")), 2)

    def test_a_driver_that_dies_between_two_tables_leaves_nothing_that_counts(self):
        append, tables, some = fleet.append, self.folder / "dies", self.listing[:6]

        def dies(spark, staging, tables, name):
            if name == "verdicts":
                raise KeyboardInterrupt
            append(spark, staging, tables, name)

        with mock.patch.object(fleet, "append", dies), self.assertRaises(KeyboardInterrupt):
            self.verify(some, tables)
        self.assertTrue(stored(tables, "findings"))
        self.assertEqual([stored(tables, f"current_{name}") for name in snapshots.TABLES], [[], [], []])
        self.assertEqual(self.verify(some, tables, batch_size=4), 6)
        self.expect(tables, list(sequential(some)), prefix="current_")
        self.assertEqual(len({row["run"] for row in stored(tables, "current_verdicts")}), 2)

    def test_two_runs_at_once_count_once(self):
        tables, some = self.folder / "twice", self.listing[:3]
        path = write_list(self.folder / "twice.csv", some)
        run = lambda _: fleet.fleet(self.spark, str(path), str(tables), ATREST, [], 500)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            self.assertEqual(list(pool.map(run, range(2))), [3, 3])
        self.assertEqual(len({(row["run"], row["uri"]) for row in stored(tables, "verdicts")}), 6)
        self.expect(tables, list(sequential(some)), prefix="current_")
        self.assertFalse(list(pathlib.Path(tables).rglob("_temporary")))

    def stand_in(self, name, text):
        program = self.folder / name
        program.write_text(f"#!{sys.executable}\n{text}")
        program.chmod(0o755)
        return str(program)

    def test_a_wrong_call_and_a_signal_fail_the_job(self):
        with self.assertRaisesRegex(snapshots.Refused, "status 2"):
            self.verify(self.listing[:1], self.folder / "wrong", "--no-such-option")
        killed = self.stand_in(
            "killed",
            f"import os, sys\nif sys.stdin.buffer.read(1): os.kill(os.getpid(), 9)\nos.execv({ATREST!r}, sys.argv)\n",
        )
        with self.assertRaisesRegex(Exception, "atrest ended with status -9"):
            self.verify(self.listing[:1], self.folder / "wrong", atrest=killed)
        self.assertEqual(stored(self.folder / "wrong", "verdicts"), [])

    def test_a_hundred_thousand_findings_go_through_in_little_memory(self):
        many = self.stand_in(
            "many",
            f"""import json, os, subprocess, sys
if not sys.stdin.buffer.read(1): os.execv({ATREST!r}, sys.argv)
while sys.stdin.buffer.read(1 << 20): pass
lines = subprocess.run([{ATREST!r}, *sys.argv[1:-1], {str(fleets.SAMPLES / "01-identity-plain/snapshot.db")!r}],
                       capture_output=True, text=True).stdout.splitlines()
finding = next(line for line in lines if '"type":"finding"' in line)
print(lines[0], lines[1], sep="\\n")
for number in range(100000): print(finding.replace('"name":"', '"name":"%06d-' % number, 1))
print(lines[-1])
sys.exit(1)
""",
        )
        peak = """import sys
sys.path.insert(0, sys.argv[1])
import snapshots
program, *object = sys.argv[2:5]
one = dict(zip(snapshots.SNAPSHOT, ("c", *object, None)))
print(sum(1 for _ in snapshots.rows(program, [], one, "", snapshots.program_version(program, []), "")))
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
        source = fleets.SAMPLES / "01-identity-plain/snapshot.db"
        etag = snapshots.file_etag(source.stat())
        call = [sys.executable, "-c", peak, fleets.HERE.parent, many, source, etag]
        rows, kilobytes = map(int, subprocess.run(call, capture_output=True, text=True, check=True).stdout.split())
        self.assertGreater(rows, 100_000)
        self.assertLess(kilobytes, 64 << 10)
        self.assertEqual(
            self.verify([("c", str(source), etag, fleets.FIRST)], self.folder / "many-tables", atrest=many), 1
        )
        found = ask.duckdb_views(self.folder / "many-tables").sql(
            "SELECT count(DISTINCT name), count(*) FROM current_findings"
        )
        self.assertEqual(found.fetchall(), [(100_000, 100_000)])

    def test_a_list_with_a_hole_is_refused(self):
        for hole in range(4):
            row = ["c", "s3://fleet/a", "e", fleets.FIRST.isoformat()]
            row[hole] = ""
            path = self.folder / "hole.csv"
            path.write_text(",".join(snapshots.SNAPSHOT) + "\n" + ",".join(row) + "\n")
            with self.assertRaisesRegex(SystemExit, "are needed in each row"):
                fleet.fleet(self.spark, str(path), str(self.folder / "hole"), ATREST, [], 500)

    def test_a_list_may_be_parquet(self):
        path = str(self.folder / "list.parquet")
        rows = fleet.listing(self.spark, str(self.list_file))
        rows.write.parquet(path)
        self.assertEqual(sorted(fleet.listing(self.spark, path).collect()), sorted(rows.collect()))
        self.assertEqual(rows.count(), len(self.listing))

    def test_no_value_is_in_the_tables_or_the_log(self):
        texts = [self.log.read_text(errors="replace"), *(repr(stored(self.tables, name)) for name in snapshots.TABLES)]
        self.assertIn("canary", repr(fleets.sources()).lower())
        for text in texts:
            self.assertNotIn("CANARY", text)


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
