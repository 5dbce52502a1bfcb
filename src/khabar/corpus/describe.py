"""A dataset in figures."""

from __future__ import annotations

from typing import Any

from khabar.corpus.dataset import Dataset
from khabar.corpus.query import ask, connect

_QUESTIONS = {
    "span": """
        SELECT 'published' AS what, strftime(min(published), '%Y-%m-%d') AS first,
               strftime(max(published), '%Y-%m-%d') AS last,
               count(DISTINCT month) FILTER (month <> 'unknown') AS months,
               count(*) FILTER (month = 'unknown') AS undated
        FROM articles""",
    "versions": """
        SELECT khabar, count(*) AS articles FROM articles GROUP BY ALL ORDER BY articles DESC, khabar""",
    "outlets": """
        SELECT coalesce(outlet, '(unknown)') AS outlet, count(*) AS articles
        FROM articles GROUP BY ALL ORDER BY articles DESC, outlet LIMIT $top""",
    "event types": """
        SELECT type, count(*) AS events FROM events GROUP BY ALL ORDER BY events DESC, type LIMIT $top""",
    "dyads": """
        SELECT actor.code AS actor, recipient.code AS recipient, count(*) AS events
        FROM (SELECT unnest(actors) AS actor, recipients FROM events),
             unnest(recipients) AS r(recipient)
        GROUP BY ALL ORDER BY events DESC, actor, recipient LIMIT $top""",
    "quarantine": """
        SELECT kind, count(*) AS inputs, min(reason) AS example
        FROM quarantine GROUP BY ALL ORDER BY inputs DESC, kind LIMIT $top""",
}
"""What is asked of the tables, in the order of the answers."""


def description(dataset: Dataset, top: int = 10) -> dict[str, list[dict[str, Any]]]:
    """Rows and bytes of the tables, span of time, versions, outlets, types, dyads, reasons of quarantine.

    Args:
        dataset: any.
        top: rows of a list.

    Raises:
        QueryError: DuckDB is not installed.
    """
    told: dict[str, list[dict[str, Any]]] = {
        "tables": [
            {
                "table": table,
                "rows": dataset.rows(table),
                "bytes": sum(part.bytes for part in dataset.table_parts(table)),
                "parts": len(dataset.table_parts(table)),
            }
            for table in dataset.tables()
        ]
    }
    base = connect(dataset)
    for name, sql in _QUESTIONS.items():
        result = ask(base, sql.replace("$top", str(top)))
        columns = [column[0] for column in result.description or ()]
        told[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return told
