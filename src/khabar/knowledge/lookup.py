"""Knowledge at run time: who a name may mean, and who held which office when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from khabar.knowledge.compiler import Compiled
from khabar.knowledge.matching import Matcher
from khabar.knowledge.model import Entity, Hit, Office
from khabar.language.model import Sentence


class Knowledge:
    """The tables, compiled.

    Args:
        tables: the compiled tables; see `khabar.knowledge.load`.
        digest: digest of their sources.

    Attributes:
        entities: id to entity.
        digest: SHA-256 over the content of all tables, the user's included.
    """

    def __init__(self, tables: Compiled, digest: str) -> None:
        self.digest = digest
        self.entities: dict[str, Entity] = {entity.id: entity for entity in tables.entities}
        self._matcher = Matcher(tables, self.entities)
        self._same = tables.same
        self._holders: dict[tuple[str, str], list[tuple[Office, str]]] | None = None

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """The names in a sentence: the longest at each place, each thing it may mean a hit of its own.

        Args:
            sentence: the sentence.

        Returns:
            Hits in the order of their places; those of one span in the order of the tables.
        """
        return self._matcher.hits(sentence)

    def office_on(self, entity_id: str, date: dt.date | None) -> Office | None:
        """The office a person held on a date: of several the one taken up last.

        Args:
            entity_id: id of the person.
            date: the day; None asks for the tables' present.

        Returns:
            The office, or None when the person held none that is sure, or is unknown.
        """
        entity = self.entities.get(entity_id)
        if entity is None:
            return None
        held = [office for office in entity.offices if office.sure and covers(office, date)]
        return max(held, key=lambda office: office.start, default=None)

    def code_on(self, entity_id: str, date: dt.date | None) -> str:
        """The PLOVER code of an entity on a date: a person's office decides, else the entity's own code.

        Args:
            entity_id: id of the entity.
            date: the day; None asks for the tables' present.

        Returns:
            The code, "UNK" for an unknown entity.
        """
        office = self.office_on(entity_id, date)
        if office is not None:
            return office.code
        entity = self.entities.get(entity_id)
        return entity.code if entity is not None else "UNK"

    def holders(self, office: str, country: str, date: dt.date | None) -> tuple[str, ...]:
        """Who holds an office of a country on a date.

        Only titles that one person bears at a time have holders: who «المتحدث» is, no table can tell.

        Args:
            office: id of the role, or of another title for its office (`king-title` for `king`).
            country: ISO alpha-3 of the country, or a body («UNO»).
            date: the day; None asks for the tables' present.

        Returns:
            Ids of persons, those of the government first, then who took office last; more than one on days of
            transition.
        """
        office = self._same.get(office, office)
        if self._holders is None:
            table: dict[tuple[str, str], list[tuple[Office, str]]] = defaultdict(list)
            for entity in self.entities.values():
                for held in entity.offices:
                    role = self._same.get(held.office, held.office)
                    if held.sure and role in self.entities and self.entities[role].subkind == "single":
                        table[role, held.code.partition(" ")[0]].append((held, entity.id))
            self._holders = dict(table)
        found = [pair for pair in self._holders.get((office, country), ()) if covers(pair[0], date)]
        found.sort(key=lambda pair: (pair[0].code.endswith("GOV"), pair[0].start), reverse=True)
        return tuple(dict.fromkeys(person for _, person in found))


def covers(office: Office, date: dt.date | None) -> bool:
    """Whether an office was held on a date; a partial date counts whole («2014-06..» from its first day).

    Args:
        office: the office.
        date: the day; None asks whether the span is open at its end.
    """
    if date is None:
        return not office.end
    day = date.isoformat()
    # ISO dates compare as strings; a partial end is a prefix of all its days
    return office.start <= day and (not office.end or day[: len(office.end)] <= office.end)
