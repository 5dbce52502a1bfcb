"""Mentions of an article: scan the sentences, then let the article decide what a phrase leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.knowledge import Knowledge
from khabar.language.model import Sentence
from khabar.mentions.country import Context, Focus, load_weights
from khabar.mentions.draft import Draft, Line
from khabar.mentions.lexicon import Lexicon
from khabar.mentions.model import Mention
from khabar.mentions.people import People
from khabar.mentions.scan import Scanner
from khabar.mentions.settle import Settler
from khabar.mentions.spellings import Spellings
from khabar.reading.article import Article


class MentionFinder:
    """Finds who and where in articles; between articles only word caches live on."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Takes the tables.

        Args:
            knowledge: the compiled tables.

        Raises:
            OSError: when a table of this room is missing.
        """
        self._knowledge = knowledge
        self._lexicon = Lexicon()
        self._spellings = Spellings(knowledge.entities)
        self._scanner = Scanner(knowledge)
        self._weights = load_weights()

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
        vouched: set[str] = set()
        lines = [Line(sentence, knowledge.hits(sentence), lexicon, vouched) for sentence in sentences]
        for nation, sibling in lexicon.siblings:
            if sibling in vouched and nation not in vouched and not any(line.names(nation) for line in lines):
                for line in lines:
                    line.rename(nation, sibling)
        scanned = [self._scanner.scan(line) for line in lines]
        people = People(knowledge, date, self._spellings)
        beings = people.gather(draft for drafts in scanned for draft in drafts)
        for line, drafts in zip(lines, scanned, strict=True):
            _with_surnames(line, drafts, people)
            for draft in drafts:
                being = beings.get(id(draft))
                if being is not None and not draft.country:
                    draft.country = being.country  # for those beside him; `Settler` settles the rest
        context = Context(Focus([draft for drafts in scanned for draft in drafts]), self._weights)
        settled = Settler(people, context, beings, lexicon).settle(scanned)
        return tuple(draft.mention() for draft in settled)


def _with_surnames(line: Line, drafts: list[Draft], people: People) -> None:
    """Adds the surnames that stand alone to a sentence's drafts, in place and in order."""
    drafts[:] = [draft for draft in drafts if not people.is_surname(draft)]
    covered = [False] * len(line.tokens)
    for draft in drafts:
        for index in range(draft.first, draft.last + 1):
            covered[index] = True
    more = people.surnames(line, covered)
    if more:
        drafts.extend(more)
        drafts.sort(key=lambda draft: (draft.first, draft.last))
