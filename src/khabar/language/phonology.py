"""From sounds to letters: how a form whose vowels are known is written without them.

A form is a string of consonants (Arabic letters; every hamza is ء) and these signs:

=========  =========================================================================
a i u      short vowels, not written
A I U      long vowels ا ي و
aY         final long a written ى; ا after ي and before a pronoun
O          the silent alef of the plural, written only at the end
ٱ          the alef that only carries a first vowel
=========  =========================================================================

A consonant right after itself is doubled, and written once. What needs thought is the seat of the
hamza; the rules are those of the school grammars (Wright I §§ 131-141, as practised in print today),
with the second practice («بدأوا» beside «بدؤوا», «مسئول» beside «مسؤول») as a variant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SHORT: Final = frozenset("aiu")
_LONG: Final = {"A": "ا", "I": "ي", "U": "و"}
_LENGTHEN: Final = {"a": "A", "i": "I", "u": "U"}

_TWO_HAMZAS: Final = re.compile("ء([aiu])ء(?![aiuAIUYء])")
_U_GLIDE: Final = re.compile("u[وي](?![aiuAIUYوي])(?=.)")
_I_GLIDE: Final = re.compile("i[وي](?![aiuAIUYوي])(?=.)")


def settle(sounds: str) -> str:
    """Melt sounds that cannot stand together: ءaء before a consonant → ءA, uw and uy → U, iw and iy → I.

    «ءaءxuذ» gives «ءAxuذ» (آخذ), «yuوصil» gives «yUصil» (يوصل), «ٱistiوLAء» gives «ٱistILAء» (استيلاء).
    """
    sounds = _TWO_HAMZAS.sub(lambda m: "ء" + _LENGTHEN[m[1]], sounds)
    return _I_GLIDE.sub("I", _U_GLIDE.sub("U", sounds))


@lru_cache(maxsize=1 << 16)
def spell(sounds: str, *, bound: bool = False, variant: bool = False) -> str:
    """The letters of a form.

    Args:
        sounds: the form, settled.
        bound: a pronoun follows: ى and the silent alef give way, a last hamza stands inside.
        variant: write hamza before a long u in the second practice.

    Returns:
        The unvocalised spelling with hamza.
    """
    if bound and sounds.endswith("ءaY"):
        sounds = sounds[:-2] + "A"  # رأى, but رآه
    out: list[str] = []
    last = len(sounds) - 1
    skip = False
    for at, sound in enumerate(sounds):
        if skip:
            skip = False
            continue
        before = sounds[at - 1] if at else ""
        if sound in _SHORT or sound == before:
            continue
        if sound == "ء":
            after = sounds[at + 1 : at + 3]
            # a doubled hamza is seated by the vowel after both
            following = after[1:] if after[:1] == "ء" else after[:1]
            seat = _seat(before, following, final=not bound and at == last, variant=variant)
            out.append(seat)
            skip = seat == "آ"
        elif sound in _LONG:
            out.append(_LONG[sound])
        elif sound == "Y":
            out.append("ى" if at == last and not bound and sounds[at - 2 : at] != "يa" else "ا")
        elif sound == "O":
            out.append("" if bound or at != last else "ا")
        else:
            out.append("ا" if sound == "ٱ" else sound)
    return "".join(out)


def spellings(sounds: str, *, bound: bool = False) -> tuple[str, ...]:
    """The usual spelling, and the variant where there is one."""
    first = spell(sounds, bound=bound)
    second = spell(sounds, bound=bound, variant=True) if "ءU" in sounds else first
    return (first,) if first == second else (first, second)


def _seat(before: str, after: str, *, final: bool, variant: bool) -> str:
    if not before:
        return "آ" if after == "A" else "إ" if after in ("i", "I") else "أ"
    if final:
        return {"a": "أ", "i": "ئ", "u": "ؤ"}.get(before, "ء")
    if after == "A":
        return {"i": "ئ", "I": "ئ", "ي": "ئ", "A": "ء", "U": "ء", "u": "ؤ"}.get(before, "آ")
    return _seat_inside(before, after, variant=variant)


def _seat_inside(before: str, after: str, *, variant: bool) -> str:
    if before in ("i", "I", "ي") or after in ("i", "I"):
        return "ئ"
    if after == "U" and variant and before != "u":
        return {"a": "أ", "A": "ء", "U": "ء"}.get(before, "ئ")
    if after in ("u", "U") or before == "u":
        return "ؤ"
    return "ء" if before in ("A", "U", "و") else "أ"
