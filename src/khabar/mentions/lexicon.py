"""What the room knows of single words: closed classes, given names, nouns of arms.

The tables beside this module are small and about grammar, not about the world; each word of the news is
looked up once and its `Traits` are kept with the string.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from khabar.language import normalise
from khabar.language.model import Token, Word

TABLES: Final = Path(__file__).parent / "tables"

_CACHE_LIMIT: Final = 60_000
"""Distinct words kept; beyond it the cache starts anew."""

_FEMININE: Final = ("ة", "ات", "اء")


NOT_FOREIGN: Final = -99.0
"""The log odds of words that are known to be no foreign names."""


FOLLOWERS: Final = frozenset({"counterpart", "home", "homes", "pair", "last", "realm"})
"""Closed classes of words that stand for somebody named elsewhere."""

COUNTING: Final = frozenset({"other", "quantifier", "number"})
"""Closed classes of words that may stand for people by themselves: «العشرات», «آخرون»."""


class Traits(msgspec.Struct, frozen=True, gc=False):
    """What a word may do in a mention.

    Attributes:
        kind: its closed class («stop», «quantifier», …) or "".
        value: the finer kind within the class.
        proclitics: what was cut off to find the class.
        given: 2 a given name, 1 a name that is a common word too, 0 none; of the whole word.
        given_cut: proclitics to cut for a given name when the whole word is none, else "".
        given_behind: as `given`, of the word without those proclitics.
        servant: makes a given name with the definite word behind it («عبد الرحمن»).
        gender: m or f of the given name, else "".
        particle: stands inside names («بن», «آل», «فون»).
        namelike: may be part of a name that no table has: no article, no known word.
        article: has the definite article.
        arms: a noun of arms.
        masdar: a verbal noun, so hardly a person: «مساعدة», «مهاجمة».
        surnamelike: has the article and may be a surname («الحوالي»): no known word follows from it.
        common: a frequent word of news prose, or a finite verb with nothing in front, or a word that ends as
            no name does but by chance: in the feminine or its plural.
        frequent: the first of these alone: «غزة» ends in the feminine and is a city.
        known: a noun of the noun table.
        soft: may be a surname for all that tables know a rare reading of it: a participle («محفوظ»).
        word: it is an Arabic word.
        foreign: log odds by its letters that it is a foreign name; `NOT_FOREIGN` for words that tables know.
        marker: the word itself when it shows which of two spellings the writer keeps apart, else "".
        folded: its letters for the comparison of names, see `fold_name`.
    """

    kind: str = ""
    value: str = ""
    proclitics: str = ""
    given: int = 0
    given_cut: str = ""
    given_behind: int = 0
    servant: bool = False
    gender: str = ""
    particle: bool = False
    namelike: bool = False
    article: bool = False
    arms: bool = False
    masdar: bool = False
    surnamelike: bool = False
    common: bool = False
    frequent: bool = False
    known: bool = False
    soft: bool = False
    word: bool = False
    foreign: float = NOT_FOREIGN
    begins: bool = False
    says: bool = False
    marker: str = ""
    folded: str = ""


class Lexicon:
    """The room's own tables, compiled."""

    def __init__(self, folder: Path = TABLES) -> None:
        """Reads the tables.

        Args:
            folder: where words.tsv, given_names.tsv and arms.tsv and common_words.tsv are.

        Raises:
            OSError: when a table is missing.
        """
        self._classes: dict[str, list[tuple[str, str]]] = {}
        self._markers: set[str] = set()
        self._says: set[str] = set()
        self._his: set[str] = set()
        for row in rows(folder / "words.tsv"):
            for form in row[2].split("|"):
                self._classes.setdefault(normalise(form), []).append((row[0], row[1]))
            if row[0] in FOLLOWERS:
                self._his.update(normalise(form) for form in row[2].split("|") if form.endswith("ه"))
            if row[0] == "says":
                self._says.update(row[2].split("|"))
            if row[0] == "doubtful":
                self._markers.add(row[1])
        self._given = {
            fold_alef(row[0]): (1 if row[3] == "~" else 2, row[1])
            for row in rows(folder / "given_names.tsv")
            if row[0].startswith("ال") or not fold_alef(row[0]).startswith("ال")
        }
        self._servants = frozenset(row[0] for row in rows(folder / "given_names.tsv") if row[3] == "+")
        # «آلان» folds to «الان»: only with its hamza is it no article
        self._hamza_given = {
            row[0]: (1 if row[3] == "~" else 2, row[1])
            for row in rows(folder / "given_names.tsv")
            if fold_alef(row[0]).startswith("ال") and not row[0].startswith("ال")
        }
        self._arms = frozenset(normalise(row[0]) for row in rows(folder / "arms.tsv"))
        self._common = frozenset(row[0] for row in rows(folder / "common_words.tsv"))
        self.sorts = {row[0]: frozenset(row[1].split("|")) for row in rows(folder / "sorts.tsv")}
        """Sort of a general noun to the sorts of bodies it may take up again."""
        self.families: dict[str, frozenset[str]] = {}
        """Title to all titles of its families."""
        for row in rows(folder / "families.tsv"):
            titles = frozenset(row[1].split("|"))
            for title in titles:
                self.families[title] = self.families.get(title, frozenset()) | titles
        self.siblings = [(row[0], row[1]) for row in rows(folder / "siblings.tsv")]
        """Pairs of states of one nation's name."""
        self.standing: dict[str, list[tuple[str, str]]] = {}
        """Id of a general noun to (country of the article, entity it stands for), in the order of trial."""
        for row in rows(folder / "standing.tsv"):
            self.standing.setdefault(row[0], []).append((row[1], row[2]))
        self._shapes = {row[0]: float(row[1]) for row in rows(folder / "name_shapes.tsv")}
        self._cache: dict[str, Traits] = {}

    def traits(self, word: Word) -> Traits:
        """What a word may do; the same object again for the same string."""
        found = self._cache.get(word.text)
        if found is None:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            found = self._cache[word.text] = self._judge(word)
        return found

    def traits_of(self, tokens: Sequence[Token]) -> list[Traits]:
        """The traits of each token's word."""
        get, traits = self._cache.get, self.traits
        return [get(token.word.text) or traits(token.word) for token in tokens]

    def _judge(self, word: Word) -> Traits:
        if word.kind == "number":
            return Traits("number", "p", begins=True)
        if word.kind != "word":
            return Traits()
        kind, value, cut, particle = self._class(word)
        given, gender, given_cut, behind = self._name(word)
        article = word.article
        verbal = any(reading.person == 3 and reading.tense != "imperative" for reading in word.verbs)
        finite = any(
            reading.person == 3 and reading.tense != "imperative" and not reading.proclitics
            for reading in word.verbs
        )
        frequent = self._is_frequent(word)
        common = frequent or word.text.endswith(_FEMININE) or len(word.text) < 2
        read = bool(verbal or word.nouns or kind)
        namelike = given == 2 or (given == 1 and not kind) or not (read or common or article)
        unknown = namelike and not given
        foreign = self._foreign(fold_name(word.text)) if unknown else NOT_FOREIGN
        return Traits(
            kind=kind,
            value=value,
            proclitics=cut,
            given=given,
            given_cut=given_cut,
            given_behind=behind,
            servant=word.text in self._servants,
            gender=gender,
            particle=particle,
            namelike=namelike,
            article=article,
            arms=any(key.form.removeprefix("ال") in self._arms for key in word.keys),
            masdar=not article and _is_masdar(word),
            surnamelike=article and not read and word.text not in self._common,
            common=common or finite,
            frequent=frequent,
            known=bool(word.nouns),
            soft=read and not (kind or common or given) and _is_soft(word),
            word=True,
            says=any(reading.lemma in self._says and reading.person == 3 for reading in word.verbs),
            foreign=foreign,
            begins=unknown or given > 0 or behind > 0 or kind in FOLLOWERS or kind in COUNTING,
            marker=word.text if word.text in self._markers else "",
            folded=fold_name(word.text),
        )

    def _class(self, word: Word) -> tuple[str, str, str, bool]:
        """The closed class of a word, its value, the proclitics cut off; whether it is a name particle."""
        particle = False
        for key in word.keys:
            for name, fine in self._classes.get(key.form, ()):
                if key.form in self._his and word.text.endswith("ة"):
                    continue  # «بلدة» is a town, «بلده» his country
                if name != "particle":
                    return name, fine, key.proclitics, particle
                particle = particle or not key.proclitics
        return "", "", "", particle

    def _foreign(self, folded: str) -> float:
        """Log odds that a word is a foreign name, from its runs of one to three letters."""
        framed = f"^{folded}$"
        size = len(framed)
        shapes = self._shapes
        runs = {framed[i : i + n] for n in (1, 2, 3) for i in range(size - n + 1)}
        score = shapes.get("*", 0.0) + shapes.get(f"#{min(len(folded), 9)}", 0.0)
        return score + sum(shapes.get(run, 0.0) for run in runs)

    def _is_frequent(self, word: Word) -> bool:
        """Whether news prose uses a word often, by itself or behind a conjunction."""
        text = word.text
        return text in self._common or (
            len(text) >= _CUTTABLE and text[0] in "وف" and text[1:] in self._common
        )

    def _name(self, word: Word) -> tuple[int, str, str, int]:
        """Level and gender of a given name, the proclitics cut off to find it, its level behind them."""
        spelling = fold_alef(word.text)
        whole = self._given.get(spelling) or self._hamza_given.get(word.text)
        if whole:
            return whole[0], whole[1], "", 0
        for key in word.keys[1:]:
            found = self._given.get(spelling[len(key.proclitics) :])
            if found:
                return 0, found[1], key.proclitics, found[0]
        return 0, "", "", 0


def _is_masdar(word: Word) -> bool:
    """A verbal noun or masculine participle as it stands: «مساعدة» of «ساعد», not «محامية» of «محامٍ»."""
    return any(
        reading.verb
        and reading.number == "s"
        and not reading.pronoun
        and reading.lemma.endswith("ة") == word.text.endswith("ة")
        for reading in word.nouns
    )


_CUTTABLE: Final = 4
"""Letters of the shortest word that a conjunction is cut from: «فاس» is the city."""

_MY: Final = frozenset({"", "ي"})
"""A pronoun of the first person at the end of a surname is its own letter: «محبي»."""


def _is_soft(word: Word) -> bool:
    """Known as a bare noun only, or as a verb behind «ف»."""
    for reading in word.verbs:
        if reading.person == 3 and reading.tense != "imperative" and not reading.proclitics:
            return False
    return not any(reading.proclitics or reading.pronoun not in _MY for reading in word.nouns)


_ALEFS: Final = str.maketrans("أإآٱ", "اااا")


def fold_alef(text: str) -> str:
    """A name less the hamza of its alefs; the two ya stay apart, for «على» is not «علي»."""
    return text.translate(_ALEFS)


def fold_name(name: str) -> str:
    """A name for comparison: without hamza, ta marbuta as ha, hyphens as spaces."""
    return fold_alef(name.replace("-", " ")).replace("ة", "ه")


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table as lists of cells, filled up with "" to the width of the header.

    Args:
        path: a TSV file with a header line.

    Yields:
        The cells of each row below the header that is no comment.
    """
    lines = [
        line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    width = lines[0].count("\t") + 1
    for line in lines[1:]:
        cells = line.split("\t")
        yield cells + [""] * (width - len(cells))
