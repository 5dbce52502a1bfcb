from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.language import Analyzer, load_lexicon
from khabar.reading.article import Article, Block, BlockKind

ANALYZER = Analyzer(load_lexicon())


def article(*blocks: tuple[BlockKind, str]) -> Article:
    text, made = "", []
    for kind, content in blocks:
        made.append(Block(len(text), len(text) + len(content), kind))
        text += content + "\n\n"
    return Article(text, "x", tuple(made))


def split(text: str, kind: BlockKind = "paragraph") -> list[str]:
    given_article = article((kind, text))
    return [given_article.text[s.start : s.end] for s in ANALYZER.sentences(given_article)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("وصل الوزير. وغادر السفير.", ["وصل الوزير.", "وغادر السفير."]),
        ("هل يأتي؟ نعم! سيأتي", ["هل يأتي؟", "نعم!", "سيأتي"]),
        ("وصل الوزير؛ وغادر السفير", ["وصل الوزير؛ وغادر السفير"]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("قال د. سامي إن ج. سميث سافر. وعاد.", ["قال د. سامي إن ج. سميث سافر.", "وعاد."]),
        ("ذكرت أ.ف.ب. أن الوفد وصل", ["ذكرت أ.ف.ب. أن الوفد وصل"]),
        ("قالت J. K. Smith إنها هنا", ["قالت J. K. Smith إنها هنا"]),
        ("بلغت 12.5 مليون. ثم زادت", ["بلغت 12.5 مليون.", "ثم زادت"]),
        ("وقع عام 2010 م. وانتهى", ["وقع عام 2010 م.", "وانتهى"]),
        ("انتظر... ثم مضى", ["انتظر...", "ثم مضى"]),
        ("لماذا؟! لا أدري", ["لماذا؟!", "لا أدري"]),
        ("قال: «انتهت المعركة.» وغادر القاعة", ["قال: «انتهت المعركة.»", "وغادر القاعة"]),
        ('وقال: "تفضل بزيارتنا." وأضاف أنه سعيد', ['وقال: "تفضل بزيارتنا."', "وأضاف أنه سعيد"]),
        ("سأل «لماذا؟»، ثم سكت", ["سأل «لماذا؟»، ثم سكت"]),
        ("كتاب «ماذا حدث؟ نحن هنا» جديد", ["كتاب «ماذا حدث؟ نحن هنا» جديد"]),
        (
            "قال: «سنحمي حدودنا مهما طال الزمن. ولن نقبل بأي تهديد من أي طرف كان». وانصرف",
            ["قال: «سنحمي حدودنا مهما طال الزمن.", "ولن نقبل بأي تهديد من أي طرف كان».", "وانصرف"],
        ),
        ("عدد (انظر ص. 5. نعم) كبير", ["عدد (انظر ص. 5. نعم) كبير"]),
        ("قال «إننا هنا. ولم يغلق القوس", ["قال «إننا هنا.", "ولم يغلق القوس"]),
        ("...", ["..."]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_titles_do_not_break_at_dots() -> None:
    assert split("الوزير يستقيل.. ويغادر البلاد", "title") == ["الوزير يستقيل.. ويغادر البلاد"]
    assert split("الوزير استقال.. وغادر البلاد") == ["الوزير استقال..", "وغادر البلاد"]


def test_only_blocks_that_are_read_have_sentences() -> None:
    given_article = article(
        ("title", "عنوان"), ("stamp", "10:30"), ("credit", "صورة"), ("caption", "وصف"), ("paragraph", "متن.")
    )
    sentences = ANALYZER.sentences(given_article)
    assert [(s.index, s.kind, s.paragraph) for s in sentences] == [
        (0, "title", 0),
        (1, "caption", 3),
        (2, "paragraph", 4),
    ]


@given(st.text(alphabet=st.sampled_from('وقال أن. ؟!،«»"()\n.د3َ')))
def test_tokens_stand_where_they_say(text: str) -> None:
    given_article = article(("paragraph", text))
    last = 0
    for number, sentence in enumerate(ANALYZER.sentences(given_article)):
        assert sentence.index == number
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        for token in sentence.tokens:
            assert last <= token.start < token.end
            assert given_article.text[token.start : token.end] == token.text
            last = token.end
