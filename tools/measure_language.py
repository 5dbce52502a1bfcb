"""Measure the language room on two treebanks: segmentation into clitics, and recall of verb lemmas.

    python tools/measure_language.py [--data ../shared/data] [--errors 40]

Segmentation. The unit is the Arabic word as khabar cuts it from the text; a word counts as right when
khabar's likeliest cut has its bounds exactly where gold has them. Gold conventions, and what is done
about them:

* Both treebanks leave the article with its noun, and so does khabar's cut; in «للرئيس» the bound is
  after the first ل for all.
* PUD writes every piece as it stands in the text, so bounds are read off directly.
* PADT v1 has no raw text and no word bounds: they are rebuilt from the pieces. One-letter particles
  are joined to the next piece, pronouns to the one before; ل + ال is written لل, ة before a pronoun ت, a
  last ى ا, the plural's وا و. Where that rebuilding cannot tell (a particle before a number or a mark),
  the word is left out.
* Words of foreign letters, numbers and marks are left out.

Verb lemmas. Of gold VERB tokens, without vowel marks: lemmas that the verb table has (hamza forms
folded for the comparison, as gold writes the alef of form VIII and others differently), and among
these the share for which the whole surface word has a verb reading with that lemma. Then the same
over the verbs of the codebook only. PADT is non-commercial: it is measured on, nothing derived from it
is kept.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

import yaml

from khabar.language import Analyzer, load_lexicon
from khabar.language.orthography import LETTERS, clean, fold
from khabar.language.tokens import kind_of, spans

ROOT = Path(__file__).resolve().parent.parent
PROCLITICS = frozenset("وفبلكسأ")
ARABIC = re.compile(f"[{LETTERS}]+")


class Piece:
    """A line of a treebank, without vowel marks."""

    def __init__(self, line: str) -> None:
        cells = line.rstrip("\n").split("\t")
        # ٱ is how gold marks the alef that only carries a vowel
        self.form = clean(cells[1]).replace("ٱ", "ا") if cells[3] != "PUNCT" else cells[1]
        self.lemma = clean(cells[2]).replace("ٱ", "ا")
        self.tag = cells[3]
        self.joined = "SpaceAfter=No" in cells[9]
        self.attached = cells[4].startswith("SP---") and not self.form.startswith(("هو", "هي", "أن", "نح"))


def sentences(path: Path) -> Iterator[list[Piece]]:
    """Sentences of a CoNLL-U file."""
    pieces: list[Piece] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line[0].isdigit():
                pieces.append(Piece(line))
            elif pieces and not line.strip():
                yield pieces
                pieces = []
    if pieces:
        yield pieces


def pud_words(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Words of a PUD sentence: pieces between spaces, marks of punctuation apart."""
    word: list[Piece] = []
    for piece in pieces:
        if piece.tag == "PUNCT" or not ARABIC.fullmatch(piece.form):
            if word:
                yield word
            word = []
            continue
        word.append(piece)
        if not piece.joined:
            yield word
            word = []
    if word:
        yield word


def padt_words(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Words of a PADT sentence, rebuilt (see above)."""
    word: list[Piece] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if not ARABIC.fullmatch(piece.form):
            if word and not (len(word[-1].form) == 1 and word[-1].form in PROCLITICS):
                yield word
            word = []
            continue
        if piece.attached and word:
            word[-1].form = bound_spelling(word[-1].form)
        elif word and word[-1].form == "ل" and piece.form.startswith("ال") and piece.form != "الى":
            piece.form = "ل" + piece.form[2:] if not piece.form.startswith("الل") else piece.form[2:]
        word.append(piece)
        opens = len(piece.form) == 1 and piece.form in PROCLITICS and piece.tag != "X"
        if not opens and not (following is not None and following.attached):
            yield word
            word = []


def bound_spelling(form: str) -> str:
    """A form as it is written before a pronoun."""
    if form.endswith("ة"):
        return form[:-1] + "ت"
    if form.endswith("ى"):
        return form[:-1] + "ا"
    return form[:-1] if form.endswith("وا") else form


def bounds(parts: list[str]) -> frozenset[int]:
    """Places inside a word where one part ends and the next begins."""
    ends = [sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)]
    return frozenset(end for end in ends if end)


def cut_of(analyzer: Analyzer, text: str) -> list[str]:
    """Khabar's cut as parts that join to the text."""
    proclitics, _, pronoun = analyzer.segment(text)
    front = sum(map(len, proclitics))
    return [part for part in (*proclitics, text[front : len(text) - len(pronoun)], pronoun) if part]


def codebook_verbs() -> set[str]:
    """Verb lemmas that the codebook uses, folded."""
    found: set[str] = set()
    for path in (ROOT / "src/khabar/knowledge/tables/codebook").glob("*.yaml"):
        for entry in yaml.safe_load(path.read_text("utf-8")) or []:
            found.update(fold(verb) for verb in entry.get("verb") or [])
    return found


class Figures:
    """What is counted over one treebank; the counters of errors are for reading."""

    def __init__(self) -> None:
        self.words = self.right = 0
        self.verbs = self.known = self.found = self.coded = self.coded_found = 0
        self.errors: dict[str, Counter[str]] = {
            title: Counter() for title in ("segmentation", "not found", "not in table")
        }

    @property
    def segmentation(self) -> float:
        """Share of words cut as gold cuts them."""
        return self.right / self.words

    @property
    def coverage(self) -> float:
        """Share of verb tokens whose lemma the table has."""
        return self.known / self.verbs

    @property
    def recall(self) -> float:
        """Share of those that have a reading with that lemma."""
        return self.found / self.known

    def add_word(self, gold: list[str], cut: list[str]) -> None:
        """Count one word's cut."""
        self.words += 1
        if bounds(cut) == bounds(gold):
            self.right += 1
        else:
            self.errors["segmentation"][f"{'+'.join(gold)} / {'+'.join(cut)}"] += 1

    def add_verb(self, text: str, lemma: str, *, known: bool, found: bool, coded: bool) -> None:
        """Count one verb token."""
        self.verbs += 1
        if not known:
            self.errors["not in table"][lemma] += 1
            return
        self.known += 1
        self.found += found
        self.coded += coded
        self.coded_found += found and coded
        if not found:
            self.errors["not found"][f"{text} {lemma}"] += 1


def measure(path: Path, analyzer: Analyzer, known: Container[str], coded: Container[str]) -> Figures:
    """Count over one treebank.

    Args:
        path: pud.conllu, or PADT v1 under any other name.
        analyzer: what is measured.
        known: folded lemmas of the verb table.
        coded: folded lemmas of the codebook's verbs.
    """
    words_of = pud_words if path.name == "pud.conllu" else padt_words
    figures = Figures()
    for word in (word for pieces in sentences(path) for word in words_of(pieces)):
        text = "".join(piece.form for piece in word)
        if kind_of(text) != "word" or len(list(spans(text))) != 1:
            continue
        figures.add_word([piece.form for piece in word], cut_of(analyzer, text))
        for lemma in (fold(piece.lemma) for piece in word if piece.tag == "VERB"):
            found = any(fold(reading.lemma) == lemma for reading in analyzer.word(text).verbs)
            figures.add_verb(text, lemma, known=lemma in known, found=found, coded=lemma in coded)
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--errors", type=int, default=0, help="commonest errors to print per measure")
    options = parser.parse_args()
    lexicon = load_lexicon()
    known = {fold(lemma) for lemma in lexicon.lemmas}
    for name in ("pud.conllu", "padt_dev_v1.conllu"):
        figures = measure(options.data / name, Analyzer(lexicon), known, codebook_verbs())
        print(name)
        print(f"  segmentation accuracy   {figures.segmentation:.4f}  of {figures.words} words")
        print(f"  verb tokens in table    {figures.coverage:.4f}  of {figures.verbs}")
        print(f"  verb lemma recall       {figures.recall:.4f}  of {figures.known}")
        if figures.coded:
            print(f"  … codebook verbs        {figures.coded_found / figures.coded:.4f}  of {figures.coded}")
        for title, errors in figures.errors.items():
            for error, count in errors.most_common(options.errors):
                print(f"    {title}: {error} ×{count}")


if __name__ == "__main__":
    main()
