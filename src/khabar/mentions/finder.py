"""Mentions of an article: scan the sentences, then let the article decide what a phrase leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from khabar.knowledge import Knowledge
from khabar.language.model import Sentence
from khabar.mentions.country import Context, Focus
from khabar.mentions.draft import Draft, Line
from khabar.mentions.follow import Following
from khabar.mentions.lexicon import Lexicon
from khabar.mentions.model import Mention
from khabar.mentions.people import Being, People
from khabar.mentions.scan import Scanner
from khabar.reading.article import Article

_DUAL_PERSONS: Final = frozenset({"leader", "president", "minister", "foreign-minister", "head-of-state"})


class MentionFinder:
    """Finds who and where in articles; stateless between articles but for word caches."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Takes the tables.

        Args:
            knowledge: the compiled tables.
        """
        self._knowledge = knowledge
        self._lexicon = Lexicon()
        self._scanner = Scanner(knowledge)

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """The mentions of an article.

        Args:
            article: the article; its date decides who holds an office.
            sentences: its sentences.

        Returns:
            Mentions ordered by position; two only overlap when they are one compound.
        """
        date = article.published.date() if article.published is not None else None
        knowledge, lexicon = self._knowledge, self._lexicon
        lines = [Line(sentence, knowledge.hits(sentence), lexicon) for sentence in sentences]
        scanned = [self._scanner.scan(line) for line in lines]
        people = People(knowledge, date)
        beings = people.gather(draft for drafts in scanned for draft in drafts)
        for line, drafts in zip(lines, scanned, strict=True):
            _with_surnames(line, drafts, people)
        settled = self._settle(article, scanned, people, beings)
        return tuple(draft.mention() for draft in settled)

    def _settle(
        self, article: Article, scanned: list[list[Draft]], people: People, beings: dict[int, Being]
    ) -> list[Draft]:
        flat = [draft for drafts in scanned for draft in drafts]
        context = Context(Focus(flat, self._dateline(article)))
        following = Following(people, context)
        settled: list[Draft] = []
        groups = 0
        for drafts in scanned:
            for draft in drafts:
                made = [draft]
                if draft.kind == "person":
                    being = beings.get(id(draft)) or people.being_of(draft)
                    if being is None:
                        continue
                    if not being.country and being.sector:
                        being.country = context.country(draft, drafts)
                    following.settle_person(draft, being)
                elif draft.kind == "role" and draft.rule.startswith("follow."):
                    groups += 1
                    made = self._follow(draft, following, groups)
                elif draft.kind == "role":
                    groups += 1
                    made = self._role(draft, drafts, following, context, groups)
                elif draft.rule == "follow.home":
                    following.home(draft)
                elif draft.rule == "follow.homes":
                    groups += 1
                    draft.key = "state"
                    made = following.pair(draft, persons=False, group=groups)
                elif draft.kind in {"group", "organisation"} and not draft.own:
                    if not (draft.definite and draft.number != "p" and following.organisation(draft)):
                        draft.country = context.country(draft, drafts)
                for each in made:
                    context.note(each)
                    settled.append(each)
        return settled

    def _follow(self, draft: Draft, following: Following, group: int) -> list[Draft]:
        if draft.rule == "follow.counterpart":
            following.counterpart(draft)
        elif draft.rule == "follow.pair":
            return following.pair(draft, persons=False, group=group)
        else:
            following.last_named(draft)
        return [draft] if draft.country else []

    def _role(
        self, draft: Draft, drafts: list[Draft], following: Following, context: Context, group: int
    ) -> list[Draft]:
        bare = draft.complement is None and not draft.own and draft.definite
        if draft.number == "d" and bare and draft.role in _DUAL_PERSONS:
            made = following.pair(draft, persons=True, group=group)
            if len(made) == 2:
                return made
        if following.title(draft):
            return [draft]
        if not draft.country:
            draft.country = context.country(draft, drafts)
            if draft.definite and following.title(draft):
                return [draft]
        if draft.former:
            draft.sector = "ELI"
        return [draft]

    def _dateline(self, article: Article) -> str:
        del article
        return ""


def _with_surnames(line: Line, drafts: list[Draft], people: People) -> None:
    """Adds the surnames that stand alone to a sentence's drafts, in place and in order."""
    covered = [False] * len(line.tokens)
    for draft in drafts:
        for index in range(draft.first, draft.last + 1):
            covered[index] = True
    more = people.surnames(line, covered)
    if more:
        drafts.extend(more)
        drafts.sort(key=lambda draft: (draft.first, draft.last))


__all__ = ["MentionFinder"]
