"""Group words by the company they keep: derive_word_classes.py [ARTICLES] [--out TABLE] [--classes N].

Reads news (../shared/data/articles.jsonl.gz unless another file is named), counts which words stand next to
which, and gathers words with like neighbours into classes, «أعلن» with «أكد», «ضربة» with «حملة». What the
event room learns of a word it then knows something of for the others of its class. The table holds single
words and no text; a class is named by its most frequent word. The same articles give the same table.

Neighbours at one and two places, before and after, are weighed by positive pointwise mutual information with
smoothed contexts (Levy, Goldberg and Dagan 2015), brought to 100 dimensions by singular values, and gathered
by k-means on the sphere.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

from khabar.events.context import stem_of
from khabar.language import Analyzer, load_lexicon
from khabar.reading import read_text
from readme import ROOT

ARTICLES = ROOT.parent / "shared" / "data" / "articles.jsonl.gz"
TABLE = ROOT / "src" / "khabar" / "events" / "tables" / "word_classes.tsv"
#: Times a word must occur; words at most; neighbours at most; dimensions; rounds of k-means.
LEAST, WORDS, NEIGHBOURS, DIMENSIONS, ROUNDS = 8, 15_000, 4_000, 100, 40
#: Exponent that takes weight from rare neighbours. Source: Levy, Goldberg and Dagan 2015, section 3.3.
SMOOTHED = 0.75
_HEAD = """\
# Words that stand among like neighbours in the news, so that what is learned of one holds for the others:
# each with the most frequent word of its class. Written by tools/derive_word_classes.py from counts over
# 12,000 articles, not by hand.
word\tclass
"""


def sentences(path: Path) -> Iterator[list[str]]:
    """Stems of each sentence, numbers as «#», marks left out; a sentence that is told again only once."""
    analyzer = Analyzer(load_lexicon())
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = read_text(json.loads(line)["text"])
            for sentence in analyzer.sentences(article):
                words = [t.word for t in sentence.tokens if t.word.kind != "punct"]
                stems = [stem_of(w) if w.kind == "word" else "#" for w in words]
                key = " ".join(stems)
                if key not in seen:
                    seen.add(key)
                    yield [s for s in stems if s]


def neighbours(text: list[list[str]], index: dict[str, int], contexts: int) -> csr_matrix:
    """How often each word has each frequent one at each of the four places around it, weighed."""
    rows, columns = [], []
    for stems in text:
        ids = [index.get(s, -1) for s in stems]
        for at, word in enumerate(ids):
            if word < 0:
                continue
            for place, step in enumerate((-1, 1, -2, 2)):
                other = at + step
                if 0 <= other < len(ids) and 0 <= ids[other] < contexts:
                    rows.append(word)
                    columns.append(ids[other] + contexts * place)
    shape = (len(index), 4 * contexts)
    counts = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    counts.sum_duplicates()
    total = counts.sum()
    word_sums = np.asarray(counts.sum(axis=1)).ravel()
    smoothed = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHED
    smoothed *= total / smoothed.sum()
    held = counts.tocoo()
    weights = np.log(held.data * total / (word_sums[held.row] * smoothed[held.col]))
    kept = weights > 0
    return csr_matrix((weights[kept], (held.row[kept], held.col[kept])), shape=shape)


def gathered(weighed: csr_matrix, sizes: np.ndarray, classes: int) -> np.ndarray:
    """The class of each word, a number. Words are in the order of their frequency."""
    start = np.ones(min(weighed.shape))
    left, values, _ = svds(weighed, k=min(DIMENSIONS, min(weighed.shape) - 1), v0=start, random_state=0)
    points = left * np.sqrt(values)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    # begin with frequent words far from each other
    top = points[: 4 * classes]
    chosen, far = [0], 1 - top @ top[0]
    for _ in range(min(classes, len(top)) - 1):
        chosen.append(int(np.argmax(far)))
        far = np.minimum(far, 1 - top @ top[chosen[-1]])
    centres = top[chosen].copy()
    weight = np.sqrt(sizes)[:, None]
    for _ in range(ROUNDS):
        of = np.argmax(points @ centres.T, axis=1)
        for k in range(len(centres)):
            mine = of == k
            if mine.any():
                middle = (points[mine] * weight[mine]).sum(axis=0)
                centres[k] = middle / (np.linalg.norm(middle) + 1e-9)
    return np.asarray(np.argmax(points @ centres.T, axis=1))


def derive(text: Iterable[list[str]], classes: int) -> dict[str, str]:
    """Word -> most frequent word of its class."""
    held = list(text)
    tally = Counter(s for stems in held for s in stems)
    words = [w for w, n in tally.most_common(WORDS) if n >= LEAST]
    index = {w: n for n, w in enumerate(words)}
    weighed = neighbours(held, index, min(len(words), NEIGHBOURS))
    of = gathered(weighed, np.array([tally[w] for w in words], dtype=float), classes)
    names: dict[int, str] = {}
    return {w: names.setdefault(int(k), w) for w, k in zip(words, of, strict=True)}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES)
    parser.add_argument("--out", type=Path, default=TABLE)
    parser.add_argument("--classes", type=int, default=300)
    args = parser.parse_args()
    table = derive(sentences(args.articles), args.classes)
    lines = [f"{word}\t{table[word]}\n" for word in sorted(table)]
    args.out.write_text(_HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
