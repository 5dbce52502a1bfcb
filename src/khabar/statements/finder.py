"""Find every stretch of an article that it attributes to a speaker.

One pass over the sentences, left to right. In each the reporting words and the phrases of source («بحسب») are
taken in order; each finds its words (`clauses`) and its speaker (`speakers`). What a sentence leaves unsaid
(«وأضاف: …») is taken from the memory of who spoke before.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, Protocol

from khabar.knowledge.model import Hit
from khabar.language.model import Sentence
from khabar.mentions.model import Mention
from khabar.reading.article import Article
from khabar.statements import cues as cue_words
from khabar.statements.clauses import Opening, clause_end, find_opening
from khabar.statements.cues import Cue, Cues
from khabar.statements.headings import headline_speaker, section_speaker
from khabar.statements.model import Statement
from khabar.statements.quotes import Quote, pair
from khabar.statements.speakers import (
    NOBODY,
    Memory,
    Speaker,
    agrees,
    from_mention,
    governed,
    is_agent,
    owned,
    source_after,
    stranger_after,
    subject_after,
    subject_before,
)
from khabar.statements.view import View

DIRECT_SHARE = 0.5
"""Share of a clause that marks must hold for it to be direct speech (coding guide, section 4: «most of it»)."""

_TRIM = " \t\u00a0،؛,;:.…-–—\u200f\u200e"
_NO_STATEMENT_KINDS = frozenset({"caption"})


class _Knows(Protocol):
    """What the finder asks of the knowledge room."""

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """Give the names in a sentence."""


class StatementFinder:
    """Finds the statements of articles."""

    def __init__(self, knowledge: _Knows | None = None) -> None:
        """Take the knowledge base; without one no capital is told from its country."""
        self._knowledge = knowledge
        self._cues = cue_words.load()

    def find(
        self, article: Article, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]
    ) -> tuple[Statement, ...]:
        """Give the statements of an article in order of their first character.

        Args:
            article: the article.
            sentences: its sentences.
            mentions: its mentions, in order.
        """
        return _Search(article, sentences, mentions, self._cues, self._knowledge).run()


class _Search:
    """The search through one article."""

    def __init__(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        mentions: tuple[Mention, ...],
        cues: Cues,
        knowledge: _Knows | None,
    ) -> None:
        self.knowledge = knowledge
        self.article = article
        self.text = article.text
        self.sentences = sentences
        self.cues = cues
        self.memory = Memory()
        self.found: list[Statement] = []
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            if not mention.nisba:
                self.by_sentence.setdefault(mention.sentence, []).append(mention)
        self.section: Mention | None = None
        self._quotes: dict[int, list[Quote]] = {}
        # of the sentence at work
        self.view: View
        self.spoken: list[tuple[Statement, int, int]] = []  # statement, first token, token past the last

    def run(self) -> tuple[Statement, ...]:
        for sentence in self.sentences:
            if sentence.kind in _NO_STATEMENT_KINDS or not sentence.tokens:
                continue
            self._sentence(sentence)
        self.found.sort(key=lambda s: (s.start, -s.end))
        return tuple(self.found)

    def _quotes_of(self, sentence: Sentence) -> list[Quote]:
        quotes = self._quotes.get(sentence.paragraph)
        if quotes is None:
            block = self.article.blocks[sentence.paragraph]
            start = block.start
            quotes = []
            while start < block.end:
                stop = self.text.find("\n", start, block.end)
                stop = block.end if stop < 0 else stop
                quotes.extend(q for q in pair(self.text, start, stop) if q.depth == 0)
                start = stop + 1
            self._quotes[sentence.paragraph] = quotes
        return quotes

    def _sentence(self, sentence: Sentence) -> None:
        mentions = self.by_sentence.get(sentence.index, [])
        quotes = self._quotes_of(sentence)
        self.view = view = View(self.text, sentence, quotes, mentions, self.cues)
        self.spoken = []
        view.floor = _dateline(view)
        if sentence.kind == "heading" or (sentence.kind == "paragraph" and _is_line(view)):
            speaker = section_speaker(view)
            if speaker is not None:
                self.section = speaker
                return
            if sentence.kind == "heading":
                self.section = None
        if (sentence.kind != "paragraph" or _is_line(view)) and self._headline():
            return
        after = view.floor
        for token, feature in enumerate(view.features):
            if feature.live and token >= after and view.inside[token] < 0:
                after = self._at(token)
        if not self.spoken:
            self._bare()
        self._set_topic()

    def _set_topic(self) -> None:
        view = self.view
        for mention in view.mentions:
            if is_agent(mention) and not governed(view, mention) and not owned(view, mention):
                self.memory.topic = mention
                return

    def _headline(self) -> bool:
        named = headline_speaker(self.view, self._is_capital)
        if named is None:
            return False
        mention, colon = named
        view = self.view
        end = view.size
        for k in range(colon + 2, view.size):
            if view.sentence.tokens[k].text in {"..", "...", "…"} and self.view.inside[k] < 0:
                end = k
                break
        first = colon + 1
        quote = view.quote_of(first)
        if quote is not None and view.is_quote_start(first):
            opening = Opening("that", colon, first, view.start(first), quote)
        else:
            opening = Opening("colon", colon, first, view.start(first))
        self._emit(opening, end, from_mention(mention, "headline"), colon, "", "headline")
        return True

    def _is_capital(self, mention: Mention) -> bool:
        if self.knowledge is None:
            return False
        hits = self.knowledge.hits(self.view.sentence)
        return any(hit.kind == "capital" and hit.first == mention.first for hit in hits)

    def _bare(self) -> None:
        """A sentence without reporting word: a section's, or a quotation that stands by itself."""
        view = self.view
        quote = view.quote_of(view.floor) if view.floor < view.size else None
        if quote is not None and quote.start >= view.sentence.start and quote.depth == 0:
            whole = quote.end >= view.sentence.end - 2
            if whole and view.quote_words(quote) >= 4 and self.memory.last is not None:
                if view.sentence.kind == "paragraph" and self._just_spoke(quote):
                    opening = Opening("quote", view.floor, view.floor, quote.inner_start, quote)
                    speaker = Speaker(self.memory.last, -1, -1, "continued")
                    self._emit(opening, view.size, speaker, -1, "", "continued")
            return
        if self.section is None or view.sentence.kind != "paragraph" or quote is not None:
            return
        opening = Opening("colon", view.floor, view.floor, view.start(view.floor))
        self._emit(opening, view.size, Speaker(self.section, -1, -1, "section"), -1, "", "section")

    def _just_spoke(self, quote: Quote) -> bool:
        return bool(self.found) and self.found[-1].kind == "direct" and quote.start - self.found[-1].end < 80

    # --- one token -----------------------------------------------------------------------------------

    def _at(self, token: int) -> int:
        """Read what stands at a token; give the index to go on from."""
        view = self.view
        feature = view.features[token]
        if "according" in feature.kinds or "according-relay" in feature.kinds:
            return self._according(token)
        for cue in feature.cues:
            if self._is_idle(token, cue):
                continue
            after = self._report(token, cue)
            if after is not None:
                return after
        if feature.cues and (after := self._trailing_report(token)) is not None:
            return after
        return token + 1

    def _is_idle(self, token: int, cue: Cue) -> bool:
        """Whether a reporting word reports nothing here: denied, impersonal, or no reporting word at all."""
        view = self.view
        form = view.features[token].form
        if token:
            before = view.features[token - 1].bare
            if before == "من" and "initial" in cue.verb.frames:
                return True  # «من بين»
            if before in {"لم", "لن", "لا", "ليس", "عدم", "دون", "ان"} and cue.kind != "participle":
                return before != "ان" or cue.tense == "present"
        if "initial" in cue.verb.frames and cue.kind == "verb" and not self._begins_clause(token, cue):
            return True
        bare = form[1:] if cue.joined else form
        following = view.features[token + 1] if token + 1 < view.size else None
        if following is None:
            return cue.kind != "verb"
        if bare in cue.verb.impersonal:
            after = token + 2 if following.bare == "الي" else token + 1
            if after < view.size and view.features[after].that:
                return token == view.floor or not self.spoken or cue.verb.lemma in {"ذكر", "أشار"}
        return False

    def _begins_clause(self, token: int, cue: Cue) -> bool:
        """Whether a verb that is also another word («عبر»، «بين») stands where a clause begins."""
        view = self.view
        if token == view.floor or cue.joined or cue.gender == "f" or cue.number == "p":
            return True
        before = view.features[token - 1]
        if before.comma or before.kinds & {"clause-start", "conjunction"}:
            return True
        return any(m.last == token - 1 and not governed(view, m) for m in view.mentions)

    def _report(self, token: int, cue: Cue) -> int | None:
        frames = cue.verb.frames
        if "relay" in frames:
            return self._relay(token, cue) if cue.kind == "verb" else None
        if "in" in frames:
            return self._in_paper(token, cue)
        view = self.view
        if cue.kind == "masdar" and not (cue.pronoun or self._is_light(token)):
            return None
        opening = find_opening(view, token, cue)
        if opening is None:
            return None
        if cue.kind == "masdar" and opening.opener > token + 8:
            return None
        if "initial" in frames and opening.opener > token + 8:
            return None
        if cue.kind == "verb" and cue.pronoun and opening.kind == "np" and "np" in frames:
            return None  # «التي أعلنها»: what is announced stands before
        if cue.kind == "participle" and not self._is_circumstance(token, opening):
            return None
        speaker = self._speaker(token, cue, opening)
        if self._covered(opening.start) and not self._may_nest(speaker, opening):
            return None
        end = clause_end(view, opening)
        self._emit(
            opening, end, speaker, token, cue.verb.lemma, f"{cue.kind}:{cue.verb.lemma}:{opening.kind}"
        )
        return max(opening.first, token + 1)

    def _is_circumstance(self, token: int, opening: Opening) -> bool:
        """Whether a participle is one of circumstance («، مشددا على …»), not an adjective («إجراءات مشددة»)."""
        view = self.view
        if view.features[token].joined or token == view.floor or view.features[token - 1].comma:
            return True
        if view.inside[token - 1] >= 0:
            return True
        return opening.kind != "np" and opening.opener <= token + 10

    def _is_light(self, token: int) -> bool:
        view = self.view
        return "light" in view.features[token].kinds

    def _covered(self, offset: int) -> bool:
        return any(s.start <= offset < s.end for s, _, _ in self.spoken)

    def _may_nest(self, speaker: Speaker, opening: Opening) -> bool:
        """Whether words within another's words are a statement: who says them must stand there by name."""
        if speaker.start < 0 or speaker.mention is None or opening.kind == "np":
            return False
        return all(
            s.speaker is None
            or (s.speaker.entity or s.speaker.code) != (speaker.mention.entity or speaker.mention.code)
            for s, _, _ in self.spoken
        )

    def _relay(self, token: int, cue: Cue) -> int | None:
        """«نقلت الوكالة عن مسؤول قوله إن …»: the official speaks."""
        view = self.view
        about = next(
            (k for k in range(token + 1, min(token + 14, view.size)) if view.features[k].form == "عن"), -1
        )
        if about < 0:
            return None
        speaker = NOBODY
        for mention in view.mentions:
            if about < mention.first <= about + 6 and is_agent(mention):
                speaker = from_mention(mention, "relay")
                break
        said = self.cues.verbs["أعلن"]
        probe = Cue("verb", said, "c", "s", "past", joined=False)
        start = about
        for k in range(about + 1, min(about + 26, view.size)):
            if any(c.kind == "masdar" and c.pronoun for c in view.features[k].cues):
                start = k
                break
            if view.features[k].that or view.features[k].colon:
                break
        opening = find_opening(view, start, probe)
        if opening is None or self._covered(opening.start):
            return None
        end = clause_end(view, opening)
        self._emit(opening, end, speaker, token, cue.verb.lemma, f"relay:{opening.kind}")
        return max(opening.first, token + 1)

    def _in_paper(self, token: int, cue: Cue) -> int | None:
        """«جاء في بيان للوزارة: …»."""
        view = self.view
        inner = token + 1
        while inner < view.size and view.features[inner].form in {"ذلك", "هذا"}:
            inner += 1
        if inner + 1 >= view.size or view.features[inner].form != "في":
            return None
        if not view.has(inner + 1, "medium"):
            return None
        said = self.cues.verbs["قال"]
        opening = find_opening(view, inner + 1, Cue("verb", said, "c", "s", "past", joined=False))
        if opening is None or self._covered(opening.start):
            return None
        speaker = NOBODY
        for mention in view.mentions:
            if inner < mention.first < opening.opener and is_agent(mention):
                speaker = from_mention(mention, "paper")
                break
        if speaker.mention is None and self.memory.recall(None) is not None:
            speaker = Speaker(self.memory.recall(None), -1, -1, "last")
        end = clause_end(view, opening)
        self._emit(opening, end, speaker, token, cue.verb.lemma, f"paper:{opening.kind}")
        return max(opening.first, token + 1)

    # --- sources -------------------------------------------------------------------------------------

    def _according(self, token: int) -> int:
        """«بحسب فلان، …» before its words and «…، بحسب فلان» after them."""
        view = self.view
        feature = view.features[token]
        if view.phrase(token, "own-words") > 1:
            return token + view.phrase(token, "own-words")
        if "according-relay" in feature.kinds and not (
            token + 1 < view.size and view.features[token + 1].form == "عن"
        ):
            return token + 1
        source = source_after(view, token)
        after = source.last + 1 if source is not None else token + 1
        if source is None and not self._has_verb_source(token):
            return token + 1
        if token - view.floor <= 1:
            return self._leading_source(token, source, after)
        self._trailing_source(token, source)
        return after

    def _has_verb_source(self, token: int) -> bool:
        view = self.view
        after = token + 1
        if after < view.size and view.features[after].bare in {"ما", "لما"}:
            after += 1
        return after < view.size and bool(view.features[after].cues)

    def _leading_source(self, token: int, source: Mention | None, after: int) -> int:
        view = self.view
        first = -1
        for k in range(after, min(after + 25, view.size)):
            feature = view.features[k]
            if feature.that:
                first = k + 1
                break
            if feature.bare == "قد" and feature.joined:
                first = k + 1
                break
            if view.is_quote_start(k):
                quote = view.quote_of(k)
                if quote is not None and view.quote_words(quote) > 4:
                    first = k
                    break
            if feature.comma and k + 1 < view.size:
                following = view.features[k + 1]
                if following.that or following.bare == "قد" or "time" in following.kinds:
                    continue
                first = k + 1
                break
        if first < 0 or first >= view.size:
            return after
        for k in range(first, min(first + 8, view.size)):
            cues = [c for c in view.features[k].cues if c.kind == "verb" and "that" in c.verb.frames]
            if cues and view.inside[k] < 0 and find_opening(view, k, cues[0]) is not None:
                return first  # «وبحسب الوكالة، قال الوزير إن …»: the minister speaks
        quote = view.quote_of(first)
        opening = Opening("that", first - 1, first, view.start(first), quote)
        end = clause_end(view, opening)
        speaker = from_mention(source, "source") if source is not None else self._dropped(token, None)
        self._emit(opening, end, speaker, token, view.features[token].bare, "source:before")
        return first

    def _trailing_source(self, token: int, source: Mention | None) -> None:
        view = self.view
        last = token
        while last > view.floor and view.features[last - 1].comma:
            last -= 1
        if last > view.floor and view.features[last - 1].bare in {"كما", "علي"} and last == token:
            last -= 1
        floor = view.floor
        for _, _, end in self.spoken:
            if end >= last - 1:
                return
            floor = max(floor, end)
        first = floor
        while first < last and (
            view.features[first].comma
            or view.features[first].form in {"و", "كما", "وقد", "قد", "فيما", "لكن", "ولكن", "غير", "ان"}
        ):
            first += 1
        if last - first < 3:
            return
        start = view.start(first)
        if view.features[first].joined and self.text[start] == "و":
            start += 1
        quote = view.quote_of(first)
        opening = Opening("that", first, first, start, quote if view.is_quote_start(first) else None)
        speaker = from_mention(source, "source") if source is not None else self._dropped(token, None)
        self._emit(opening, last, speaker, token, view.features[token].bare, "source:after")

    def _trailing_report(self, token: int) -> int | None:
        """«"…"، قال فلان» and «…، كما أعلن فلان»: the words stand before the reporting word."""
        view = self.view
        cue = next((c for c in view.features[token].cues if c.kind == "verb"), None)
        if cue is None or token <= view.floor or "quote" not in cue.verb.frames | {"that"}:
            return None
        before = token - 1
        as_told = view.features[before].bare in {"كما", "ما"} and before > view.floor
        if as_told and view.features[before].bare == "ما":
            before -= 1
            if view.features[before].bare != "علي":
                return None
        mention = subject_after(view, token, min(view.size, token + 10), cue)
        if as_told:
            if mention is None or not view.features[before - 1].comma:
                return None
            self._trailing_source(before, mention)
            return mention.last + 1
        while before > view.floor and view.features[before].comma:
            before -= 1
        quote = view.quote_of(before)
        if quote is None or view.quote_words(quote) < 4 or self._covered(quote.inner_start):
            return None
        first = before
        while first > 0 and view.inside[first - 1] == view.inside[before]:
            first -= 1
        speaker = from_mention(mention, "after-quote") if mention else self._dropped(token, cue)
        opening = Opening("quote", first, first, quote.inner_start, quote)
        self._emit(opening, before + 1, speaker, token, cue.verb.lemma, "after-quote")
        return token + 1

    # --- speakers ------------------------------------------------------------------------------------

    def _speaker(self, token: int, cue: Cue, opening: Opening) -> Speaker:
        view = self.view
        relay = next(
            (
                k
                for k in range(token + 1, opening.opener)
                if view.features[k].kinds & {"according-relay"} and view.features[k + 1].form == "عن"
            ),
            -1,
        )
        if relay >= 0:
            source = source_after(view, relay + 1)
            if source is not None and source.first < opening.opener:
                return from_mention(source, "relay")
        if cue.kind == "verb":
            # A verb before its subject is singular; «قد» stands between «كان فلان» and its verb.
            led = cue.number != "s" or (token > 0 and view.features[token - 1].form == "قد")
            if led and not cue.joined and (mention := subject_before(view, token, cue)) is not None:
                return from_mention(mention, "subject-before")
            mention = subject_after(view, token, opening.opener, cue)
            if (
                mention is not None
                and "as" in cue.verb.frames
                and opening.kind == "quote"
                and not cue.pronoun
            ):
                # «وصف القرار بأنه …»: a mention alone is what is described, not who describes
                object_follows = any(
                    view.sentence.tokens[k].word.kind == "word" and not view.features[k].that
                    for k in range(mention.last + 1, opening.opener - 1)
                )
                if (cue.joined or led) and not object_follows:
                    mention = None
            if mention is not None and cue.number == "s":
                return from_mention(mention, "subject")
            if mention is None and cue.number == "s":
                stranger = self._stranger(token, opening)
                if stranger is not None:
                    return stranger
            if not cue.joined and not self._is_object_relative(token):
                mention = subject_before(view, token, cue)
                if mention is not None:
                    return from_mention(mention, "subject-before")
        return self._dropped(token, cue)

    def _stranger(self, token: int, opening: Opening) -> Speaker | None:
        """A speaker no mention names; a paper («البيان») stands for who issued it."""
        view = self.view
        stranger = stranger_after(view, token, opening.opener, self.cues.voices)
        if stranger is None:
            return None
        feature = view.features[token + 1]
        if "medium" in feature.kinds and view.sentence.tokens[token + 1].word.article:
            issuer = self.memory.issuer or self.memory.last
            if issuer is not None:
                return Speaker(issuer, stranger.start, stranger.end, "issuer")
        return from_mention(stranger, "stranger")

    def _is_object_relative(self, token: int) -> bool:
        """«ما قال إنه …», «الذي وصفه بـ»: the relative word is what is spoken of."""
        view = self.view
        before = view.features[token - 1].bare if token else ""
        if before in {"ما", "مما", "عما", "بما", "لما", "فيما"}:
            return True
        if before in {"الذي", "التي", "الذين"}:
            return bool(self.spoken)
        return False

    def _dropped(self, token: int, cue: Cue | None) -> Speaker:
        """The speaker of a reporting word that names none."""
        view = self.view
        for statement, _, _ in reversed(self.spoken):
            if statement.speaker is not None and (
                cue is None or agrees(statement.speaker, cue, precedes=True)
            ):
                return Speaker(statement.speaker, statement.speaker_start, statement.speaker_end, "same")
        for mention in view.mentions:
            if mention.first >= token:
                break
            if not is_agent(mention) or governed(view, mention) or owned(view, mention):
                continue
            if cue is None or agrees(mention, cue, precedes=True):
                return Speaker(mention, mention.start, mention.end, "sentence-subject")
        mention_before = self.section or self.memory.recall(cue)
        return Speaker(mention_before, -1, -1, "last") if mention_before is not None else NOBODY

    # --- output --------------------------------------------------------------------------------------

    def _emit(
        self, opening: Opening, end: int, speaker: Speaker, cue_token: int, verb: str, rule: str
    ) -> None:
        view = self.view
        end = min(end, view.size)
        span = self._span(opening, end)
        if span is None:
            return
        start, stop, kind = span
        if any(start < s.end and s.start < stop and _same(s, start, stop) for s, _, _ in self.spoken):
            return
        cue = (view.start(cue_token), view.end(cue_token)) if cue_token >= 0 else (-1, -1)
        statement = Statement(
            start=start,
            end=stop,
            kind=kind,
            speaker=speaker.mention,
            speaker_start=speaker.start,
            speaker_end=speaker.end,
            cue=cue,
            verb=verb,
            rule=f"{rule}:{speaker.rule}",
        )
        self.found.append(statement)
        self.spoken.append((statement, opening.first, end))
        if speaker.mention is not None:
            self.memory.hear(speaker.mention)
            if cue_token >= 0 and any(
                "medium" in view.features[k].kinds
                for k in range(cue_token + 1, min(opening.opener, view.size))
            ):
                self.memory.issuer = speaker.mention

    def _span(self, opening: Opening, end: int) -> tuple[int, int, Literal["direct", "indirect"]] | None:
        """The characters said and whether they are direct speech."""
        view, text = self.view, self.text
        if opening.kind == "quote" and opening.quote is not None:
            start, stop = opening.quote.inner_start, self._joined_end(opening.quote)
            return (start, stop, "direct") if stop > start else None
        start = opening.start
        stop = view.end(end - 1)
        quotes = [q for q in view.quotes if q.start >= start - 1 and q.start < stop]
        for quote in quotes:
            if quote.closed:
                stop = max(stop, quote.end)
        stop = _trim(text, start, stop)
        while start < stop and text[start] in _TRIM:
            start += 1
        if stop - start < 2:
            return None
        if quotes:
            said = sum(min(q.inner_end, stop) - q.inner_start for q in quotes)
            first, last = quotes[0].inner_start, min(quotes[-1].inner_end, stop)
            if said >= DIRECT_SHARE * (stop - start) and last > first:
                return first, last, "direct"
        return start, stop, "indirect"

    def _joined_end(self, quote: Quote) -> int:
        """End of a quotation and of those that «و» ties to it."""
        view, text = self.view, self.text
        quotes = view.quotes
        at = bisect_left([q.start for q in quotes], quote.start)
        stop = quote.inner_end
        for other in quotes[at + 1 :]:
            if text[quote.end : other.start].strip(" ،") != "و":
                break
            stop, quote = other.inner_end, other
        return stop


def _same(statement: Statement, start: int, stop: int) -> bool:
    shared = min(stop, statement.end) - max(start, statement.start)
    return shared * 2 >= max(stop - start, statement.end - statement.start)


def _trim(text: str, start: int, stop: int) -> int:
    """Leave out stops at the end, and a closing mark that nothing within opens."""
    while stop > start:
        last = text[stop - 1]
        if (
            last in _TRIM
            or last.isspace()
            or (last in "”»›" and not any(mark in text[start : stop - 1] for mark in "“”«»‹"))
            or (last == '"' and text.count('"', start, stop) % 2)
        ):
            stop -= 1
        else:
            break
    return stop


def _dateline(view: View) -> int:
    """Index of the first token past a dateline such as «دبي، الإمارات (CNN) --»."""
    tokens = view.sentence.tokens
    if not any(dash in view.text[tokens[0].start : tokens[min(16, view.size) - 1].end] for dash in "-–—―"):
        return 0
    for k in range(1, min(16, view.size - 1)):
        if tokens[k].text in {"-", "--", "–", "—", "―"} or tokens[k].text.startswith("--"):
            spoken = any(f.cues or f.verb for f in view.features[:k])
            if any(tokens[j].text == ")" for j in range(k)) or (k <= 4 and not spoken):
                while k + 1 < view.size and tokens[k + 1].word.kind == "punct":
                    k += 1
                return k + 1
    return 0


def _is_line(view: View) -> bool:
    """Whether a paragraph is one short line without a stop: a cross-heading that nothing marks."""
    tokens = view.sentence.tokens
    return len(tokens) <= 18 and tokens[-1].text not in {".", "؟", "!", '"', "»", "”", "…", "..."}
