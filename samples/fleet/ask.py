"""Asks the questions in questions/ of the tables that fleet.py wrote.

python3 ask.py DIRECTORY [NUMBER…]        with DuckDB
python3 ask.py --spark DIRECTORY [NUMBER…]
"""

import argparse
import pathlib

import snapshots

HERE = pathlib.Path(__file__).parent


def questions(numbers=()):
    files = sorted((HERE / "questions").glob("*.sql"))
    return {file.stem: file.read_text() for file in files if not numbers or file.stem.split("-")[0] in numbers}


def duckdb_views(tables):
    """A connection to DuckDB with the views. A cluster's name is text, whatever it looks like."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for name, columns in snapshots.TABLES.items():
        if any(pathlib.Path(tables, name).glob("day=*/cluster=*/*.parquet")):
            files = f"{tables}/{name}/*/*/*.parquet".replace("'", "''")
            kinds = "hive_partitioning = true, hive_types = {day: VARCHAR, cluster: VARCHAR}"
            rows = f"SELECT * FROM read_parquet('{files}', {kinds})"
        else:
            kinds = {**snapshots.ROW, **columns, "day": "string"}
            rows = (
                f"SELECT {', '.join(f'CAST(NULL AS {kind}) AS {column}' for column, kind in kinds.items())} WHERE false"
            )
        connection.execute(f"CREATE VIEW {name} AS {rows}")
    connection.execute((HERE / "views.sql").read_text())
    return connection


def spark_views(spark, tables):
    """The same in a session of Spark."""
    import fleet

    spark.conf.set("spark.sql.session.timeZone", "UTC")
    for name in snapshots.TABLES:
        fleet.table(spark, tables, name).createOrReplaceTempView(name)
    for statement in (HERE / "views.sql").read_text().split(";\n"):
        if statement.strip():
            spark.sql(statement)
    return spark


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spark", action="store_true", help="ask Spark instead of DuckDB")
    parser.add_argument("tables", metavar="DIRECTORY")
    parser.add_argument("numbers", metavar="NUMBER", nargs="*", help="01 to 10; all, where none is named")
    call = parser.parse_args()
    if call.spark:
        from pyspark.sql import SparkSession

        engine = spark_views(SparkSession.builder.getOrCreate(), call.tables)
    else:
        engine = duckdb_views(call.tables)
    for name, question in questions(call.numbers).items():
        print(f"\n{name}\n{question.splitlines()[0]}")
        engine.sql(question).show()


if __name__ == "__main__":
    main()
