"""Verifies the share of a bucket that one index of an Indexed Job has, and writes what it found beside it.

    JOB_COMPLETION_INDEX=0 SHARDS=4 python3 shard.py PLACE RESULTS [-- OPTIONS of atrest verify]

PLACE and RESULTS are s3://BUCKET/PREFIX or directories. A share is made of the names' checksums: each object falls to
exactly one index, whatever comes or goes meanwhile. Each object gets one file of results, with the rows of the tables
of fleet.py as JSON, a line each. The same object gets the same file when the index is tried again.

Exit status: as of atrest verify, the highest of all (2 at once); 75 when an object could not be read: try again.
"""

import argparse
import json
import os
import urllib.parse
import zlib

import snapshots

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h


def share(place, index, shards):
    for name, uri, etag, modified in snapshots.listed(place):
        if zlib.crc32(os.fsencode(name)) % shards == index:
            cluster, slash, _ = name.partition("/")
            yield name, {"cluster": cluster if slash else "unnamed", "uri": uri, "etag": etag, "taken_at": modified}


def write(results, name, etag, lines):
    """Writes a file of results whole or not at all: an object of S3 appears when its last byte was sent."""
    name = urllib.parse.quote(f"{name}@{etag}.ndjson", safe="/@")
    if results.startswith("s3://"):
        with snapshots.s3().open(f"{results.rstrip('/')}/{name}", "wb") as file:
            file.writelines(lines)
        return
    path = os.path.join(results, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "wb") as file:
        file.writelines(lines)
    os.replace(path + ".part", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", metavar="PLACE")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("options", nargs="*", help="options of atrest verify, after --")
    call = parser.parse_args()
    atrest = os.environ.get("ATREST", "atrest")
    index, shards = int(os.environ["JOB_COMPLETION_INDEX"]), int(os.environ["SHARDS"])
    worst, unread = 0, 0
    try:
        program = snapshots.program_version(atrest, call.options)
        policy = snapshots.policy_digest(call.options)
        for name, snapshot in share(call.place, index, shards):
            found = list(snapshots.rows(atrest, call.options, snapshot, "", program, policy))
            lines = [json.dumps({"table": table, **row}, default=str).encode() + b"\n" for table, row in found]
            write(call.results, name, snapshot["etag"], lines)
            verdict = found[-1][1]
            status = verdict.get("status")
            print(f"shard {index}: {verdict['verdict']} {snapshot['uri']}", flush=True)
            worst, unread = max(worst, status or 0), unread + (status is None)
    except snapshots.Refused as error:
        parser.exit(2, f"shard {index}: {error}\n")
    parser.exit(TRY_AGAIN if unread else worst)


if __name__ == "__main__":
    main()
