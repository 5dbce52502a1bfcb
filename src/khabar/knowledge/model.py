"""The shape of knowledge once the tables are compiled."""

from __future__ import annotations

from typing import Literal

import msgspec

EntityKind = Literal["person", "country", "organisation", "group", "place", "role", "outlet"]
NameKind = Literal["name", "short", "demonym", "capital"]


class Office(msgspec.Struct, frozen=True, gc=False):
    """An office held by a person: what, under which code, from when to when.

    Attributes:
        office: id of the role («president», «foreign-minister», «leader», …).
        code: PLOVER code while held, «USA GOV».
        start: first day, ISO, possibly partial («2009», «2009-01»), or "" for unknown.
        end: last day, or "" for still held at the table's date.
        sure: False for what the tables mark as uncertain; such offices never decide a code.
    """

    office: str
    code: str
    start: str
    end: str
    sure: bool = True


class Entity(msgspec.Struct, frozen=True, gc=False):
    """Someone or something with a name.

    Attributes:
        id: stable id, «rus.putin», «rus», «org.un», «org.hamas», «grp.protesters», «plc.moscow».
        kind: what it is.
        name: canonical Arabic name, no titles.
        name_en: Latin name.
        country: ISO 3166 alpha-3, or a body (IGO, NGO, IMG, …), or "" when it takes the country of its
            context (a group noun such as «متظاهرون»).
        code: its PLOVER code outside any dated office: «USA GOV», «IRQ PRM», «UNO»; for a person the code
            when no office holds («USA ELI»); for a role or group noun the sector alone («GOV», «CVL»).
        offices: dated offices of a person, oldest first.
        lat: latitude of a place, degrees north, or None.
        lon: longitude, degrees east, or None.
        geonameid: GeoNames id of a place, or None.
        subkind: finer kind: «city», «region», «site», «ministry», «party», «armed», …
    """

    id: str
    kind: EntityKind
    name: str
    name_en: str = ""
    country: str = ""
    code: str = ""
    offices: tuple[Office, ...] = ()
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    subkind: str = ""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A name of the tables found in a sentence.

    Attributes:
        first: index of its first token in the sentence.
        last: index of its last token (inclusive).
        entity: id of the entity.
        kind: name, short (surname, acronym: an ambiguous form), demonym (nisba adjective or noun of
            people), capital (a capital city that may stand for its government).
        proclitics: what is attached in front of the first word («و», «ل», «ب»).
        form: for a demonym, title or group noun its gender and number: ms fs md fd mp fp, else "". A spelling
            that is dual or plural («روسيين») is mp; the plural of things («قوات») is fp.
        pronoun: possessive pronoun at its end («ها» of «قواتها»), or "".
    """

    first: int
    last: int
    entity: str
    kind: NameKind
    proclitics: str
    form: str = ""
    pronoun: str = ""
