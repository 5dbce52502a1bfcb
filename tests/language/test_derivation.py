from __future__ import annotations

import pytest

from khabar.language.derivation import ARTICLE, BARE, BOUND, participles, regular_masdar
from khabar.language.nouns import inflect, inflect_adjective, regular_plural
from khabar.language.roots import Row, stems


def row(lemma: str, form: str, root: str, imperfect: str) -> Row:
    return Row(lemma, form, tuple(root.split()), imperfect)


@pytest.mark.parametrize(
    ("verb", "masdar"),
    [
        (row("أكد", "II", "ء ك د", "يؤكد"), "تأكيد"),
        (row("سمى", "II", "س م و", "يسمي"), "تسمية"),
        (row("هنأ", "II", "ه ن ء", "يهنئ"), "تهنئة"),
        (row("هاجم", "III", "ه ج م", "يهاجم"), "مهاجمة"),
        (row("عادى", "III", "ع د و", "يعادي"), "معاداة"),
        (row("حاج", "III", "ح ج ج", "يحاج"), "محاجة"),
        (row("أعلن", "IV", "ع ل ن", "يعلن"), "إعلان"),
        (row("أدان", "IV", "د ي ن", "يدين"), "إدانة"),
        (row("ألغى", "IV", "ل غ و", "يلغي"), "إلغاء"),
        (row("أوصل", "IV", "و ص ل", "يوصل"), "إيصال"),
        (row("آمن", "IV", "ء م ن", "يؤمن"), "إيمان"),
        (row("تعهد", "V", "ع ه د", "يتعهد"), "تعهد"),
        (row("تحدى", "V", "ح د ي", "يتحدى"), "تحدي"),
        (row("تعاون", "VI", "ع و ن", "يتعاون"), "تعاون"),
        (row("تضاد", "VI", "ض د د", "يتضاد"), "تضاد"),
        (row("انسحب", "VII", "س ح ب", "ينسحب"), "انسحاب"),
        (row("انحاز", "VII", "ح و ز", "ينحاز"), "انحياز"),
        (row("انضم", "VII", "ض م م", "ينضم"), "انضمام"),
        (row("اعتقل", "VIII", "ع ق ل", "يعتقل"), "اعتقال"),
        (row("اغتال", "VIII", "غ ي ل", "يغتال"), "اغتيال"),
        (row("اتصل", "VIII", "و ص ل", "يتصل"), "اتصال"),
        (row("اصطدم", "VIII", "ص د م", "يصطدم"), "اصطدام"),
        (row("اعتدى", "VIII", "ع د و", "يعتدي"), "اعتداء"),
        (row("احمر", "IX", "ح م ر", "يحمر"), "احمرار"),
        (row("استهدف", "X", "ه د ف", "يستهدف"), "استهداف"),
        (row("استقال", "X", "ق ي ل", "يستقيل"), "استقالة"),
        (row("استولى", "X", "و ل ي", "يستولي"), "استيلاء"),
        (row("سيطر", "Q", "س ي ط ر", "يسيطر"), "سيطرة"),
        (row("تدهور", "QII", "د ه و ر", "يتدهور"), "تدهور"),
        (row("اطمأن", "QIV", "ط م ء ن", "يطمئن"), "اطمئنان"),
        (row("كتب", "I", "ك ت ب", "يكتب"), ""),
    ],
)
def test_regular_masdars(verb: Row, masdar: str) -> None:
    assert regular_masdar(verb, stems(verb)) == masdar


@pytest.mark.parametrize(
    ("verb", "active", "passive"),
    [
        (row("قتل", "I", "ق ت ل", "يقتل"), "قاتل", "مقتول"),
        (row("قاد", "I", "ق و د", "يقود"), "قائد", "مقود"),
        (row("باع", "I", "ب ي ع", "يبيع"), "بائع", "مبيع"),
        (row("دعا", "I", "د ع و", "يدعو"), "داعي", "مدعو"),
        (row("رمى", "I", "ر م ي", "يرمي"), "رامي", "مرمي"),
        (row("أسر", "I", "ء س ر", "يأسر"), "آسر", "مأسور"),
        (row("أيد", "II", "ء ي د", "يؤيد"), "مؤيد", "مؤيد"),
        (row("أدان", "IV", "د ي ن", "يدين"), "مدين", "مدان"),
        (row("تظاهر", "VI", "ظ ه ر", "يتظاهر"), "متظاهر", "متظاهر"),
        (row("احتجز", "VIII", "ح ج ز", "يحتجز"), "محتجز", "محتجز"),
        (row("احتل", "VIII", "ح ل ل", "يحتل"), "محتل", "محتل"),
        (row("استدعى", "X", "د ع و", "يستدعي"), "مستدعي", "مستدعى"),
    ],
)
def test_participles(verb: Row, active: str, passive: str) -> None:
    assert [lemma for lemma, _ in participles(verb, stems(verb))] == [active, passive]


def test_forms_of_a_participle() -> None:
    verb = row("تظاهر", "VI", "ظ ه ر", "يتظاهر")
    (_, forms), _ = participles(verb, stems(verb))
    found = {(form.text, form.number) for form in forms}
    assert found >= {
        ("متظاهر", "s"),
        ("متظاهرا", "s"),
        ("متظاهرة", "s"),
        ("متظاهران", "d"),
        ("متظاهرون", "p"),
        ("متظاهرين", "p"),
        ("متظاهرو", "p"),
        ("متظاهرات", "p"),
    }


def stands(form: str, singular: str, *plurals: str) -> int:
    return sum({f.stands for f in inflect(singular, plurals) if f.text == form})


@pytest.mark.parametrize(
    ("form", "spec", "how"),
    [
        ("غارة", ("غارة", "غارات"), BARE | ARTICLE),
        ("غارت", ("غارة", "غارات"), BOUND),
        ("غارات", ("غارة", "غارات"), BARE | ARTICLE | BOUND),
        ("غارتين", ("غارة", "غارات"), BARE | ARTICLE),
        ("غارتي", ("غارة", "غارات"), BARE | BOUND),
        ("غاراتا", ("غارة", "غارات"), 0),
        ("هجوما", ("هجوم", "هجمات"), BARE),
        ("هجومان", ("هجوم", "هجمات"), BARE | ARTICLE),
        ("لقاؤ", ("لقاء", "لقاءات"), BOUND),
        ("لقائ", ("لقاء", "لقاءات"), BOUND),
        ("لقاءا", ("لقاء", "لقاءات"), 0),
        ("بدءا", ("بدء",), BARE),
        ("عبئا", ("عبء",), BARE),
        ("دعوا", ("دعوى", "دعاوى"), BOUND),
        ("دعوى", ("دعوى", "دعاوى"), BARE | ARTICLE),
    ],
)
def test_how_a_form_may_stand(form: str, spec: tuple[str, ...], how: int) -> None:
    assert stands(form, *spec) == how


def test_a_defective_noun_loses_its_ya() -> None:
    forms = {(f.text, f.stands) for f in inflect("تحدي", ("تحديات",), defective=True)}
    assert ("تحد", BARE) in forms
    assert ("تحد", BARE) not in {(f.text, f.stands) for f in inflect("وحشي", ())}


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("تصريح", "تصريحات"), ("محادثة", "محادثات"), ("ادعاء", "ادعاءات"), ("مبدأ", "مبدآت")],
)
def test_regular_plurals(singular: str, plural: str) -> None:
    assert regular_plural(singular) == plural


def test_forms_of_an_adjective() -> None:
    assert {f.text for f in inflect_adjective("محتجز")} >= {
        "محتجز",
        "محتجزة",
        "محتجزون",
        "محتجزين",
        "محتجزات",
    }
    assert {f.text for f in inflect_adjective("مستدعى")} >= {"مستدعى", "مستدعاة", "مستدعون", "مستدعيات"}
