"""The tables of a dataset: their columns, types and what they mean. docs/schema.md is printed from here."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

FORMAT = 1
"""Of the dataset's layout and schemas: changes when a column is renamed, removed or changes its meaning."""

UNKNOWN = "unknown"
"""Value of the partition column for articles without a date of publication."""

SPAN = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32()), pa.field("text", pa.string())])
PARTICIPANT = pa.struct(
    [
        pa.field("text", pa.string()),
        pa.field("code", pa.string()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("name", pa.string()),
        pa.field("entity", pa.string()),
    ]
)
PLACE = pa.struct(
    [
        pa.field("text", pa.string()),
        pa.field("country", pa.string()),
        pa.field("lat", pa.float64()),
        pa.field("lon", pa.float64()),
        pa.field("geonameid", pa.int64()),
    ]
)
CREDIT = pa.struct([pa.field("agency", pa.string()), pa.field("photographer", pa.string())])
MOMENT = pa.timestamp("us")
"""A moment in UTC. Without a zone of its own: to cut days out of one with a zone, DuckDB needs an extension
that it would have to fetch."""


class Column(NamedTuple):
    """A column: its name, its type and what it holds; `null` is said where a value may be missing."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False


class TableType(NamedTuple):
    """A table: what a row is, and its columns without the partition column."""

    row: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The schema of the table's files."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])


_ARTICLE = Column("article", pa.string(), "key of the article in `articles`")
_NUMBER = Column("number", pa.int32(), "place among those of the article, from 1")
_START = Column("start", pa.int32(), "first code point, into the text of the article")
_END = Column("end", pa.int32(), "one past the last code point")

TABLES: dict[str, TableType] = {
    "articles": TableType(
        "an article that was coded",
        (
            Column(
                "article",
                pa.string(),
                "key: BLAKE2b (32 hexadecimal digits) of text and metadata as given; no two rows share it",
            ),
            Column("id", pa.string(), "as given; a text file's path; else the digest"),
            Column("digest", pa.string(), "SHA-256 of the text"),
            Column("khabar", pa.string(), "version, `+`, digest of the tables that coded it"),
            Column("title", pa.string(), "headline", nullable=True),
            Column(
                "published",
                MOMENT,
                "publication, in UTC; midnight sharp is also a day without a time",
                nullable=True,
            ),
            Column("updated", MOMENT, "last update, in UTC", nullable=True),
            Column("outlet", pa.string(), "publisher", nullable=True),
            Column("section", pa.string(), "part of the paper, as given", nullable=True),
            Column("url", pa.string(), "address", nullable=True),
            Column("dateline", pa.string(), "place that a dateline names", nullable=True),
            Column("credits", pa.list_(CREDIT), "picture credits, as written"),
            Column("caption", pa.string(), "picture caption", nullable=True),
            Column("text", pa.string(), "the text; lone surrogates, which UTF-8 cannot hold, are U+FFFD"),
            Column("notes", pa.list_(pa.string()), "what could not be settled about the article"),
            Column("source", pa.string(), "file or address it was read from, as named by the caller"),
            Column("position", pa.string(), "where in the source; empty for a source that is one article"),
        ),
    ),
    "events": TableType(
        "an event told in an article",
        (
            _ARTICLE,
            _NUMBER,
            Column("id", pa.string(), "hash of the article's digest, trigger and type"),
            Column("type", pa.string(), "PLOVER type"),
            Column("mode", pa.string(), "PLOVER mode", nullable=True),
            Column("contexts", pa.list_(pa.string()), "PLOVER contexts"),
            Column(
                "quad",
                pa.int8(),
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
            ),
            Column("cameo", pa.string(), "nearest CAMEO code", nullable=True),
            Column("factuality", pa.string(), "actual, historical, future, hypothetical, negated"),
            Column("trigger", SPAN, "the word that names the act"),
            Column("actors", pa.list_(PARTICIPANT), "who did it"),
            Column("recipients", pa.list_(PARTICIPANT), "to whom"),
            Column("said_by", pa.list_(PARTICIPANT), "who vouches for it, where that is not the article"),
            Column("date", pa.string(), "ISO date, perhaps partial (`2024-06`)", nullable=True),
            Column("place", PLACE, "where", nullable=True),
            Column("confidence", pa.float64(), "probability, as the models see it"),
            Column("why", pa.list_(pa.string()), "the decisions, in their order"),
        ),
    ),
    "statements": TableType(
        "words attributed to a speaker",
        (
            _ARTICLE,
            _NUMBER,
            _START,
            _END,
            Column("kind", pa.string(), "direct or indirect"),
            Column("speaker", PARTICIPANT, "who said it"),
            Column("text", pa.string(), "the words"),
        ),
    ),
    "mentions": TableType(
        "a name, title or group in an article",
        (
            _ARTICLE,
            _NUMBER,
            _START,
            _END,
            Column("kind", pa.string(), "person, organisation, group, place, role"),
            Column("entity", pa.string(), "id in the tables", nullable=True),
            Column("name", pa.string(), "canonical Arabic name of a person", nullable=True),
            Column("code", pa.string(), "actor code on the day of publication"),
        ),
    ),
    "times": TableType(
        "an expression of time",
        (
            _ARTICLE,
            _NUMBER,
            _START,
            _END,
            Column("text", pa.string(), "the words"),
            Column("value", pa.string(), "TIMEX3 value"),
            Column("type", pa.string(), "DATE, TIME, DURATION, SET"),
        ),
    ),
    "quarantine": TableType(
        "an input that could not be coded",
        (
            Column("source", pa.string(), "file or address, as named by the caller"),
            Column("position", pa.string(), "where in the source; empty for the source as a whole"),
            Column(
                "line", pa.int64(), "line in the source, from 1; 0 where there is none or it is not known"
            ),
            Column("kind", pa.string(), "stable word for what is wrong (docs/archive.md)"),
            Column("reason", pa.string(), "what is wrong, one line"),
            Column("khabar", pa.string(), "version, `+`, digest of the tables that met it"),
            Column(
                "form",
                pa.string(),
                "what the payload is: a kind of source, `item` for an article read; or empty",
            ),
            Column("payload", pa.binary(), "the bytes needed to try again", nullable=True),
            Column(
                "split", pa.string(), "JSON of the piece of work, to read it again where there is no payload"
            ),
        ),
    ),
}
"""The tables of coding by name. A column is only ever added at the end."""

SOURCE = pa.struct(
    [
        pa.field("article", pa.string()),
        pa.field("number", pa.int32()),
        pa.field("event", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("published", MOMENT),
        pa.field("score", pa.float64()),
    ]
)
"""A record that a group of events holds; `score` is how well it fitted (logarithm of odds), none for one
that began a group."""

_BEST = {column.name: column for column in TABLES["events"].columns}

DERIVED: dict[str, TableType] = {
    "article_groups": TableType(
        "an article and the group of near-duplicates it belongs to",
        (
            _ARTICLE,
            Column(
                "group_id", pa.string(), "key of the first article of the group; its own if it is like none"
            ),
            Column("like", pa.string(), "key of the earlier article it is most like; its own for the first"),
            Column(
                "similarity",
                pa.float64(),
                "estimated share of runs of three words it has in common with that article; 1 for the first",
            ),
        ),
    ),
    "event_groups": TableType(
        "an event, told by one or more records of `events`",
        (
            Column("id", pa.string(), "hash of the id of the first record; stays as the group grows"),
            Column("records", pa.int32(), "how many records tell it"),
            Column("articles", pa.int32(), "how many articles tell it"),
            Column(
                "texts", pa.int32(), "how many articles that are no near-duplicates of each other tell it"
            ),
            Column("first_report", MOMENT, "publication of the first article that tells it", nullable=True),
            Column("last_report", MOMENT, "publication of the last one", nullable=True),
            _ARTICLE._replace(meaning="of the best record: highest confidence, of these the first reported"),
            _NUMBER._replace(meaning="of the best record"),
            Column("event", pa.string(), "`id` of the best record"),
            *(
                _BEST[name]
                for name in (
                    "type",
                    "mode",
                    "contexts",
                    "quad",
                    "cameo",
                    "factuality",
                    "trigger",
                    "actors",
                    "recipients",
                    "said_by",
                    "date",
                    "place",
                    "confidence",
                )
            ),
            Column("sources", pa.list_(SOURCE), "all records, in the order of publication"),
        ),
    ),
    "one_a_day": TableType(
        "all that one actor did to one recipient on one day in one country, of one type and factuality",
        (
            Column("date", pa.string(), "ISO date of the day"),
            Column("actor", pa.string(), "code; `---` for nobody named"),
            Column("recipient", pa.string(), "code; `---` for nobody named"),
            Column("type", pa.string(), "PLOVER type"),
            Column("factuality", pa.string(), "actual, historical, future, hypothetical, negated"),
            Column("country", pa.string(), "of the place", nullable=True),
            Column("quad", pa.int8(), "of the best record"),
            Column("records", pa.int32(), "how many records of `events` it stands for"),
            Column("articles", pa.int32(), "how many articles they are from"),
            _ARTICLE._replace(meaning="of the best record: highest confidence, of these the first reported"),
            _NUMBER._replace(meaning="of the best record"),
            Column("event", pa.string(), "`id` of the best record"),
            Column("confidence", pa.float64(), "of the best record"),
        ),
    ),
}
"""The tables that `khabar group` makes from those of coding."""

PARTITION = Column(
    "month", pa.string(), "month of publication (`2018-05`), or `unknown`; the name of the folder"
)


_MADE = "Made by `khabar group`; `month` is that of the first report."


def markdown() -> str:
    """docs/schema.md."""
    lines = [
        "# Schemas of a dataset",
        "",
        "Printed by `python -m khabar.corpus.schema` and checked by the tests. How a dataset is made,",
        "resumed and asked is in [archive.md](archive.md); what the fields mean in full, in",
        "[record.md](record.md).",
        "",
        f"Format {FORMAT}. Columns may be added at the end of a table; none is renamed, removed or changes",
        "its type or meaning within a format. Every table has the partition column `month` besides. Rows",
        "of one file stand in the order of the input, those of one article in the order of its text.",
    ]
    for name, table in {**TABLES, **DERIVED}.items():
        lines += [
            "",
            f"## {name}",
            "",
            f"A row is {table.row}." + (f" {_MADE}" if name in DERIVED else ""),
            "",
            "| column | type | null | what |",
            "|---|---|---|---|",
        ]
        for column in (*table.columns, PARTITION):
            null = "yes" if column.nullable else "no"
            lines.append(f"| `{column.name}` | {_type(column.type)} | {null} | {column.meaning} |")
    return "\n".join(lines) + "\n"


def _type(given: pa.DataType) -> str:
    """A type as the documentation writes it."""
    if pa.types.is_list(given):
        return f"list of {_type(given.value_type)}"
    if pa.types.is_struct(given):
        return "struct(" + ", ".join(f"{f.name} {_type(f.type)}" for f in given) + ")"
    if pa.types.is_timestamp(given):
        return f"timestamp({given.unit})"
    return str(given)


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown())
