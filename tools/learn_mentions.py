"""Learns the weights that the mentions room ships, from annotated articles and from the tables.

    python tools/learn_mentions.py country GOLD…  # tables/country_weights.tsv, from annotated articles
    python tools/learn_mentions.py shapes  # tables/name_shapes.tsv, from names and words of the news

Both are linear models whose weights a reader can follow.
"""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fit import Choices, Group
from khabar.knowledge import load
from khabar.language import Analyzer, load_lexicon
from khabar.language.tokens import spans
from khabar.mentions import MentionFinder, country
from khabar.mentions.country import Context
from khabar.mentions.draft import Draft
from khabar.mentions.lexicon import TABLES, Lexicon, fold_name, rows
from khabar.reading import read_text
from lessons import read_gold

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "train.jsonl"

NEWS = GOLD.parents[1] / "data" / "articles_more.jsonl.gz"
EVERY = 3
"""Every how many-th article is counted: enough for stable counts."""

LEAST = 4
"""Occurrences that a word must have."""

MOST_BEHIND = 0.02
"""Share of its occurrences that a common word may have behind a given name."""

CERTAIN = 2
"""Level of a given name that is no common word, see `Traits.given`."""

ARAB_STATES = frozenset(
    {"SAU", "ARE", "QAT", "KWT", "BHR", "OMN", "YEM", "IRQ", "SYR", "LBN", "JOR", "PSE", "EGY", "SDN"}
    | {"LBY", "TUN", "DZA", "MAR", "MRT", "SOM"}
)
"""States whose people mostly bear Arabic names; all others' names teach what a foreign one looks like."""

STATELESS = frozenset({"UNK", "UNO", "EUR", "IGO", "NGO", "IMG", "MNC"})
LONGEST_DIFFERENCE = 25
"""Code points by which a gold span and a draft may differ in length and still be the same mention."""

SMALLEST_WEIGHT = 0.25
"""Shapes that weigh less are left out: they change no decision and make the table long."""


class Case(NamedTuple):
    """A draft without a country, the evidence for each country, and the gold one."""

    article: int
    evidence: dict[str, list[tuple[str, float]]]
    gold: str


def cases(articles: Iterable[dict[str, Any]]) -> list[Case]:
    """The drafts of annotated articles whose country the context has to tell.

    Args:
        articles: gold records with their texts.

    Returns:
        One case for each draft that overlaps an annotated actor with a country.
    """
    analyzer, finder = Analyzer(load_lexicon()), MentionFinder(load())
    asked: list[tuple[Draft, dict[str, list[tuple[str, float]]]]] = []
    answer = Context.country

    def listen(self: Context, draft: Draft, sentence: Sequence[Draft]) -> str:
        if not draft.pronoun:
            found: dict[str, list[tuple[str, float]]] = {}
            kind = country.sort_of(draft)
            for name, what, amount in self.evidence(draft, sentence):
                found.setdefault(name, []).extend([(what, amount), (f"{what}:{kind}", amount)])
            asked.append((draft, found))
        return answer(self, draft, sentence)

    Context.country = listen  # type: ignore[method-assign]
    learned: list[Case] = []
    try:
        for number, gold in enumerate(articles):
            asked.clear()
            published = dt.datetime.fromisoformat(gold["published"])
            article = read_text(gold["text"], id=gold["id"], published=published, outlet=gold["outlet"])
            finder.find(article, analyzer.sentences(article))
            labels = dict(annotated(gold))
            learned.extend(matched(number, asked, labels))
    finally:
        Context.country = answer  # type: ignore[method-assign]
    return learned


def annotated(gold: dict[str, Any]) -> Iterator[tuple[tuple[int, int], str]]:
    """Spans and countries of the actors, recipients and speakers of one gold article."""
    text = gold["text"]
    for event in gold["events"]:
        trigger = event["trigger"]["start"]
        for side in ("actors", "recipients", "said_by"):
            for entity in event[side]:
                words, code = entity.get("text"), entity["code"].split()[0]
                if not words or code in STATELESS:
                    continue
                starts = [match.start() for match in re.finditer(re.escape(words), text)]
                if starts:
                    start = min(starts, key=lambda place: abs(place - trigger))
                    yield (start, start + len(words)), code


def matched(
    number: int,
    asked: Iterable[tuple[Draft, dict[str, list[tuple[str, float]]]]],
    labels: dict[tuple[int, int], str],
) -> Iterator[Case]:
    """Pairs drafts with annotated spans by overlap of the head."""
    for draft, evidence in asked:
        tokens = draft.line.tokens
        length = tokens[draft.last].end - tokens[draft.first].start
        head = tokens[draft.head].start
        fits = [
            code
            for (start, end), code in labels.items()
            if start <= head < end and abs(end - start - length) < LONGEST_DIFFERENCE
        ]
        if fits and fits[-1] in evidence:
            yield Case(number, evidence, fits[-1])


def learn_country(*paths: str) -> None:
    """Writes country_weights.tsv: a softmax over the countries of the article, with ridge penalty 1."""
    from scipy.optimize import minimize  # noqa: PLC0415 - only here

    found = cases(gold for path in paths or (GOLD,) for gold in read_gold(Path(path)))
    names = sorted({what for case in found for pairs in case.evidence.values() for what, _ in pairs})
    index = {name: number for number, name in enumerate(names)}
    laid_out = []
    for case in found:
        countries = list(case.evidence)
        matrix = np.zeros((len(countries), len(names)))
        for row, name in enumerate(countries):
            for what, amount in case.evidence[name]:
                matrix[row, index[what]] += amount
        laid_out.append((case.article, matrix, countries.index(case.gold)))

    def fit(some: Sequence[tuple[int, Any, int]]) -> Any:
        def loss(weights: Any) -> tuple[float, Any]:
            total, slope = weights @ weights / 2, weights.copy()
            for _, matrix, gold in some:
                scores = matrix @ weights
                odds = np.exp(scores - scores.max())
                odds /= odds.sum()
                total -= np.log(odds[gold] + 1e-12)
                slope += matrix.T @ odds - matrix[gold]
            return total, slope

        return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x

    right = 0
    for fold in range(5):
        weights = fit([case for case in laid_out if case[0] % 5 != fold])
        right += sum(int(np.argmax(m @ weights)) == gold for a, m, gold in laid_out if a % 5 == fold)
    print(f"{len(laid_out)} cases, right in cross-validation: {right / len(laid_out):.3f}")
    weights = fit(laid_out)
    write(
        TABLES / "country_weights.tsv",
        "evidence\tweight",
        "# What speaks for a country where a phrase has none, and how much; see country.py. Learned\n"
        "# from annotated articles (tools/learn_mentions.py). `:organ`, `:people`, `:other` add to it.",
        [f"{name}\t{weight:.2f}" for name, weight in zip(names, weights, strict=True)],
    )


def frequent_words() -> list[str]:
    """Words of the news that hardly ever stand behind a given name, each at least `LEAST` times."""
    analyzer, lexicon = Analyzer(load_lexicon()), Lexicon()
    total: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, 0, None, EVERY):
            text = json.loads(line)["text"]
            after_given = False
            for start, end in spans(text):
                word = analyzer.word(text[start:end])
                if word.kind != "word":
                    after_given = False
                    continue
                total[word.text] += 1
                behind[word.text] += after_given
                trait = lexicon.traits(word)
                after_given = trait.given == CERTAIN or (after_given and trait.particle)
    return [
        text
        for text, count in total.items()
        if count >= LEAST
        and behind[text] / count <= MOST_BEHIND
        and not (trait := lexicon.traits(analyzer.word(text))).given
        and trait.given_behind < CERTAIN
    ]


def runs(word: str) -> list[str]:
    """The runs of one to three letters of a framed word, and its length."""
    framed = f"^{word}$"
    size = len(framed)
    found = {framed[i : i + n] for n in (1, 2, 3) for i in range(size - n + 1)}
    return sorted(found | {f"#{min(len(word), 9)}"})


def learn_shapes() -> None:
    """Writes name_shapes.tsv: foreign names against common words, logistic regression."""
    names: set[str] = set()
    arabic: set[str] = set()
    for entity in load().entities.values():
        if entity.kind == "person" and entity.country not in ARAB_STATES:
            names.update(fold_name(word) for word in entity.name.split() if not word.startswith("ال"))
    for row in rows(TABLES / "given_names.tsv"):
        (arabic if row[2].startswith("ar") else names).add(fold_name(row[0]))
    words_of_news = frequent_words()
    names = {name for name in names if len(name) > 2}
    common = {fold_name(word) for word in words_of_news} - arabic - names
    common = {word for word in common if len(word) > 2 and not word.startswith("ال")}
    words = [*sorted(names), *sorted(common)]
    # the choice is between «no name», which has no features and scores 0, and the word's runs
    groups = [Group([[], ["*", *runs(word)]], frozenset((int(word in names),))) for word in words]
    weights = Choices(groups).fit(l2=10 / 3, least=1, iterations=300)
    rest = weights.pop("*")
    kept = {shape: weight for shape, weight in weights.items() if abs(weight) >= SMALLEST_WEIGHT}
    print(f"{len(names)} names, {len(common)} words, {len(kept)} shapes kept of {len(weights)}")
    write(
        TABLES / "name_shapes.tsv",
        "shape\tweight",
        "# How much a run of letters speaks for a foreign name in Arabic script: ^ and $ frame the\n"
        "# word, #n its length, * the rest. Learned from names against words (tools/learn_mentions.py).",
        [f"*\t{rest:.2f}", *(f"{shape}\t{kept[shape]:.2f}" for shape in sorted(kept))],
    )


def write(path: Path, header: str, comment: str, lines: Iterable[str]) -> None:
    """Writes a table: header, comment, rows."""
    path.write_text("\n".join([header, comment, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    {"country": learn_country, "shapes": learn_shapes}[sys.argv[1]](*sys.argv[2:])
