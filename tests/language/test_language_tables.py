from __future__ import annotations

from importlib import resources
from pathlib import Path

import msgspec
import pytest

from khabar.language import lexicon as lexicon_module
from khabar.language import load_lexicon
from khabar.language.lexicon import Lexicon, compile_lexicon
from khabar.language.orthography import clean, fold
from khabar.language.roots import Row, parse_table, stems

TABLES = resources.files("khabar.language") / "tables"
ROWS = parse_table((TABLES / "verbs.tsv").read_text("utf-8"))


def test_the_verb_table_is_large() -> None:
    assert len(ROWS) >= 3_000


def test_every_row_agrees_with_itself() -> None:
    for row in ROWS:
        stems(row)


def test_rows_are_sorted_and_unique() -> None:
    keys = [(row.lemma, row.form, row.imperfect) for row in ROWS]
    assert keys == sorted(set(keys))


def test_tables_are_written_plainly() -> None:
    for name in ("verbs.tsv", "words.tsv"):
        for line in (TABLES / name).read_text("utf-8").splitlines():
            if not line.startswith("#"):
                assert clean(line.replace("\t", " ")) == line.replace("\t", " "), line
                assert not set(line) & set("یکگپ"), line


def test_masdars_are_words() -> None:
    for row in ROWS:
        for masdar in row.masdars:
            assert all(len(form) > 1 and form == form.strip() for form in masdar), row


@pytest.mark.parametrize(
    ("lemma", "form", "masdar"),
    [
        ("قصف", "I", "قصف"),
        ("اعتقل", "VIII", "اعتقال"),
        ("هاجم", "III", "هجوم"),
        ("فاوض", "III", "مفاوضة"),
        ("دعا", "I", "دعوة"),
    ],
)
def test_rows_that_must_be_there(lemma: str, form: str, masdar: str) -> None:
    (row,) = (row for row in ROWS if (row.lemma, row.form) == (lemma, form))
    assert masdar in {forms[0] for forms in row.masdars}


def test_common_words_are_sorted_and_unique() -> None:
    lines = [line for line in (TABLES / "words.tsv").read_text("utf-8").splitlines()[1:] if line[0] != "#"]
    words = [line.split("\t")[0] for line in lines]
    assert words == sorted(set(words))
    assert {line.split("\t")[1] for line in lines} == {"particle", "both", "noun", "word", "open"}


SMALL = (
    Row("قصف", "I", ("ق", "ص", "ف"), "يقصف", (("قصف",),)),
    Row("أعلن", "IV", ("ع", "ل", "ن"), "يعلن"),
)


def test_packing_keeps_every_form() -> None:
    lexicon = compile_lexicon(SMALL, ["غارة/غارات"], "d")
    assert {match.lemma for match in lexicon.verbs(fold("أعلنت"))} == {"أعلن"}
    assert {match.spelling for match in lexicon.verbs(fold("أعلنت"))} == {"أعلنت"}
    assert {match.lemma for match in lexicon.noun_forms(fold("إعلانات"))} == {"إعلان"}
    assert {match.lemma for match in lexicon.noun_forms("غارات")} == {"غارة"}
    assert not list(lexicon.verbs("غارات"))
    assert not list(lexicon.verbs(""))


def test_packing_survives_the_cache_format() -> None:
    lexicon = compile_lexicon(SMALL, [], "d")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(lexicon), type=Lexicon) == lexicon


def test_extra_nouns_are_compiled_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABAR_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(lexicon_module, "parse_table", lambda _: SMALL)
    plain, more = load_lexicon(["هدنة_اختبار/هدن"]), load_lexicon(["غارة_اختبار/غارات"])
    assert plain.digest != more.digest
    assert load_lexicon([" غارة_اختبار/غارات "]) is more
    assert len(list(tmp_path.iterdir())) == 2
