"""From a document to its events: each decision in its order, with its reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from khabar.events.arguments import NOBODY, Filler, Role, candidates_for, more_features, role_features
from khabar.events.attributes import Circumstances
from khabar.events.candidates import Candidate, Proposer
from khabar.events.codebook import TYPES, Entry, load_codebook
from khabar.events.context import View
from khabar.events.document import Document
from khabar.events.draft import Draft
from khabar.events.places import Site
from khabar.events.scorer import Decision, Features, calibrated, load_weights, softmax
from khabar.events.triggers import CUT, choose, company, gate_features, trigger_features
from khabar.events.votes import Reading, Votes
from khabar.events.vouchers import co_speakers
from khabar.knowledge import Knowledge
from khabar.language.model import Sentence
from khabar.mentions.model import Mention
from khabar.reading.article import Article
from khabar.record import Event, Participant, Place, Span
from khabar.statements.model import Statement
from khabar.times.model import Time

T = TypeVar("T")

#: Layout blocks that are read for events.
READ = frozenset(("title", "paragraph", "heading"))
#: Every decision, in the order it is made.
DECISIONS = (
    "gate",
    "trigger",
    "actor_first",
    "recipient_first",
    "actor",
    "actor_more",
    "recipient",
    "recipient_more",
    "mode",
    "factuality",
    "said_by",
    "date",
    "place",
    "site",
)
ROLES: tuple[Role, Role] = ("actor", "recipient")
#: A second member joins a side when its odds are better than even.
_EVEN = 0.0
#: The columns of the trigger's weights: what holds for any type, then each type.
_CLASSES = ("", *TYPES)
_CLASS = {t: n for n, t in enumerate(_CLASSES)}
#: Least probability on the first reading that is worth a second.
_CHANCE = 0.03


class Opening(msgspec.Struct, frozen=True):
    """A trigger accepted, its type, and the first reading of its sides."""

    view: View
    cand: Candidate
    entry: Entry
    reading: Reading
    sure: float
    why: str


def side_features(
    doc: Document, opened: Opening, role: Role, fillers: list[Filler], votes: Votes, actor: Filler | None
) -> list[Features]:
    """Features of all candidates for a role on the second reading."""
    view, cand, entry, own = opened.view, opened.cand, opened.entry, opened.reading
    return [
        [
            *role_features(doc, view, cand, entry, role, f, actor),
            votes.features(role, entry.type, f.code, own),
        ]
        for f in fillers
    ]


def likely(fillers: list[Filler], chances: dict[str, float]) -> list[Filler]:
    """Those with a chance on the first reading; the rest would never win the second."""
    return [f for f in fillers if chances[f.code] >= _CHANCE]


def by_code(fillers: list[Filler], chances: list[float]) -> dict[str, float]:
    """Probability of each code, over the fillers that carry it."""
    out: dict[str, float] = {}
    for f, p in zip(fillers, chances, strict=True):
        out[f.code] = out.get(f.code, 0.0) + p
    return out


def best_of(fillers: list[Filler], chances: list[float], shares: dict[str, float]) -> int:
    """Index of the likeliest filler of the likeliest code: mentions of one actor do not compete."""
    return max(range(len(fillers)), key=lambda n: (shares[fillers[n].code], chances[n]))


class EventCoder:
    """Codes the events of an article.

    Args:
        knowledge: the compiled tables; places take their coordinates from it.
        extra: folders of a user's tables; a codebook in them is read beside ours.
        weights: decisions by name, the shipped ones when None.
    """

    def __init__(
        self, knowledge: Knowledge, *extra: Path, weights: dict[str, Decision] | None = None
    ) -> None:
        self.knowledge = knowledge
        self.codebook = load_codebook(*extra)
        self.proposer = Proposer(self.codebook)
        self.use(load_weights() if weights is None else weights)

    def use(self, weights: dict[str, Decision]) -> None:
        """Decide by these weights; a decision without any takes its first candidate."""
        self.weights = {name: weights.get(name) or Decision(name, {}) for name in DECISIONS}
        measured = weights["confidence"].weights if "confidence" in weights else {}
        self._slope, self._offset = measured.get("slope", 1.0), measured.get("offset", 0.0)

    def code(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        mentions: tuple[Mention, ...],
        times: tuple[Time, ...],
        statements: tuple[Statement, ...],
    ) -> tuple[Event, ...]:
        """All events of the article, in the order of their triggers."""
        return self.code_document(Document(article, sentences, mentions, times, statements))

    def code_document(self, doc: Document) -> tuple[Event, ...]:
        """As `code`, of a document already put together."""
        digest = hashlib.sha256(doc.article.text.encode("utf-8", "surrogatepass")).hexdigest()
        openings = self.openings(doc)
        votes = Votes([o.reading for o in openings])
        made = [(self._draft(doc, o, votes)) for o in openings]
        told = Circumstances(doc, [draft for draft, _, _ in made])
        return tuple(self._finish(doc, told, draft, digest, sure, why) for draft, sure, why in made)

    def openings(self, doc: Document) -> list[Opening]:
        """The first reading: each trigger with its type, and who may be on its sides seen by itself."""
        out = []
        for view in doc.views:
            if view.sentence.kind not in READ:
                continue
            cands = list(self.proposer.candidates(view))
            for cand, beside in zip(cands, company(cands), strict=True):
                opened = self._open(doc, view, cand, beside)
                if opened is not None:
                    out.append(opened)
        return out

    def _open(
        self, doc: Document, view: View, cand: Candidate, beside: tuple[frozenset[str], frozenset[str]]
    ) -> Opening | None:
        model = self.weights["trigger"]
        if self.weights["gate"].score(gate_features(view, cand, self.codebook)) < CUT:
            return None
        found = trigger_features(doc, view, cand, self.codebook, beside)
        options = found.options
        columns = [_CLASS[p.type] for p, _ in options]
        base, *typed = model.class_scores(_CLASSES, found.shared, [0, *columns])
        base += model.score(found.lexical)
        nearby = model.class_scores(_CLASSES, found.near, columns)
        scores = [base + typed[n] + nearby[n] + model.score(f) for n, (_, f) in enumerate(options)]
        best = choose(scores)
        if best < 0:
            return None
        proposal, features = found.choice(best)
        entry = self.codebook.entries[proposal.entry]
        sure = softmax([0.0, *scores])[best + 1]
        why = f"trigger {entry.id} p={sure:.2f} {model.reasons(features)}"
        return self.open(doc, view, cand, entry, sure, why)

    def open(
        self, doc: Document, view: View, cand: Candidate, entry: Entry, sure: float = 1.0, why: str = ""
    ) -> Opening:
        """Read the sides of a trigger by themselves."""
        sides = {}
        actor: Filler | None = None
        for role in ROLES:
            model = self.weights[f"{role}_first"]
            fillers = candidates_for(doc, view, cand, entry.type, role)
            features = [role_features(doc, view, cand, entry, role, f, actor, first=True) for f in fillers]
            chances = model.probabilities(features)
            sides[role] = by_code(fillers, chances)
            if role == "actor":
                actor = fillers[best_of(fillers, chances, sides[role])]
        reading = Reading(entry.type, cand.lemma, sides["actor"], sides["recipient"])
        return Opening(view, cand, entry, reading, sure, why)

    def _draft(self, doc: Document, opened: Opening, votes: Votes) -> tuple[Draft, float, list[str]]:
        """An event with its sides, how sure they are, and why."""
        why = [opened.why]
        actors, a_sure = self.side(doc, opened, "actor", votes, None, why)
        recipients, r_sure = self.side(doc, opened, "recipient", votes, actors[0], why)
        draft = Draft(opened.view, opened.cand, opened.entry, tuple(actors), tuple(recipients))
        return draft, opened.sure * a_sure * r_sure, why

    def side(
        self, doc: Document, opened: Opening, role: Role, votes: Votes, actor: Filler | None, why: list[str]
    ) -> tuple[list[Filler], float]:
        """The fillers of a role (at least one, `NOBODY` for none) and the probability of the first."""
        view, cand, entry = opened.view, opened.cand, opened.entry
        model = self.weights[role]
        every = candidates_for(doc, view, cand, entry.type, role)
        fillers = likely(every, opened.reading.side(role))
        features = side_features(doc, opened, role, fillers, votes, actor)
        chances = model.probabilities(features)
        shares = by_code(fillers, chances)
        at = best_of(fillers, chances, shares)
        chosen = fillers[at]
        sure = shares[chosen.code]
        rule = f" by {chosen.mention.rule}" if chosen.mention is not None else ""
        who = f"{chosen.code or 'nobody'} ({chosen.slot}{rule})"
        why.append(f"{role} {who} p={sure:.2f} {model.reasons(features[at])}")
        out = [chosen]
        if chosen.mention is not None:
            more = self.weights[f"{role}_more"]
            taken = {chosen.code, actor.code if actor is not None else ""}
            for f in every:
                if f.mention is None or f.code in taken:
                    continue
                extra: Features = [("", more_features(view, cand, entry, f, chosen))]
                if more.score(extra) > _EVEN:
                    out.append(f)
                    taken.add(f.code)
                    why.append(f"{role} also {f.code} ({f.slot}) {more.reasons(extra)}")
        return out, sure

    def _finish(
        self, doc: Document, told: Circumstances, draft: Draft, digest: str, sure: float, why: list[str]
    ) -> Event:
        view, cand, entry = draft.view, draft.cand, draft.entry
        mode = self._pick("mode", told.modes(draft), why, str)
        factuality = self._pick("factuality", told.factualities(draft), why, str)
        voucher = self._pick("said_by", told.vouchers(draft), why, lambda v: v.source)
        date = self._pick("date", told.dates(draft), why, str)
        country = self._pick("place", told.places(draft), why, lambda c: c or "none")
        site = None
        if country:
            site = self._pick("site", told.sites(draft, country), why, lambda x: x.source if x else "none")
        start, end = view.tokens[cand.first].start, view.tokens[cand.last].end
        text = doc.article.text
        start = _skip_conjunction(view, cand, start)
        return Event(
            id=hashlib.sha256(f"{digest}:{start}:{entry.type}".encode()).hexdigest()[:16],
            type=entry.type,
            mode=mode,
            contexts=entry.contexts,
            quad=TYPES[entry.type][0],
            cameo=entry.cameo,
            factuality=factuality,  # type: ignore[arg-type]
            trigger=Span(start, end, text[start:end]),
            actors=tuple(self._participant(doc, view, f) for f in draft.actors if f is not NOBODY),
            recipients=tuple(self._participant(doc, view, f) for f in draft.recipients if f is not NOBODY),
            said_by=tuple(participant(text, m, m.code, spoken=True) for m in co_speakers(view, voucher)),
            date=date,
            place=self._place(text, country, site),
            confidence=round(calibrated(sure, self._slope, self._offset), 3),
            why=tuple(why),
        )

    def _pick(
        self, name: str, options: Sequence[tuple[T, Features]], why: list[str], show: Callable[[T], str]
    ) -> T:
        if len(options) == 1:
            return options[0][0]
        model = self.weights[name]
        scores = model.scores([f for _, f in options])
        at = max(range(len(options)), key=lambda n: scores[n])
        value = options[at][0]
        why.append(f"{name} {show(value)} p={softmax(scores)[at]:.2f}")
        return value

    def _participant(self, doc: Document, view: View, filler: Filler) -> Participant:
        m = filler.mention
        if m is None:
            return Participant("", filler.code)
        here = m.sentence == view.index
        return participant(doc.article.text, m, filler.code, spoken=here)

    def _place(self, text: str, country: str, site: Site | None) -> Place | None:
        if not country:
            return None
        if site is None:
            return Place(None, country)
        m = site.mention
        known = self.knowledge.entities.get(m.entity)
        if known is None:
            return Place(text[m.start : m.end], country)
        return Place(text[m.start : m.end], country, known.lat, known.lon, known.geonameid)


def participant(text: str, m: Mention, code: str, *, spoken: bool) -> Participant:
    """A mention as a participant; without its words where they stand in another sentence."""
    return Participant(
        text=text[m.start : m.end] if spoken else "",
        code=code,
        start=m.start if spoken else None,
        end=m.end if spoken else None,
        name=m.name or None,
        entity=m.entity or None,
    )


def _skip_conjunction(view: View, cand: Candidate, start: int) -> int:
    """Leave a conjunction or future particle out of the trigger's span: «ودعا» gives «دعا»."""
    reading = cand.verb or cand.noun
    token = view.tokens[cand.first]
    if reading is None or not reading.proclitics or token.word.text != token.text:
        return start
    cut = [p for p in reading.proclitics if p in ("و", "ف")]
    return start + len("".join(cut)) if token.text.startswith("".join(cut)) else start
