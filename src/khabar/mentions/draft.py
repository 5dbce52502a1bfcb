"""The working types of the room: a sentence laid out for the grammar, and a mention in the making."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from khabar.knowledge.model import Entity, Hit
from khabar.language.model import Sentence, Token
from khabar.mentions.lexicon import Lexicon, Traits
from khabar.mentions.model import Mention, MentionKind

SECTORLESS: Final = frozenset({"UNO", "EUR", "IGO", "NGO"})
"""Bodies whose code has no sector (coding guide, section 3, country codes)."""


SECTORS: Final = frozenset(
    {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL"}
    | {"EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
)
"""PLOVER sectors (coding guide, section 3)."""


NO_STATE: Final = "UNK"
"""Country of those who are of several states or of none that is known: «القوى الغربية»."""


def is_generic(entity: Entity) -> bool:
    """A noun for people or institutions whose code is a sector alone: «شرطة», «رئيس», not «الإنتربول»."""
    return not entity.code or entity.code.split(" ", 1)[0] in SECTORS


def compose(country: str, sector: str) -> str:
    """The PLOVER code of a country or body and a sector.

    Args:
        country: ISO alpha-3, a body, or "" for unknown.
        sector: «GOV», «MIL», … or "".

    Returns:
        «RUS GOV»; a body without sectors alone; «UNK GOV» for a sector of no country, «UNK» for neither.
    """
    if country in SECTORLESS:
        return country
    return f"{country or 'UNK'} {sector}".rstrip()


def country_of(code: str) -> str:
    """The country or body of a code, "" for an unknown one."""
    head = code.split(" ", 1)[0]
    return "" if head == "UNK" else head


def sector_of(code: str) -> str:
    """The sectors of a code, "" when it has none."""
    return code.partition(" ")[2]


class Line:
    """A sentence with what the tables and the lexicon say of each of its tokens."""

    __slots__ = ("at", "sentence", "tokens", "traits", "vouched")

    def __init__(self, sentence: Sentence, hits: Sequence[Hit], lexicon: Lexicon, vouched: set[str]) -> None:
        """Lays out one sentence.

        Args:
            sentence: the sentence.
            hits: what the tables found in it.
            lexicon: the room's own words.
            vouched: entities that the article names by more than one word somewhere, and spellings that it
                keeps («على» apart from «علي»); filled here.
        """
        self.sentence: Final = sentence
        self.tokens: Final = sentence.tokens
        self.traits: Final[list[Traits]] = lexicon.traits_of(sentence.tokens)
        vouched.update([trait.marker for trait in self.traits if trait.marker])
        at: dict[int, list[Hit]] = {}
        for hit in hits:
            at.setdefault(hit.first, []).append(hit)
            if hit.last > hit.first:
                vouched.add(hit.entity)
        self.at: Final = at
        self.vouched: Final = vouched
        """Entities and spellings that the article uses beyond doubt, shared by its lines."""

    def names(self, entity_id: str) -> bool:
        """Whether the line names an entity by more than its nationality."""
        return any(
            hit.entity == entity_id and hit.kind != "demonym" for hits in self.at.values() for hit in hits
        )

    def rename(self, entity_id: str, other: str) -> None:
        """Takes the nationality of one state for that of another."""
        for hits in self.at.values():
            for place, hit in enumerate(hits):
                if hit.entity == entity_id and hit.kind == "demonym" and hit.last == hit.first:
                    hits[place] = msgspec.structs.replace(hit, entity=other)


class Draft:
    """A mention in the making; `mention` turns it into the plain type once all is settled."""

    __slots__ = (
        "candidates",
        "complement",
        "country",
        "definite",
        "end",
        "entity",
        "first",
        "former",
        "gender",
        "group",
        "head",
        "key",
        "kind",
        "last",
        "line",
        "name",
        "nisba",
        "number",
        "office",
        "own",
        "proclitic",
        "pronoun",
        "quantified",
        "resolved",
        "role",
        "rule",
        "sector",
        "short",
        "start",
        "subkind",
    )

    def __init__(self, line: Line, first: int, last: int, kind: MentionKind, rule: str) -> None:
        self.line = line
        self.first = first
        self.last = last
        self.head = first
        self.kind: MentionKind = kind
        self.rule = rule
        self.entity = ""
        self.name = ""
        self.country = ""
        self.sector = ""
        self.role = ""
        self.office = ""
        self.subkind = ""
        self.key = ""
        self.nisba = False
        self.proclitic = ""
        self.pronoun = ""
        self.number: Literal["s", "d", "p"] = "s"
        self.gender: Literal["m", "f", "c"] = "c"
        self.resolved = False
        self.group = 0
        self.definite = False
        self.former = False
        self.own = False
        self.quantified = False
        self.complement: Draft | None = None
        self.candidates: tuple[str, ...] = ()
        self.short = False
        self.start = 0
        self.end = 0

    @property
    def code(self) -> str:
        """The code as far as it is known; an unknown sector has no country but one of its own words."""
        if self.sector == "UNK" and not self.own:
            return (self.country or "UNK") if self.subkind == "side" else "UNK"
        return compose(self.country, self.sector)

    def twin(self) -> Draft:
        """A copy, for the second member of a compound."""
        other = Draft(self.line, self.first, self.last, self.kind, self.rule)
        for slot in self.__slots__:
            setattr(other, slot, getattr(self, slot))
        return other

    def mention(self) -> Mention:
        """The finished mention."""
        tokens = self.line.tokens
        code = self.code
        if self.kind == "place" and self.rule.endswith("locative"):
            code = self.country or "UNK"
        return Mention(
            start=after_proclitics(tokens[self.first], self.proclitic),
            end=tokens[self.last].end,
            sentence=self.line.sentence.index,
            first=self.first,
            last=self.last,
            head=self.head,
            kind=self.kind,
            entity=self.entity,
            name=self.name,
            code=code,
            country=self.country,
            nisba=self.nisba,
            proclitic=self.proclitic,
            number=self.number,
            gender=self.gender,
            resolved=self.resolved,
            rule=self.rule,
            group=self.group,
        )


def after_proclitics(token: Token, proclitics: str) -> int:
    """Where a name begins inside its token.

    The lam of «للرئيس» has swallowed an alef of the name, so it stays with it; marks and tatweel between
    the letters are stepped over («بـ»).

    Args:
        token: the first token of the mention.
        proclitics: the letters in front, as folded.

    Returns:
        A code point offset into the article.
    """
    count = len(proclitics)
    if not count:
        return token.start
    letters = token.text
    if proclitics.endswith("ل") and token.word.text[count - 1 : count + 1] == "لل":
        count -= 1
    position = 0
    while position < len(letters) and (count or not _is_letter(letters[position])):
        if _is_letter(letters[position]):
            count -= 1
        position += 1
    return token.start + position


def _is_letter(char: str) -> bool:
    return char.isalpha() and char != "ـ"


def form_of(hit: Hit) -> tuple[Literal["s", "d", "p"], Literal["m", "f", "c"]]:
    """Number and gender that the tables gave for a hit («mp» gives p, m)."""
    form = hit.form
    if len(form) < 2:
        return "s", "c"
    gender: Literal["m", "f", "c"] = "f" if form[0] == "f" else "m"
    number: Literal["s", "d", "p"] = "d" if form[1] == "d" else "p" if form[1] == "p" else "s"
    return number, gender


def is_country(entity: Entity) -> bool:
    """A state or territory of the country table."""
    return entity.kind == "country"
