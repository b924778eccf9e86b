"""Measures the job on two workers of one core each beside a plain shell loop, on local files. Prints a table.

python3 measure.py [COUNT…]
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import fleets
from cluster import Cluster
from test_spark import write_list

import snapshots

LOOP = """
for file in "$1"/*; do
  "$ATREST" verify --format ndjson - < "$file" > "$2/${file##*/}" || [ $? -ne 2 ] || exit 2
done
"""
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process):
    """Of a process that runs, and of all that it waited for."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return sum(map(int, fields[11:15])) / TICKS


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def loop(folder, results):
    results.mkdir()
    began, before = time.monotonic(), children()
    subprocess.run(["sh", "-c", LOOP, "sh", folder, results], check=True)
    return time.monotonic() - began, children() - before


def spark(cluster, listing, tables):
    began, before = time.monotonic(), children() + sum(map(processor_seconds, cluster.workers))
    log = tables.with_suffix(".log")
    job = cluster.submit(listing, tables, log=log)
    try:
        if job.wait() != 0:
            raise SystemExit(log.read_text()[-3000:])
    finally:
        cluster.kill(job)
    elapsed = time.monotonic() - began
    time.sleep(5)  # until the workers have reaped their executors
    return elapsed, children() + sum(map(processor_seconds, cluster.workers)) - before


def main():
    counts = list(map(int, sys.argv[1:])) or [50, 200, 1000]
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        cluster_folder = place / "cluster"
        cluster_folder.mkdir()
        cluster = Cluster(cluster_folder)
        start = None
        try:
            print("| snapshots | loop, s | loop, CPU s | Spark, s | Spark, CPU s | loop, a minute | Spark, a minute |")
            for count in [1, *counts]:
                folder = place / f"files-{count}"
                folder.mkdir()
                for key, _, _, content in fleets.fleet(count):
                    (folder / pathlib.Path(key).name).write_bytes(content)
                rows = [("c", uri, etag, taken_at) for _, uri, etag, taken_at in snapshots.listed(str(folder))]
                listing = write_list(place / f"{count}.csv", rows)
                looped, submitted = (
                    loop(folder, place / f"out-{count}"),
                    spark(cluster, listing, place / f"tables-{count}"),
                )
                start = start or submitted
                figures = [*looped, *submitted, 60 * count / looped[0], 60 * count / submitted[0]]
                print("| " + " | ".join([str(count), *(f"{figure:.1f}" for figure in figures)]) + " |", flush=True)
                if count > 1:
                    each = [
                        1000 * (submitted[i] - start[i] - looped[i] * (0.5 if i == 0 else 1)) / count for i in (0, 1)
                    ]
                    print(
                        f"  over the loop, without the start: {each[0]:.0f} ms elapsed, {each[1]:.0f} ms of CPU each",
                        flush=True,
                    )
        finally:
            cluster.close()


if __name__ == "__main__":
    main()
