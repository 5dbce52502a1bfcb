"""The codebook: which words propose which PLOVER type, under which conditions, with which slots.

The entries are data (knowledge/tables/codebook/*.yaml). This module reads them strictly, and indexes them by
the lemmas and phrases that propose them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import yaml

from khabar.cache import cached
from khabar.language import normalise
from khabar.record import Factuality

#: The folder of the codebook that ships with khabar.
CODEBOOK = Path(__file__).parent.parent / "knowledge" / "tables" / "codebook"

#: PLOVER types, their quad class (1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
#: 4 material conflict) and their modes. Source: PLOVER 2.0 draft manual, Open Event Data Alliance.
TYPES: dict[str, tuple[int, tuple[str, ...]]] = {
    "AGREE": (1, ()),
    "CONSULT": (1, ("visit", "third-party", "multilateral", "phone")),
    "SUPPORT": (1, ()),
    "CONCEDE": (1, ()),
    "COOPERATE": (2, ()),
    "AID": (2, ()),
    "RETREAT": (2, ("withdraw", "release", "disarm", "ceasefire", "access", "resign")),
    "REQUEST": (3, ("assist", "change", "yield", "meet")),
    "ACCUSE": (3, ("disapprove", "investigate", "allege")),
    "REJECT": (3, ("assist", "change", "yield", "meet")),
    "THREATEN": (3, ("restrict", "arrest", "relations", "expel", "territory", "violence")),
    "PROTEST": (4, ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize")),
    "SANCTION": (4, ("convict", "expel", "withdraw", "discontinue")),
    "MOBILIZE": (4, ("troops", "weapons", "police", "militia")),
    "COERCE": (
        4,
        (
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ),
    ),
    "ASSAULT": (
        4,
        (
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ),
    ),
}


class CodebookError(ValueError):
    """A codebook file that cannot be used; the message names file, entry and fault."""


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions on the words around a trigger; each list holds alternatives, an empty one always holds."""

    near: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    prep: tuple[str, ...] = ()


class Slots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who fills which role: `subject`, `object`, `idafa`, `nisba`, or a preposition."""

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with what it should yield (or, under `not`, should not)."""

    text: str
    trigger: str | None = None
    actor: tuple[str, ...] | str | None = None
    recipient: tuple[str, ...] | str | None = None
    mode: str | None = None
    factuality: Factuality | None = None


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"not_": "not"}):
    """One rule of the codebook; the file format is described in docs/codebook.md."""

    id: str
    type: str
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    when: When = When()
    slots: Slots = Slots()
    noun_slots: Slots = Slots()
    factuality: Factuality | None = None
    examples: tuple[Example, ...] = ()
    not_: tuple[Example, ...] = ()


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A fixed trigger of several words: the normalised words, and the entry it belongs to."""

    words: tuple[str, ...]
    entry: int


class Codebook(msgspec.Struct, frozen=True):
    """All entries with their indexes.

    Attributes:
        entries: in order of file and place.
        verbs: normalised verb lemma -> indexes into `entries`.
        nouns: normalised noun or adjective lemma -> indexes.
        phrases: first normalised word -> phrases, longest first.
    """

    entries: tuple[Entry, ...]
    verbs: dict[str, tuple[int, ...]]
    nouns: dict[str, tuple[int, ...]]
    phrases: dict[str, tuple[Phrase, ...]]

    def noun_specs(self) -> Iterator[str]:
        """Noun and adjective lemmas with their plurals, for the language room's lexicon."""
        for entry in self.entries:
            yield from entry.noun
            yield from entry.adjective


def _read(path: Path) -> list[Entry]:
    """Read one file.

    Raises:
        CodebookError: not YAML, not a list, or an entry with unknown keys or values.
    """
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path.name}: {error}") from error
    if not isinstance(data, list):
        raise CodebookError(f"{path.name}: not a list of entries")
    entries = []
    for n, item in enumerate(data, 1):
        name = item.get("id", f"entry {n}") if isinstance(item, dict) else f"entry {n}"
        try:
            entries.append(msgspec.convert(item, Entry, strict=False))
        except msgspec.ValidationError as error:
            raise CodebookError(f"{path.name}: {name}: {error}") from error
    return entries


def faults(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry, one sentence a fault; nothing for a sound one."""
    if entry.type not in TYPES:
        yield f"no such type: {entry.type}"
        return
    modes = TYPES[entry.type][1]
    for mode in {entry.mode, *(e.mode for e in entry.examples)} - {None}:
        if mode not in modes:
            yield f"{entry.type} has no mode {mode}"
    if not (entry.verb or entry.noun or entry.adjective or entry.phrase):
        yield "no verb, noun, adjective or phrase proposes it"
    if not entry.examples:
        yield "no example"
    if not entry.not_:
        yield "no counter-example"
    for example in (*entry.examples, *entry.not_):
        if example.trigger and example.trigger not in example.text:
            yield f"trigger not in its example: {example.trigger}"
        if example.factuality is not None and example.factuality not in get_args(Factuality):
            yield f"no such factuality: {example.factuality}"


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    out: dict[str, list[int]] = {}
    for lemma, n in pairs:
        held = out.setdefault(normalise(lemma), [])
        if n not in held:
            held.append(n)
    return {lemma: tuple(held) for lemma, held in out.items()}


def _compile(files: Iterable[Path]) -> Codebook:
    entries: dict[str, Entry] = {}
    for path in files:
        for entry in _read(path):
            entries[entry.id] = entry
    rows = tuple(entries.values())
    phrases: dict[str, list[Phrase]] = {}
    for n, entry in enumerate(rows):
        for text in entry.phrase:
            words = tuple(normalise(text).split())
            if words:
                phrases.setdefault(words[0], []).append(Phrase(words, n))
    return Codebook(
        entries=rows,
        verbs=_index((v, n) for n, e in enumerate(rows) for v in e.verb),
        nouns=_index((x.split("/")[0], n) for n, e in enumerate(rows) for x in (*e.noun, *e.adjective)),
        phrases={first: tuple(sorted(held, key=lambda p: -len(p.words))) for first, held in phrases.items()},
    )


@lru_cache(maxsize=4)
def load_codebook(*extra: Path) -> Codebook:
    """Read the codebook that ships with khabar and the user's files beside it.

    Args:
        extra: folders of a user's tables; their `codebook/*.yaml` are read after ours, an entry with the id
            of one of ours takes its place.

    Raises:
        CodebookError: a file that cannot be used.
    """
    files = sorted(CODEBOOK.glob("*.yaml"))
    for folder in extra:
        files += sorted((folder / "codebook").glob("*.yaml"))
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in files:
        digest.update(path.read_bytes())
    return cached("codebook", digest.hexdigest(), lambda: _compile(files), Codebook)
