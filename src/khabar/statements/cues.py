"""The words that frame speech: which they are, and what each asks to follow it.

The tables beside this module hold the knowledge; here they become one look-up per written word. A word of the
article is looked up once and remembered, so a token costs a dictionary access.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, cast

import msgspec

from khabar.language.model import Gender, NounReading, Number, Tense, Token, VerbReading, Word
from khabar.tables import rows

_TABLES = Path(__file__).parent / "tables"
_PREPOSITIONS = frozenset({"على", "إلى", "عن", "من", "ب", "ل", "في"})
_THAT = re.compile(r"(?:و|ف|ب|وب|فب)?ان(?:ه|ها|هم|هما|هن|نا|ني|ي|ك|كم)?")
_FOLD = str.maketrans("أإآٱىة", "اااايه")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200e\u200f\u202a-\u202e]")
_REMEMBERED = 100_000
"""Words to remember: a bound for runs over millions of articles."""

_PARTICIPLE_ENDINGS: Final[tuple[tuple[str, Gender, Number], ...]] = (
    ("ا", "m", "s"),
    ("ة", "f", "s"),
    ("ين", "m", "p"),
    ("تين", "f", "d"),
    ("ات", "f", "p"),
)
_PRONOUNS: Final[tuple[tuple[str, Gender, Number], ...]] = (
    ("", "c", "s"),
    ("ه", "m", "s"),
    ("ها", "f", "s"),
    ("هما", "c", "d"),
    ("هم", "m", "p"),
    ("هن", "f", "p"),
)


def fold(text: str) -> str:
    """Give the form under which the tables are looked up: marks off, alef, ya and ta marbuta as one."""
    return _MARKS.sub("", text).translate(_FOLD)


class SpeechVerb(msgspec.Struct, frozen=True):
    """A reporting word and what it takes.

    Attributes:
        lemma: citation form.
        frames: see the head of tables/speech_verbs.tsv.
        prepositions: those of `frames` that are prepositions, with a noun phrase or أن after them.
        clausal: prepositions that only أن follows.
        impersonal: folded forms that mean nobody when أن follows at once.
    """

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    clausal: frozenset[str]
    impersonal: frozenset[str]


class Generic(msgspec.Struct, frozen=True):
    """Whom a general noun may mean («الشركة»).

    Attributes:
        kinds: kinds of mention.
        sectors: sectors of its code, or codes without a sector; empty for any.
    """

    kinds: frozenset[str]
    sectors: frozenset[str]


class Cue(msgspec.Struct, frozen=True):
    """A word read as a reporting word.

    Attributes:
        kind: «verb», «participle» («مضيفا») or «masdar» («قوله»).
        verb: its entry.
        gender: of its subject, c where the form does not tell.
        number: of its subject; a verb before its subject is singular for all.
        tense: past or present; past for the nominal kinds.
        joined: a و or ف is attached in front.
        pronoun: attached pronoun, or "".
        passive: see `VerbReading.passive`.
        proclitic: attached preposition of a verbal noun («بقوله»), or "".
    """

    kind: str
    verb: SpeechVerb
    gender: Gender
    number: Number
    tense: Tense
    joined: bool
    pronoun: str = ""
    passive: bool | None = False
    proclitic: str = ""


class Feature(msgspec.Struct, frozen=True):
    """What a written word is to this room.

    Attributes:
        form: folded form.
        bare: folded form without و or ف in front.
        cues: its readings as reporting word, likelier first.
        that: it is إن or أن, with or without pronoun and «ب».
        joined: a و or ف is in front.
        kinds: classes of tables/cue_phrases.tsv that the whole word, less و or ف, belongs to.
        phrases: phrases that begin with the word: (rest of the words, kind).
        verb: it may be a finite verb in the third person.
        noun: it may be a verbal noun without article, or another word that begins what is announced.
        act: it may be a verb of an act that is no report.
        colon: it is a colon.
        comma: it is a comma or semicolon.
        paper: it is a statement, a report or the like without article.
        live: it may report: a reporting word or a phrase of source.
        plain: it is nothing to this room.
    """

    form: str
    bare: str
    cues: tuple[Cue, ...]
    that: bool
    joined: bool
    kinds: frozenset[str]
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    verb: bool
    noun: bool
    act: bool
    colon: bool
    comma: bool
    paper: bool
    live: bool
    plain: bool


def _rows(name: str) -> Iterator[tuple[str, ...]]:
    return (tuple(row.values()) for row in rows(_TABLES / name))


class Cues:
    """The tables, compiled, and the words seen so far."""

    def __init__(self) -> None:
        self.verbs: dict[str, SpeechVerb] = {}
        self._nominal: dict[str, list[Cue]] = {}
        for lemma, participle, masdars, frames, impersonal in _rows("speech_verbs.tsv"):
            taken = frozenset(frames.split("|"))
            none = frozenset(fold(form) for form in impersonal.split("|") if form)
            clause = frozenset(frame[1:] for frame in taken if frame.startswith("+"))
            verb = SpeechVerb(lemma, taken, taken & _PREPOSITIONS, clause, none)
            self.verbs[lemma] = verb
            self._add_nominal(verb, participle, masdars)
        self._kinds: dict[str, set[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, kind in _rows("cue_phrases.tsv"):
            self._add_phrase(phrase, kind)
        self.acts = frozenset(phrase for phrase, kind in _rows("cue_phrases.tsv") if kind == "act-verb")
        self.generic = {
            fold(noun): Generic(frozenset(kinds.split("|")), frozenset(filter(None, sectors.split("|"))))
            for noun, kinds, sectors in _rows("generic.tsv")
        }
        self.voices = {fold(noun): code for noun, code in _rows("voices.tsv")}
        self.papers = frozenset(form for form, kinds in self._kinds.items() if "medium" in kinds)
        self._seen: dict[str, Feature] = {}

    def _add_nominal(self, verb: SpeechVerb, participle: str, masdars: str) -> None:
        if participle:
            for ending, gender, number in _PARTICIPLE_ENDINGS:
                # «مدعين», not «مدعيين»
                short = participle.endswith("ي") and ending == "ين"
                stem = participle[:-1] if short else participle
                cue = Cue("participle", verb, gender, number, "past", joined=False)
                self._nominal.setdefault(fold(stem + ending), []).append(cue)
        for masdar in filter(None, masdars.split("|")):
            for pronoun, gender, number in _PRONOUNS:
                stem = masdar[:-1] + "ت" if pronoun and masdar.endswith("ة") else masdar
                cue = Cue("masdar", verb, gender, number, "past", joined=False, pronoun=pronoun)
                self._nominal.setdefault(fold(stem + pronoun), []).append(cue)

    def _add_phrase(self, phrase: str, kind: str) -> None:
        words = [fold(word) for word in phrase.split()]
        if kind == "act-participle":
            for ending in ("ا", "ه", "ين"):
                stem = words[0][:-1] if words[0].endswith("ي") and ending == "ين" else words[0]
                self._kinds.setdefault(stem + ending, set()).add(kind)
        elif kind == "act-verb":
            return
        elif kind in {"feeling", "object"}:
            for pronoun, _, _ in _PRONOUNS:
                stem = phrase[:-1] + "ت" if pronoun and phrase.endswith("ة") else phrase
                self._kinds.setdefault(fold(stem + pronoun), set()).add(kind)
            if kind == "feeling":
                self._kinds.setdefault("ال" + words[0], set()).add(kind)
        elif kind == "medium":
            self._kinds.setdefault(words[0], set()).add(kind)
            self._kinds.setdefault("ال" + words[0], set()).add(kind)
        elif len(words) == 1:
            self._kinds.setdefault(words[0], set()).add(kind)
        else:
            self._phrases.setdefault(words[0], []).append((tuple(words[1:]), kind))

    def of(self, tokens: tuple[Token, ...]) -> list[Feature]:
        """Give what the words of a sentence are to this room; the same object for the same spelling."""
        seen = self._seen
        if len(seen) > _REMEMBERED:
            seen.clear()
        get = seen.get
        known = [get(token.word.text) for token in tokens]
        if None in known:
            for token in tokens:
                text = token.word.text
                if text not in seen:
                    seen[text] = self._analyse(token.word)
            known = [get(token.word.text) for token in tokens]
        return cast("list[Feature]", known)

    def _analyse(self, word: Word) -> Feature:
        form = fold(word.text)
        bare = form
        joined = False
        kinds = self._kinds.get(form, set())
        phrases = self._phrases.get(form, [])
        if form[:1] in {"و", "ف"} and len(form) > 2 and form not in self._kinds:
            rest = form[1:]
            if rest in self._kinds or rest in self._phrases or _is_joined(word):
                bare, joined = rest, True
                kinds = kinds | self._kinds.get(rest, set())
                phrases = phrases + self._phrases.get(rest, [])
        cues = self._cues(word, form)
        that = _THAT.fullmatch(form) is not None
        comma = word.text in {"،", ",", "؛", ";"}
        colon = word.text == ":"
        return Feature(
            form=form,
            bare=bare,
            cues=cues,
            that=that,
            joined=joined,
            kinds=frozenset(kinds),
            phrases=tuple(sorted(phrases, key=lambda item: -len(item[0]))),
            verb=any(reading.person == 3 for reading in word.verbs),
            noun="object" in kinds or any(not noun.definite and _is_masdar(noun) for noun in word.nouns),
            act=any(reading.lemma in self.acts for reading in word.verbs),
            colon=colon,
            comma=comma,
            paper="medium" in kinds and not word.article,
            live=bool(cues) or not kinds.isdisjoint({"according", "according-relay"}),
            plain=not (cues or kinds or phrases or joined or that or comma or colon),
        )

    def _cues(self, word: Word, form: str) -> tuple[Cue, ...]:
        cues: list[Cue] = []
        for reading in word.verbs:
            verb = self.verbs.get(reading.lemma)
            if (
                verb is None
                or reading.person != 3
                or reading.tense == "imperative"
                or "nominal" in verb.frames
            ):
                continue
            if reading.pronoun and any(not r.pronoun and r.lemma != reading.lemma for r in word.verbs):
                continue  # «يشارك» is no «يُشار» with a pronoun
            joined = bool(reading.proclitics) and reading.proclitics[0] in {"و", "ف"}
            if len(reading.proclitics) > joined and not reading.future:
                continue  # «ليقول»: what somebody may say
            cues.append(
                Cue(
                    "verb",
                    verb,
                    reading.gender,
                    reading.number,
                    reading.tense,
                    joined=joined,
                    pronoun=reading.pronoun,
                    passive=reading.passive,
                )
            )
        cues.extend(self._nominal.get(form, ()))
        if not cues and form[:1] in {"و", "ف"}:
            cues.extend(msgspec.structs.replace(cue, joined=True) for cue in self._nominal.get(form[1:], ()))
        if not cues and form.startswith("ال"):
            cues.extend(
                cue for cue in self._nominal.get(form[2:], ()) if cue.kind == "masdar" and not cue.pronoun
            )
        if not cues and form[:1] in {"ب", "ل", "ك"}:
            cues.extend(
                msgspec.structs.replace(cue, proclitic=form[0])
                for cue in self._nominal.get(form[1:], ())
                if cue.kind == "masdar"
            )
        return tuple(cues)


def _is_masdar(noun: NounReading) -> bool:
    """Whether a noun of a verb is its verbal noun, by shape: participles are «مفعل», «فاعل»."""
    lemma = noun.lemma
    if not noun.verb:
        return False
    active = len(lemma) == 4 and lemma[1] == "ا" and noun.verb[:1] == lemma[0] and len(noun.verb) == 3
    return not active and (lemma[0] != "م" or len(lemma) == 3 or lemma.endswith("ة"))


def _is_joined(word: Word) -> bool:
    """Whether every reading of a word cuts «و» or «ف» off its front."""
    readings: tuple[VerbReading | NounReading, ...] = (*word.verbs, *word.nouns)
    return bool(readings) and all(r.proclitics[:1] in {("و",), ("ف",)} for r in readings)


@cache
def load() -> Cues:
    """Give the compiled tables, once per process."""
    return Cues()
