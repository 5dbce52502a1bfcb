from __future__ import annotations

import pytest

from khabar.language.conjugation import Form, conjugate
from khabar.language.roots import Row, parse_row, stems
from khabar.tables import TableError


def verb(lemma: str, form: str, root: str, imperfect: str) -> tuple[Form, ...]:
    return conjugate(Row(lemma, form, tuple(root.split()), imperfect))


def texts(forms: tuple[Form, ...], tense: str, person: int, gender: str, number: str) -> set[str]:
    return {
        form.text
        for form in forms
        if form.free
        and (form.cell.tense, form.cell.person, form.cell.gender, form.cell.number)
        == (tense, person, gender, number)
    }


def voices(forms: tuple[Form, ...], text: str, tense: str, person: int = 3) -> set[bool | None]:
    return {f.passive for f in forms if f.text == text and f.cell.tense == tense and f.cell.person == person}


VERBS = {
    "كتب": ("كتب", "I", "ك ت ب", "يكتب"),
    "دعا": ("دعا", "I", "د ع و", "يدعو"),
    "بقي": ("بقي", "I", "ب ق ي", "يبقى"),
    "قال": ("قال", "I", "ق و ل", "يقول"),
    "باع": ("باع", "I", "ب ي ع", "يبيع"),
    "خاف": ("خاف", "I", "خ و ف", "يخاف"),
    "مد": ("مد", "I", "م د د", "يمد"),
    "وصل": ("وصل", "I", "و ص ل", "يصل"),
    "أخذ": ("أخذ", "I", "ء خ ذ", "يأخذ"),
    "سأل": ("سأل", "I", "س ء ل", "يسأل"),
    "بدأ": ("بدأ", "I", "ب د ء", "يبدأ"),
    "جاء": ("جاء", "I", "ج ي ء", "يجيء"),
    "رأى": ("رأى", "I", "ر ء ي", "يرى"),
    "أكد": ("أكد", "II", "ء ك د", "يؤكد"),
    "هنأ": ("هنأ", "II", "ه ن ء", "يهنئ"),
    "هاجم": ("هاجم", "III", "ه ج م", "يهاجم"),
    "أعلن": ("أعلن", "IV", "ع ل ن", "يعلن"),
    "أدان": ("أدان", "IV", "د ي ن", "يدين"),
    "آمن": ("آمن", "IV", "ء م ن", "يؤمن"),
    "توعد": ("توعد", "V", "و ع د", "يتوعد"),
    "تآمر": ("تآمر", "VI", "ء م ر", "يتآمر"),
    "انسحب": ("انسحب", "VII", "س ح ب", "ينسحب"),
    "اتهم": ("اتهم", "VIII", "و ه م", "يتهم"),
    "احتل": ("احتل", "VIII", "ح ل ل", "يحتل"),
    "احمر": ("احمر", "IX", "ح م ر", "يحمر"),
    "استدعى": ("استدعى", "X", "د ع و", "يستدعي"),
    "استهدف": ("استهدف", "X", "ه د ف", "يستهدف"),
    "سيطر": ("سيطر", "Q", "س ي ط ر", "يسيطر"),
    "تدهور": ("تدهور", "QII", "د ه و ر", "يتدهور"),
    "اطمأن": ("اطمأن", "QIV", "ط م ء ن", "يطمئن"),
}


@pytest.mark.parametrize(
    ("lemma", "cell", "expected"),
    [
        ("كتب", ("past", 3, "f", "s"), {"كتبت"}),
        ("كتب", ("past", 3, "m", "p"), {"كتبوا"}),
        ("كتب", ("past", 1, "c", "p"), {"كتبنا"}),
        ("كتب", ("present", 3, "m", "p"), {"يكتبون", "يكتبوا"}),
        ("كتب", ("present", 1, "c", "s"), {"أكتب"}),
        ("كتب", ("imperative", 2, "m", "s"), {"اكتب"}),
        ("دعا", ("past", 3, "f", "s"), {"دعت", "دعيت"}),
        ("دعا", ("past", 3, "m", "p"), {"دعوا"}),
        ("دعا", ("past", 3, "m", "d"), {"دعوا", "دعيا"}),
        ("دعا", ("present", 3, "m", "s"), {"يدعو", "يدع"} | {"يدعى"}),
        ("بقي", ("past", 3, "m", "p"), {"بقوا"}),
        ("بقي", ("present", 3, "m", "p"), {"يبقون", "يبقوا"}),
        ("قال", ("past", 1, "c", "s"), {"قلت"}),
        ("قال", ("past", 3, "m", "s"), {"قال", "قيل"}),
        ("قال", ("present", 3, "m", "s"), {"يقول", "يقل", "يقال"}),
        ("باع", ("past", 1, "c", "p"), {"بعنا"}),
        ("خاف", ("present", 3, "f", "s"), {"تخاف", "تخف"}),
        ("مد", ("past", 1, "c", "s"), {"مددت"}),
        ("مد", ("present", 3, "m", "s"), {"يمد", "يمدد"}),
        ("وصل", ("present", 3, "m", "s"), {"يصل", "يوصل"}),
        ("وصل", ("imperative", 2, "m", "s"), {"صل"}),
        ("أخذ", ("present", 1, "c", "s"), {"آخذ", "أوخذ"}),
        ("أخذ", ("imperative", 2, "m", "s"), {"خذ"}),
        ("سأل", ("past", 3, "m", "s"), {"سأل", "سئل"}),
        ("بدأ", ("past", 3, "m", "p"), {"بدؤوا", "بدأوا", "بدئوا"}),
        ("بدأ", ("past", 3, "m", "d"), {"بدآ", "بدئا"}),
        ("جاء", ("past", 3, "m", "p"), {"جاؤوا", "جاءوا", "جيئوا"}),
        ("جاء", ("past", 1, "c", "p"), {"جئنا"}),
        ("جاء", ("present", 3, "m", "s"), {"يجيء", "يجئ", "يجاء", "يجأ"}),
        ("رأى", ("present", 3, "m", "s"), {"يرى", "ير"}),
        ("رأى", ("past", 3, "m", "p"), {"رأوا", "رؤوا"}),
        ("أكد", ("present", 1, "c", "s"), {"أؤكد"}),
        ("هنأ", ("present", 3, "m", "s"), {"يهنئ", "يهنأ"}),
        ("أعلن", ("imperative", 2, "m", "p"), {"أعلنوا"}),
        ("أدان", ("past", 3, "m", "s"), {"أدان", "أدين"}),
        ("أدان", ("past", 1, "c", "p"), {"أدنا"}),
        ("أدان", ("present", 3, "m", "s"), {"يدين", "يدن", "يدان"}),
        ("آمن", ("present", 1, "c", "s"), {"أومن"}),
        ("تآمر", ("past", 3, "m", "p"), {"تآمروا", "تؤومروا"}),
        ("احتل", ("past", 1, "c", "s"), {"احتللت"}),
        ("احمر", ("past", 3, "f", "s"), {"احمرت"}),
        ("استدعى", ("past", 3, "f", "s"), {"استدعت", "استدعيت"}),
        ("استدعى", ("present", 3, "m", "p"), {"يستدعون", "يستدعوا"}),
        ("سيطر", ("present", 3, "f", "s"), {"تسيطر"}),
        ("تدهور", ("present", 3, "m", "s"), {"يتدهور"}),
        ("اطمأن", ("past", 3, "f", "s"), {"اطمأنت", "اطمئنت"}),
    ],
)
def test_forms(lemma: str, cell: tuple[str, int, str, str], expected: set[str]) -> None:
    assert texts(verb(*VERBS[lemma]), *cell) == expected


@pytest.mark.parametrize(
    ("lemma", "text", "tense", "voice"),
    [
        ("قال", "قيل", "past", True),
        ("قال", "يقال", "present", True),
        ("قال", "قال", "past", False),
        ("كتب", "كتب", "past", None),
        ("كتب", "يكتب", "present", None),
        ("استدعى", "استدعى", "past", False),
        ("استدعى", "استدعي", "past", True),
        ("أخذ", "يؤخذ", "present", True),
        ("هاجم", "هوجم", "past", True),
        ("توعد", "توعد", "past", None),
    ],
)
def test_voice_where_the_letters_tell(lemma: str, text: str, tense: str, voice: bool | None) -> None:
    assert voices(verb(*VERBS[lemma]), text, tense) == {voice}


@pytest.mark.parametrize(
    ("lemma", "bound"),
    [
        ("دعا", "دعا"),
        ("استدعى", "استدعا"),
        ("كتب", "كتبو"),
        ("اتهم", "اتهمتمو"),
        ("رأى", "رآ"),
        ("بدأ", "يبدؤ"),
        ("رأى", "يرا"),
    ],
)
def test_before_a_pronoun(lemma: str, bound: str) -> None:
    assert any(form.text == bound and form.bound for form in verb(*VERBS[lemma]))


@pytest.mark.parametrize(("lemma", "free"), [("استدعى", "استدعى"), ("كتب", "كتبوا"), ("اتهم", "اتهمتم")])
def test_not_before_a_pronoun(lemma: str, free: str) -> None:
    forms = [form for form in verb(*VERBS[lemma]) if form.text == free]
    assert forms
    assert not any(form.bound for form in forms)


@pytest.mark.parametrize("lemma", VERBS)
def test_a_verb_has_all_persons(lemma: str) -> None:
    forms = verb(*VERBS[lemma])
    assert {(f.cell.person, f.cell.number) for f in forms if f.cell.tense == "past"} == {
        (3, "s"), (3, "d"), (3, "p"), (2, "s"), (2, "d"), (2, "p"), (1, "s"), (1, "p"),
    }  # fmt: skip
    assert {f.cell.tense for f in forms} == {"past", "present", "imperative"}


@pytest.mark.parametrize(
    "row",
    [
        Row("دعى", "I", ("د", "ع", "و"), "يدعو"),
        Row("قال", "I", ("ق", "و", "ل"), "يقيل"),
        Row("استدعى", "X", ("د", "ع", "و"), "يستدعى"),
        Row("اكد", "II", ("ء", "ك", "د"), "يؤكد"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(row: Row) -> None:
    with pytest.raises(TableError, match=row.lemma):
        stems(row)


@pytest.mark.parametrize(
    "record",
    [
        {"lemma": "دعا", "form": "XI", "root": "د ع و", "imperfect": "يدعو", "masdars": ""},
        {"lemma": "دعا", "form": "I", "root": "دعو", "imperfect": "يدعو", "masdars": ""},
        {"lemma": "", "form": "I", "root": "د ع و", "imperfect": "يدعو", "masdars": ""},
        {"lemma": "سيطر", "form": "Q", "root": "س ط ر", "imperfect": "يسيطر", "masdars": ""},
    ],
)
def test_a_malformed_row_is_refused(record: dict[str, str]) -> None:
    with pytest.raises(TableError):
        parse_row(record)
