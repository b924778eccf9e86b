"""Fleets for the tests: the samples of this repository, copies of them, packed ones and damaged ones."""

import contextlib
import datetime
import functools
import gzip
import io
import os
import pathlib
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent.parent
# Names that a path, a pattern or a guess at a type might take for something else.
CLUSTERS = ["prod", "prod/eu 1", "größe-測試", "007", "a=b%2F*?", "2026-01-01", 'say "null"', "stage.example.com"]
FIRST = datetime.datetime(2026, 11, 1, 2, tzinfo=datetime.timezone.utc)


@functools.cache
def sources():
    return [
        path.read_bytes() for path in sorted([*SAMPLES.glob("*/snapshot.db"), *SAMPLES.glob("series/backups/*.db")])
    ]


def tar(contents):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for number, content in enumerate(contents):
            entry = tarfile.TarInfo(f"member-{number}.db")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target.getvalue()


def snapshot(number):
    """The bytes of a snapshot: of ten, six are sound, one is packed, one an archive of two, one cut and one altered."""
    source = sources()
    content = source[number % len(source)]
    match number % 10:
        case 3:
            return gzip.compress(content, 1, mtime=0)
        case 5:
            return tar([content, source[(number + 1) % len(source)]])
        case 7:
            return content[: len(content) * (number % 7 + 1) // 8]
        case 9:
            place = len(content) * (number % 11 + 1) // 12
            return content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
    return content


def fleet(count):
    """(key, cluster, taken at, bytes) of each snapshot."""
    for number in range(count):
        cluster, taken_at = CLUSTERS[number % len(CLUSTERS)], FIRST + datetime.timedelta(hours=3 * number)
        yield f"etcd/{number % len(CLUSTERS)}/{number:04} +%20ü.db", cluster, taken_at, snapshot(number)


@contextlib.contextmanager
def s3():
    """A bucket named fleet on a server of its own, which s3fs and every child of this process find by themselves."""
    server = subprocess.Popen([sys.executable, HERE / "s3.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        address = server.stdout.readline().decode().strip()
        os.environ |= {
            "AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip
        import boto3

        client = boto3.client("s3")
        client.create_bucket(Bucket="fleet")
        yield client
    finally:
        server.stdin.close()
        server.kill()
        server.wait()
