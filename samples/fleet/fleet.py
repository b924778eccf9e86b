"""Verifies a fleet of snapshots with Spark, one task each, and appends what was found to three tables of Parquet.

    spark-submit --py-files snapshots.py fleet.py --snapshots LIST --tables DIRECTORY [-- OPTIONS of atrest verify]

LIST is CSV with a header, or Parquet: cluster, uri, etag, taken_at. What the tables already have, for the same version
of atrest and the same options, is not verified again. The job fails only when a call of atrest is wrong (status 2).
"""

import argparse
import uuid

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import snapshots

ROWS_AT_ONCE = 5000
STAGED = {"table": "string", **snapshots.ROW}
for columns in snapshots.TABLES.values():
    STAGED |= columns


def schema(columns):
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())


def listing(spark, path):
    """The list of snapshots, each once, however often it is listed."""
    reader = spark.read.schema(schema(snapshots.SNAPSHOT))
    if path.endswith(".parquet"):
        rows = reader.parquet(path)
    else:
        rows = reader.csv(path, header=True, mode="FAILFAST", multiLine=True, escape='"')
    return (
        rows.groupBy("uri", "etag")
        .agg(F.min(F.struct("cluster", "taken_at")).alias("first"))
        .select("first.cluster", "uri", "etag", "first.taken_at")
    )


def table(spark, tables, name):
    """A table as it lies on disk; one without rows where there is none yet."""
    columns = schema(snapshots.ROW | snapshots.TABLES[name] | {"day": "string"})
    if not exists(spark, f"{tables}/{name}"):
        return spark.createDataFrame([], columns)
    return spark.read.schema(columns).parquet(f"{tables}/{name}")


def file_system(spark, path):
    """The file system on which `path` lies, and the path in its terms."""
    path = spark._jvm.org.apache.hadoop.fs.Path(path)
    return path.getFileSystem(spark._jsc.hadoopConfiguration()), path


def exists(spark, path):
    files, path = file_system(spark, path)
    return files.exists(path)


def remove(spark, path):
    files, path = file_system(spark, path)
    files.delete(path, True)


def move(spark, source, target):
    """Moves the files below `source`, whose names no other run has, to the same places below `target`."""
    files, root = file_system(spark, source)
    if not files.exists(root):
        return
    root = files.makeQualified(root).toString()
    found = files.listFiles(file_system(spark, source)[1], True)
    while found.hasNext():
        path = found.next().getPath()
        place = file_system(spark, target + path.toString().removeprefix(root))[1]
        if path.getName().endswith(".parquet"):
            files.mkdirs(place.getParent())
            if not files.rename(path, place):
                raise OSError(f"{path.toString()} could not be moved to {place.toString()}")


def verify(spark, batch, place, atrest, options, run, program, policy):
    """Verifies a batch of snapshots, one a task, and writes the rows of all tables to `place`."""

    def each(frames):
        import pandas

        if snapshots.policy_digest(options) != policy:
            raise snapshots.Refused("a file that the options name is another one here than where the run began")
        for frame in frames:
            for record in frame.to_dict("records"):
                snapshot = {name: record[name] for name in snapshots.SNAPSHOT}
                rows = []
                for name, row in snapshots.rows(atrest, options, snapshot, run, program, policy):
                    rows.append({"table": name, **row})
                    if len(rows) == ROWS_AT_ONCE:
                        yield pandas.DataFrame(rows, columns=list(STAGED), dtype=object)
                        rows = []
                yield pandas.DataFrame(rows, columns=list(STAGED), dtype=object)

    numbered = spark.createDataFrame(
        [(number, *row) for number, row in enumerate(batch)], schema({"id": "bigint"} | snapshots.SNAPSHOT)
    )
    # A range has as many partitions as it is told; a join with what is broadcast keeps them.
    tasks = spark.range(0, len(batch), 1, len(batch)).join(F.broadcast(numbered), "id")
    tasks.mapInPandas(each, schema(STAGED)).write.parquet(place)


def append(spark, staging, tables, name):
    """Appends the staged rows of a table to it. They are written beside it: Spark's writers of one folder would disturb
    each other where two runs overlap."""
    columns = [*snapshots.ROW, *snapshots.TABLES[name]]
    rows = spark.read.schema(schema(STAGED)).parquet(f"{staging}/rows").where(F.col("table") == name)
    rows = rows.select(*columns, F.date_format("taken_at", "yyyy-MM-dd").alias("day"))
    rows.repartition("day", "cluster").write.partitionBy("day", "cluster").parquet(f"{staging}/{name}")
    move(spark, f"{staging}/{name}", f"{tables}/{name}")


def fleet(spark, list_path, tables, atrest, options, batch_size):
    """Verifies what is new in the list, and returns how many snapshots that were."""
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    program, policy = snapshots.program_version(atrest, options), snapshots.policy_digest(options)
    done = table(spark, tables, "verdicts").where(
        (F.col("program") == program) & (F.col("policy") == policy) & F.col("status").isNotNull()
    )
    new = listing(spark, list_path).join(done, ["uri", "etag"], "left_anti")
    new = new.select(*snapshots.SNAPSHOT).orderBy("taken_at", "uri", "etag").collect()
    for row in new:
        if not all(row):
            raise SystemExit(
                f"fleet: {list_path}: cluster, uri, etag and taken_at are needed in each row: {row.asDict()}"
            )
    for first in range(0, len(new), batch_size):
        batch, run = new[first : first + batch_size], uuid.uuid4().hex
        staging = f"{tables}/_staging/{run}"
        try:
            verify(spark, batch, f"{staging}/rows", atrest, options, run, program, policy)
            # Verdicts last: they say that the other rows of the run are whole. Those of a run without them don't count.
            for name in ("counts", "findings", "verdicts"):
                append(spark, staging, tables, name)
        finally:
            remove(spark, staging)
        print(f"fleet: {first + len(batch)} of {len(new)} snapshots verified", flush=True)
    return len(new)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshots", required=True, metavar="LIST", help="the list of snapshots")
    parser.add_argument("--tables", required=True, metavar="DIRECTORY", help="where the tables lie")
    parser.add_argument("--atrest", default="atrest", metavar="PROGRAM", help="the program on each machine")
    parser.add_argument("--batch", type=int, default=500, metavar="N", help="snapshots after which rows are committed")
    parser.add_argument("options", nargs="*", help="options of atrest verify, after --")
    call = parser.parse_args()
    spark = SparkSession.builder.appName("atrest").getOrCreate()
    try:
        new = fleet(spark, call.snapshots, call.tables.rstrip("/"), call.atrest, call.options, call.batch)
    except snapshots.Refused as error:
        raise SystemExit(f"fleet: {error}") from None
    finally:
        spark.stop()
    print(f"fleet: {new} new snapshots")


if __name__ == "__main__":
    main()
