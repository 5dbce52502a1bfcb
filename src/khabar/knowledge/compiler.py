"""Tables compiled into dictionaries that a sentence is matched against, and kept on disk between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from khabar.cache import cached, digest_of
from khabar.knowledge.model import Entity
from khabar.knowledge.names import FormKind, Name, entity_of, names_of, read_tables
from khabar.knowledge.tables import TABLES, table_files

TAGS = ("", "ms", "fs", "md", "fd", "mp", "fp")
KINDS: tuple[FormKind, ...] = ("name", "short", "demonym", "capital", "stop", "adjective")
ENDINGS = ("", "ة", "ه")
PRONOUNS = ("", "ه", "ها", "هم", "نا", "هما")


_EntryKey = tuple[int, str, str]
"""Entity index, kind and pronoun: a spelling has one entry for each."""


class Compiled(msgspec.Struct, frozen=True):
    """What matching needs.

    An entry packs the entity's index with kind, tag and pronoun of the name into one integer (see `pack`): a
    hundred thousand names then load in a few hundredths of a second.

    Attributes:
        entities: all entities, in a fixed order.
        one: normalised name to its entry, for names that mean one thing.
        many: normalised name to its entries, for names that may mean several.
        firsts: first word of names to 1 when it is a name by itself, 2 when it begins longer ones, or 3.
        pairs: first two words of names to a bit mask of the lengths in words (bit 1 for two) of those names.
        same: title to the title whose office it is another name of.
        common: common words, as spelt, that are never a name by themselves (`never`) or stand before nouns
            and not before adjectives (`leading`).
        before: normalised words that make an ambiguous place name behind them a place, to `noun` or
            `preposition`.
    """

    entities: list[Entity]
    one: dict[str, int]
    many: dict[str, list[int]]
    firsts: dict[str, int]
    pairs: dict[str, int]
    same: dict[str, str]
    common: dict[str, str]
    before: dict[str, str]


def pack(entity: int, name: Name) -> int:
    """One integer for an entry."""
    ending = ENDINGS.index(name.text[-1]) if name.text[-1] in ENDINGS else 0
    form = PRONOUNS.index(name.pronoun) << 6 | KINDS.index(name.kind) << 3 | TAGS.index(name.tag)
    return entity << 11 | ending << 9 | form


def unpack(entry: int) -> tuple[int, FormKind, str, str, str]:
    """Entity index, kind, tag, pronoun and last letter (where the key form hides it) of an entry."""
    return (
        entry >> 11,
        KINDS[entry >> 3 & 7],
        TAGS[entry & 7],
        PRONOUNS[entry >> 6 & 7],
        ENDINGS[entry >> 9 & 3],
    )


def digest_tables(folders: Sequence[Path]) -> str:
    """SHA-256 over the content of all files of the table folders, the codebook included, in a fixed order.

    Raises:
        OSError: when a file cannot be read.
    """
    whole = hashlib.sha256()
    for folder in folders:
        for path in sorted(file for file in folder.rglob("*") if file.suffix in {".tsv", ".yaml"}):
            data = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
            whole.update(data)
    return whole.hexdigest()


def compiled(extra: Sequence[Path]) -> Compiled:
    """The compiled tables, ours with the user's over them; from disk when nothing has changed.

    Raises:
        ValueError: when a table is malformed.
        OSError: when a table cannot be read.
    """
    folders = [TABLES, *extra]
    parts: list[bytes | str | Path] = []
    for folder in folders:
        for _, path in table_files(folder):
            parts += [path.relative_to(folder).as_posix(), path]
    # the code that makes the tables is one of their sources
    here = Path(__file__).parent
    parts += [here / f"{module}.py" for module in ("compiler", "inflect", "model", "names", "tables")]
    parts.append(normalise_probe())
    return cached("knowledge", digest_of(parts), lambda: compile_tables(folders), Compiled)


def compile_tables(folders: Sequence[Path]) -> Compiled:
    """Read and compile table folders, without any cache.

    Raises:
        ValueError: when a table is malformed.
        OSError: when a table cannot be read.
    """
    tables = read_tables(folders)
    entities: list[Entity] = []
    index: dict[str, int] = {}
    for table, row in tables.rows.values():
        try:
            entity = entity_of(table, row)
        except ValueError as error:
            raise ValueError(str(row.fault(str(error)))) from error
        if entity is not None:
            index[entity.id] = len(entities)
            entities.append(entity)
    normal = _normaliser()
    strong: dict[str, dict[_EntryKey, int]] = {}
    weak: dict[str, dict[_EntryKey, int]] = {}
    for table, row in tables.rows.values():
        for name in names_of(table, row, tables):
            number = index.get(name.entity)
            phrase = normal(name.text)
            if number is None or not phrase:
                continue
            # «نظيرة» and «نظيره» have one key form; the sentence's own letter tells them apart (see lookup)
            given_way = name.weak and name.pronoun != "ه"
            # the first form of an entity with a spelling is the likeliest one
            key = (number, name.kind, name.pronoun)
            (weak if given_way else strong).setdefault(phrase, {}).setdefault(key, pack(number, name))
    for phrase, entries in weak.items():
        if phrase not in strong:
            strong[phrase] = entries
    before = {normal(word): kind for word, kind in tables.words.items()}
    same = {
        key: row["office"] for key, (table, row) in tables.rows.items() if table == "roles" and row["office"]
    }
    return Compiled(entities, *_layout(strong), same, tables.common, before)


def _layout(
    phrases: dict[str, dict[_EntryKey, int]],
) -> tuple[dict[str, int], dict[str, list[int]], dict[str, int], dict[str, int]]:
    one: dict[str, int] = {}
    many: dict[str, list[int]] = {}
    firsts: dict[str, int] = {}
    pairs: dict[str, int] = {}
    for phrase, entries in phrases.items():
        if len(entries) == 1:
            one[phrase] = next(iter(entries.values()))
        else:
            many[phrase] = list(entries.values())
        words = phrase.split(" ")
        firsts[words[0]] = firsts.get(words[0], 0) | (1 if len(words) == 1 else 2)
        if len(words) > 1:
            pair = f"{words[0]} {words[1]}"
            pairs[pair] = pairs.get(pair, 0) | 1 << (len(words) - 1)
    return one, many, firsts, pairs


_HYPHENS = str.maketrans(dict.fromkeys("-–—_/«»\"'“”()،,.", " "))


def _normaliser() -> Callable[[str], str]:
    """Normalising with a memory of words: the same few thousand words make up most names."""
    from khabar.language import normalise  # noqa: PLC0415 - language is only needed when tables are compiled

    memory: dict[str, str] = {}

    def normal(text: str) -> str:
        words = []
        for word in text.translate(_HYPHENS).split():
            known = memory.get(word)
            if known is None:
                known = memory[word] = normalise(word)
            if known:
                words.append(known)
        return " ".join(words)

    return normal


def normalise_probe() -> str:
    """What normalising does to a line with every letter it may change: a part of the cache's digest."""
    return _normaliser()("أإآٱىةئؤء ٠١٢ مُحَمَّد ـة لله الـ20 G20 ﻻ")
