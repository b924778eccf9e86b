"""One snapshot of a fleet: streamed into `atrest verify`, and its report turned into rows of three tables.

Spark (fleet.py) and Kubernetes (shard.py) both use it. It needs s3fs for s3://, and no package for files.
"""

import contextlib
import datetime
import hashlib
import json
import os
import subprocess
import tempfile
import time
import urllib.parse

BLOCK = 4 << 20

# The columns of each table, in the types of Spark's and DuckDB's SQL. README.md says what they mean.
SNAPSHOT = {"cluster": "string", "uri": "string", "etag": "string", "taken_at": "timestamp"}
ROW = SNAPSHOT | {"member": "string", "run": "string"}
TABLES = {
    "verdicts": {
        "program": "string", "policy": "string", "verified_at": "timestamp", "seconds": "double", "via": "string",
        "status": "int", "verdict": "string", "error": "string", "message": "string", "bytes": "bigint",
        "sha256": "string", "etcd_version": "string", "etcd_revision": "bigint", "live": "bigint",
        "live_plaintext": "bigint", "history": "bigint", "history_plaintext": "bigint", "residue_objects": "bigint",
        "exposed_objects": "bigint", "findings": "bigint", "findings_listed": "bigint", "findings_waived": "bigint",
    },
    "counts": {
        "what": "string", "rule": "string", "prefix": "string", "resource": "string", "layer": "string",
        "class": "string", "provider": "string", "key_name": "string", "key_id": "string", "n": "bigint",
    },
    "findings": {
        "rule": "string", "severity": "string", "layer": "string", "resource": "string", "namespace": "string",
        "name": "string", "key": "string", "revision": "bigint", "class": "string", "provider": "string",
        "key_name": "string", "key_id": "string", "page": "bigint", "offset": "bigint", "reason": "string",
        "message": "string", "waived": "boolean",
    },
}  # fmt: skip

# Options of `atrest verify` whose value is a file. What the file says decides, not where it lies.
FILES = ("-c", "--encryption-config", "--policy", "--dek-seeds", "--redact-key")


class Refused(Exception):
    """The call is wrong (status 2), or the program ended by a signal: that is no verdict on any snapshot."""


class Unread(Exception):
    """The object could not be read as it was listed. It counts as not verified, and is tried again in the next run."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def policy_digest(options):
    """The SHA-256 of what is asked of each snapshot: the options of `atrest verify`, and the content of their files."""
    parts, is_file = [], False
    for option in options:
        name, equals, value = option.partition("=")
        if is_file:
            parts.append(content_digest(option))
        elif equals and name in FILES:
            parts += [name, content_digest(value)]
        else:
            parts.append(option)
        is_file = not is_file and option in FILES
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def content_digest(path):
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None


def program_version(atrest, options):
    """The version of the program; an error if it would refuse the options. Nothing is verified."""
    with tempfile.TemporaryFile() as report:
        run(atrest, options, ["-"], report)
        try:
            return json.loads(report.readline())["tool"]["version"]
        except (ValueError, KeyError):
            raise Refused("the report is not NDJSON: leave --format and --help out of the options") from None


def run(atrest, options, inputs, report, feed=None, **arguments):
    """Calls `atrest verify`, with its report going to the file `report`, and returns the status: 0, 1 or 3."""
    command = [atrest, "verify", "--format", "ndjson", *options, *inputs]
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=report, stderr=errors, **arguments)
        except OSError as error:
            raise Refused(f"{atrest}: {error.strerror}") from None
        try:
            if feed:
                feed(process.stdin)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            status = process.wait()
        finally:
            process.kill()
            process.wait()
            with contextlib.suppress(OSError):
                process.stdin.close()
        if status not in (0, 1, 3):
            errors.seek(0)
            raise Refused(f"atrest ended with status {status}: {errors.read(2000).decode(errors='replace').strip()}")
    report.seek(0)
    return status


def s3():
    import s3fs

    return s3fs.S3FileSystem(use_listings_cache=False)


@contextlib.contextmanager
def opened(uri, etag):
    """The bytes at `uri`, as long as they are those that were listed as `etag`."""
    try:
        with contextlib.ExitStack() as stack:
            if uri.startswith("s3://"):
                # s3fs asks for each further range on condition (If-Match) that the object is still the same.
                file = stack.enter_context(s3().open(uri, "rb", block_size=BLOCK, cache_type="readahead"))
                found = file.details["ETag"].strip('"')
            else:
                file = stack.enter_context(open(file_path(uri), "rb"))
                found = file_etag(os.fstat(file.fileno()))
            if found != etag:
                raise Unread("object-changed", f"the object was {etag} when it was listed, and is {found} now")
            yield file
    except FileNotFoundError:
        raise Unread("object-missing", "the object was listed, and is not there any more") from None
    except PermissionError:
        raise Unread("object-forbidden", "the object may not be read") from None
    except Exception as error:
        if isinstance(error, (Unread, Refused)):
            raise
        changed = type(error).__name__ == "FileExpired" or "PreconditionFailed" in repr(error)
        raise Unread("object-changed" if changed else "read-failed", f"{type(error).__name__}: {error}"[:500]) from None


def file_path(uri):
    return urllib.parse.unquote(uri[7:]) if uri.startswith("file://") else uri


def file_etag(status):
    return f"{status.st_size:x}-{status.st_mtime_ns:x}"


def listed(place):
    """What lies below a bucket's prefix or in a directory: (name below it, URI, etag, time of the last change)."""
    if place.startswith("s3://"):
        root = place[5:].rstrip("/") + "/"
        for path, entry in sorted(s3().find(root, detail=True).items()):
            yield path.removeprefix(root), "s3://" + path, entry["ETag"].strip('"'), entry["LastModified"]
    else:
        root = os.path.abspath(file_path(place))
        for path in sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names):
            status = os.stat(path)
            modified = datetime.datetime.fromtimestamp(status.st_mtime, datetime.timezone.utc)
            yield os.path.relpath(path, root), "file://" + urllib.parse.quote(path), file_etag(status), modified


def verified(atrest, options, uri, etag, report):
    """Streams an object into the program, and returns the status and how the object was read: "pipe" or "file".

    No copy is made, with one exception. A pipe can be read only once, and where a snapshot is not sound a file shows
    more: then the object goes to a file without a name, that nobody else can open and that goes with this process.
    """

    def feed(stdin):
        with opened(uri, etag) as source, contextlib.suppress(BrokenPipeError):
            while block := source.read(BLOCK):
                stdin.write(block)

    status = run(atrest, options, ["-"], report, feed)
    if status != 3:
        return status, "pipe"
    with opened(uri, etag) as source, tempfile.TemporaryFile() as copy:
        while block := source.read(BLOCK):
            copy.write(block)
        copy.flush()
        report.seek(0)
        report.truncate()
        name = f"/dev/fd/{copy.fileno()}"
        return run(atrest, options, [name], report, pass_fds=[copy.fileno()]), "file"


def rows(atrest, options, snapshot, run_id, program, policy):
    """The rows of one snapshot, as pairs of a table's name and a row. The verdict comes last of each member."""
    common = {**snapshot, "run": run_id, "member": ""}
    start = time.monotonic()
    verdict = {"program": program, "policy": policy, "verified_at": datetime.datetime.now(datetime.timezone.utc)}
    with tempfile.TemporaryFile() as report:
        try:
            status, via = verified(atrest, options, snapshot["uri"], snapshot["etag"], report)
        except Unread as error:
            seconds = time.monotonic() - start
            reason = {"verdict": "error", "error": error.code, "message": str(error)}
            yield "verdicts", {**common, **verdict, "seconds": seconds, **reason}
            return
        verdict |= {"seconds": time.monotonic() - start, "via": via, "status": status}
        row = None
        for line in report:
            record = json.loads(line)
            kind = record["type"]
            if kind == "start" and record["tool"]["version"] != program:
                raise Refused(f"atrest is {record['tool']['version']} here, and {program} where the run began")
            if kind == "end" and not row:
                row = {**common, **verdict, "verdict": record["verdict"], "error": "no-snapshot"}
            if kind in ("snapshot", "end") and row:
                yield "verdicts", row
            if kind == "snapshot":
                # Of an archive, each member that is a snapshot has a report of its own.
                common["member"] = record["file"].get("member", "") if "file" in record else ""
                row = {**common, **verdict, **verdict_columns(record), "findings_listed": 0}
                yield from (("counts", {**common, **count}) for count in count_rows(record))
            elif kind in ("finding", "waived"):
                row["findings_listed"] += kind == "finding"
                yield "findings", {**common, **finding_columns(record), "waived": kind == "waived"}


def verdict_columns(record):
    error = (record.get("errors") or [{}])[0]
    file, etcd, resources = record.get("file", {}), record.get("etcd", {}), record.get("resources", [])
    total = lambda layer, member: sum(resource[layer][member] for resource in resources)
    return {
        "verdict": record["verdict"],
        "error": error.get("code"),
        "message": error.get("message"),
        "bytes": file.get("bytes"),
        "sha256": file.get("sha256", {}).get("computed"),
        "etcd_version": etcd.get("version"),
        "etcd_revision": etcd.get("revision"),
        "live": total("live", "total"),
        "live_plaintext": total("live", "plaintext"),
        "history": total("history", "total"),
        "history_plaintext": total("history", "plaintext"),
        "residue_objects": total("residue", "objects"),
        "exposed_objects": record.get("exposedTotals", {}).get("objects"),
        "findings": sum(record.get("findingCounts", {}).values()),
        "findings_waived": sum(record.get("waivedCounts", {}).values()),
    }


def count_rows(record):
    for resource in record.get("resources", []):
        name = {"what": "values", "prefix": resource["prefix"], "resource": resource["resource"]}
        for layer in ("live", "history", "residue"):
            for value_class, n in resource[layer].items():
                if n and value_class != "total":
                    yield {**name, "layer": layer, "class": value_class, "n": n}
    for key in record.get("encryption", []):
        name = {"provider": key["provider"], "key_name": key.get("name"), "key_id": key.get("keyID")}
        for layer in ("live", "history"):
            yield {"what": "keys", **name, "layer": layer, "n": key[layer]}
    for what, member in (("findings", "findingCounts"), ("waived", "waivedCounts")):
        for rule, n in record.get(member, {}).items():
            yield {"what": what, "rule": rule, "n": n}


def finding_columns(record):
    columns = {name: record.get(name) for name in TABLES["findings"]}
    columns |= {"key_name": record.get("keyName"), "key_id": record.get("keyID")}
    return columns | {"revision": record.get("revision", {}).get("main")}
