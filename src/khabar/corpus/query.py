"""SQL over a dataset: DuckDB with a view a table, read-only and with nothing but the dataset in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from khabar.corpus.schema import DERIVED, PARTITION, TABLES

if TYPE_CHECKING:
    import duckdb

    from khabar.corpus.dataset import Dataset

MEMORY = "512MB"
"""That DuckDB may take; what is larger it spills to disk."""

_OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class QueryError(ValueError):
    """A question that cannot be answered; the message says why."""


def connect(dataset: Dataset) -> duckdb.DuckDBPyConnection:
    """A connection with one view for each table of the dataset; only committed parts are in it.

    Raises:
        QueryError: DuckDB is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - not of the core
    except ImportError as error:
        raise QueryError("questions to a dataset need `pip install 'khabar[archive]'`") from error
    base = duckdb.connect(config={"memory_limit": MEMORY, **_OFFLINE})
    spill = dataset.work / "spill"
    base.execute(f"SET temp_directory = {_quoted(str(spill.absolute()))}")
    for table in dataset.tables():
        base.register(table, _scan(dataset, table))
    base.execute("SET enable_external_access = false")
    base.execute("SET lock_configuration = true")
    return base


def ask(base: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Run one statement that only reads.

    Raises:
        QueryError: it is none, or DuckDB cannot run it.
    """
    import duckdb  # noqa: PLC0415

    try:
        statements = base.extract_statements(sql)
        if len(statements) != 1:
            raise QueryError("one statement is asked for")
        if statements[0].type is not duckdb.StatementType.SELECT:
            raise QueryError(f"{statements[0].type.name} is no question; SELECT, DESCRIBE and SUMMARIZE are")
        return base.execute(statements[0])
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def _scan(dataset: Dataset, table: str) -> ds.Dataset:
    """The committed files of a table with the column of their folders.

    Handed over as an object, not by their names: DuckDB then needs no access to files at all, and there are
    statements beside SELECT (COPY within WITH) that would use it to write.
    """
    month = pa.field(PARTITION.name, PARTITION.type)
    files = [str(path) for path in dataset.files(table)]
    known = TABLES.get(table) or DERIVED.get(table)
    schema = known.schema if known else pq.read_schema(files[0])
    return ds.dataset(
        files,
        schema=schema.append(month),
        format="parquet",
        partitioning=ds.partitioning(pa.schema([month]), flavor="hive"),
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
