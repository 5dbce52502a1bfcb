"""From table rows to entities and the names under which texts speak of them.

Every table has one function here that says what its rows mean. Names come out as plain words; the compiler
brings them into the normal form that sentences are matched in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple, cast

from khabar.knowledge.inflect import Form, nisba, noun
from khabar.knowledge.model import Entity, EntityKind, NameKind, Office
from khabar.knowledge.tables import SHORT_MARK, Row, alternatives, read_rows, table_files

_OFFICE = re.compile(
    r"(?P<office>\S+)\s+(?P<code>\S+(?:\s+[A-Z]{3})*)\s+(?P<start>[\d-]*)\.\.(?P<end>[\d-]*)(?P<doubt>\s*\?)?"
)


FormKind = NameKind | Literal["stop", "adjective"]
"""Kinds of names; `stop`: a name that is a common word too; `adjective`: a noun used as adjective too."""


class Name(NamedTuple):
    """A written form of an entity.

    Attributes:
        text: the words as written, not yet normalised.
        entity: id of the entity.
        kind: kind of name, as in `Hit`, stop or adjective.
        tag: gender and number of an inflected form, else "".
        pronoun: possessive pronoun in it, or "".
        weak: a form that gives way when its spelling is the name of something else («روسيا» is the country,
            not the accusative of «روسي»).
    """

    text: str
    entity: str
    kind: FormKind = "name"
    tag: str = ""
    pronoun: str = ""
    weak: bool = False


class Tables(NamedTuple):
    """All rows that count, ours and the user's: a later row of one id replaces the earlier one.

    Attributes:
        rows: id to (table, row).
        stops: names of places and countries that are common words.
        words: words before a name that make it a place, to their kind: `noun` («مدينة», «محافظة») or
            `preposition` («في», «شمال»).
        common: common words, as spelt, to their kind: `never` a name by itself («أمام»), or `leading` to a
            noun, where an adjective cannot stand («إن», «مقتل»).
    """

    rows: dict[str, tuple[str, Row]]
    stops: frozenset[str]
    words: dict[str, str]
    common: dict[str, str]


def read_tables(folders: Iterable[Path]) -> Tables:
    """The rows of table folders, later folders over earlier ones.

    Raises:
        ValueError: when a file is no table (see `khabar knowledge check` for a full report).
        OSError: when a file cannot be read.
    """
    rows: dict[str, tuple[str, Row]] = {}
    stops: set[str] = set()
    words: dict[str, str] = {}
    common: dict[str, str] = {}
    for folder in folders:
        for table, path in table_files(folder):
            for row in read_rows(path, folder):
                if table == "placestops":
                    stops.add(row["name"])
                elif table == "placewords":
                    words[row["word"]] = row["kind"]
                elif table == "common":
                    common[row["word"]] = row["kind"]
                elif row["id"]:
                    rows[row["id"]] = (table, row)
    return Tables(rows, frozenset(stops), words, common)


def parse_offices(cell: str) -> tuple[Office, ...]:
    """The offices of a person: `president RUS GOV 2000-05-07..2008-05-07; leader RUS PTY 2001.. ?`.

    Raises:
        ValueError: when a part does not have the form `<role> <CODE> <from>..<to>`, saying which.
    """
    offices = []
    for part in cell.split(";"):
        text = part.strip()
        if not text:
            continue
        match = _OFFICE.fullmatch(text)
        if match is None:
            raise ValueError(f"office «{text}» is not `<role id> <CODE> <from>..<to>`")
        code = " ".join(match["code"].split())
        offices.append(Office(match["office"], code, match["start"], match["end"], match["doubt"] is None))
    return tuple(offices)


def entity_of(table: str, row: Row) -> Entity | None:
    """The entity a row stands for; None for a demonym of an entity of another table.

    Raises:
        ValueError: when a number or an office in the row is malformed.
    """
    return _ENTITY[table](row)


def names_of(table: str, row: Row, tables: Tables) -> Iterator[Name]:
    """The names a row gives, in all their forms."""
    return _NAMES[table](row, tables)


def _country(row: Row) -> Entity:
    return Entity(row["id"], "country", row["name"], row["name_en"], row["code"], f"{row['code']} GOV")


def _organisation(row: Row) -> Entity:
    kind: EntityKind = "outlet" if row["subkind"] == "outlet" else "organisation"
    return Entity(
        row["id"], kind, row["name"], row["name_en"], row["country"], row["code"], subkind=row["subkind"]
    )


def _person(row: Row) -> Entity:
    return Entity(
        row["id"],
        "person",
        row["name"],
        row["name_en"],
        row["country"],
        row["base_code"] or f"{row['country']} ELI".strip(),
        parse_offices(row["offices"]),
    )


def _demonym(row: Row) -> Entity | None:
    if row["entity"]:
        return None
    name = alternatives(row["ms"])[0]
    return Entity(row["id"], "group", name, row["name_en"], row["country"], subkind=row["subkind"])


def _role(row: Row) -> Entity:
    name = _citation(row)
    subkind = "single" if row["single"] == "yes" else ""
    return Entity(row["id"], "role", name, row["name_en"], row["country"], row["sector"], subkind=subkind)


def _group(row: Row) -> Entity:
    kind = cast("EntityKind", row["kind"] or "group")
    return Entity(
        row["id"], kind, _citation(row), row["name_en"], row["country"], row["sector"], subkind=row["subkind"]
    )


def _citation(row: Row) -> str:
    """«وزير الخارجية»: the first head with its first tail."""
    head = next((row[column] for column in ("ms", "fs", "mp", "fp") if row[column]), "")
    tail = alternatives(row["tail"])[:1]
    return " ".join([part.lstrip("+=-") for part in alternatives(head)[:1] + tail])


def _place(row: Row) -> Entity:
    return Entity(
        row["id"],
        "place",
        row["name"],
        row["name_en"],
        row["country"],
        row["country"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        geonameid=int(row["geonameid"]) if row["geonameid"] else None,
        subkind=row["subkind"],
    )


def _plain_names(row: Row, _tables: Tables) -> Iterator[Name]:
    """The canonical name and the variants; an ambiguous one is marked, even the canonical one («~عمان»)."""
    forms: dict[str, FormKind] = {row["name"]: "name"}
    for variant in alternatives(row["variants"]):
        short = variant.startswith(SHORT_MARK)
        forms[variant.removeprefix(SHORT_MARK).strip()] = "short" if short else "name"
    for text, kind in forms.items():
        yield Name(text, row["id"], kind)


def _spelt_names(row: Row, tables: Tables) -> Iterator[Name]:
    """Names with the spellings newsrooms mix: «عبد الله» and «عبدالله», «أبو» in all cases."""
    for name in _plain_names(row, tables):
        for text in spellings(name.text):
            yield name._replace(text=text)


_ABD = re.compile(r"\bعبد ال(?=\S)")
_ABD_JOINED = re.compile(r"\bعبدال(?=\S)")
_SOUND_PLURAL = re.compile(r"\b(ال\S+)ون\b")


def spellings(text: str) -> tuple[str, ...]:
    """A name as written and in the other spellings that rules give, the given one first."""
    found = {text: None}
    found[_ABD.sub("عبدال", text)] = None
    found[_ABD_JOINED.sub("عبد ال", text)] = None
    if text.startswith("أبو "):
        found["أبا " + text[4:]] = None
        found["أبي " + text[4:]] = None
    return tuple(found)


def _organisation_names(row: Row, tables: Tables) -> Iterator[Name]:
    for name in _spelt_names(row, tables):
        yield name
        oblique = _SOUND_PLURAL.sub(r"\1ين", name.text)  # «الحوثيون», «الإخوان المسلمون»
        if oblique != name.text:
            yield name._replace(text=oblique)


def _country_names(row: Row, tables: Tables) -> Iterator[Name]:
    yield from _place_names(row, tables)
    for capital in alternatives(row["capital"]):
        yield Name(capital, row["id"], "capital")


def _demonym_names(row: Row, _tables: Tables) -> Iterator[Name]:
    target = row["entity"] or row["id"]
    plurals = tuple(alternatives(row["plural"]))
    for index, ms in enumerate(alternatives(row["ms"])):
        for form in nisba(ms, plurals if index == 0 else ()):
            weak = form.tag == "ms" and form.text.endswith("ا")
            yield Name(form.text, target, "demonym", form.tag, weak=weak)


def _role_names(row: Row, _tables: Tables) -> Iterator[Name]:
    for form in _noun_forms(row):
        singular = form.tag in ("ms", "fs") and not form.pronoun
        kind: FormKind = "adjective" if row["use"] == "adjective" and singular else "name"
        yield _form_name(form, row["id"], kind)


def _group_names(row: Row, tables: Tables) -> Iterator[Name]:
    yield from _role_names(row, tables)
    for short in alternatives(row["short"]):
        yield Name(short, row["id"], "short")


def _form_name(form: Form, entity: str, kind: FormKind) -> Name:
    weak = form.construct or form.accusative or bool(form.pronoun)
    return Name(form.text, entity, kind, form.tag, form.pronoun, weak)


def _noun_forms(row: Row) -> list[Form]:
    tails = tuple(alternatives(row["tail"]))
    forms: list[Form] = []
    for text in alternatives(row["ms"]):
        forms += noun(ms=text, tails=tails)
    for text in alternatives(row["fs"]):
        forms += noun(fs=text, tails=tails)
    for text in alternatives(row["mp"]):
        forms += noun(mp=text, tails=tails)
    for text in alternatives(row["fp"]):
        forms += noun(fp=text, tails=tails)
    # «مسؤولين» is more often plural than dual
    forms.sort(key=lambda form: form.tag in ("md", "fd"))
    return forms


def _place_names(row: Row, tables: Tables) -> Iterator[Name]:
    for name in _plain_names(row, tables):
        yield name._replace(kind="stop") if name.text in tables.stops else name


_ENTITY: dict[str, Callable[[Row], Entity | None]] = {
    "countries": _country,
    "bodies": _organisation,
    "organisations": _organisation,
    "people": _person,
    "demonyms": _demonym,
    "roles": _role,
    "groups": _group,
    "places": _place,
}

_NAMES: dict[str, Callable[[Row, Tables], Iterator[Name]]] = {
    "countries": _country_names,
    "bodies": _organisation_names,
    "organisations": _organisation_names,
    "people": _spelt_names,
    "demonyms": _demonym_names,
    "roles": _role_names,
    "groups": _group_names,
    "places": _place_names,
}
