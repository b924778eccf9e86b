"""Lists the snapshots in a bucket or a directory for fleet.py, as CSV.

    python3 listing.py s3://backups/etcd > snapshots.csv

The first folder below the place names the cluster: s3://backups/etcd/CLUSTER/…; the time is that of the last change.
"""

import csv
import sys

import snapshots


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        raise SystemExit(__doc__)
    table = csv.writer(sys.stdout)
    table.writerow(snapshots.SNAPSHOT)
    for name, uri, etag, modified in snapshots.listed(sys.argv[1]):
        cluster, slash, _ = name.partition("/")
        table.writerow([cluster if slash else "unnamed", uri, etag, modified.strftime("%Y-%m-%dT%H:%M:%S.%fZ")])


if __name__ == "__main__":
    main()
