"""Where the words said end.

They run to the end of the sentence, less what the reporter adds («، وذلك بعد …»، «، مضيفا أن …»،
«، بحسب …»). What may follow a comma and still be the speaker's was counted, not guessed.
"""

from __future__ import annotations

from khabar.statements.openings import Opening, find_opening
from khabar.statements.view import View

_LONG_QUOTE = 4
"""Words above which a quotation is speech in its own right, so that the clause may end with it."""

_OWN = ("according", "according-relay", "trailing")
"""Classes of words that open, after a comma, what the reporter adds."""

_COPULAS = frozenset({"كان", "ظل", "بات", "أصبح"})

_RELATIVE_REACH = 8
"""Tokens for which a relative clause is held to be open."""


def clause_end(view: View, opening: Opening) -> int:
    """Give the index past the last token said.

    Args:
        view: the sentence.
        opening: where the words begin.
    """
    noun = opening.kind == "np"
    token = opening.first
    inside, features, bare = view.inside, view.features, not view.bracketed
    while token < view.size:
        if bare and inside[token] < 0 and features[token].plain:
            token += 1
            continue
        quote = view.quote_of(token)
        if quote is not None:
            token = view.after_quote(token)
            if token < view.size and view.quote_words(quote) > _LONG_QUOTE:
                feature = view.features[token]
                tied = feature.bare == "و" and token + 1 < view.size and view.is_quote_start(token + 1)
                if not tied and (feature.comma or view.has(token, "trailing")):
                    return token
            continue
        if not view.features[token].plain and token > opening.first and _ends_at(view, token, noun=noun):
            return token
        token = view.after_bracket(token)
    return view.size


def _ends_at(view: View, token: int, *, noun: bool) -> bool:
    """Whether the words of the speaker are over at a token."""
    feature = view.features[token]
    if feature.comma:
        return token + 1 < view.size and _opens_own(view, token + 1, noun=noun)
    if (view.has(token, "according") and names_source(view, token)) or view.phrase(token, "own-words") > 1:
        return True
    if feature.cues and _opens_report(view, token):
        return True
    if not noun or view.has(token, "noun-end"):
        return noun
    return feature.joined and ("act-participle" in feature.kinds or _is_new_verb(view, token))


def _opens_own(view: View, token: int, *, noun: bool) -> bool:
    """Whether a clause of the reporter's own begins at a token that follows a comma."""
    feature = view.features[token]
    if view.phrase(token, "inside"):
        return False
    if feature.cues and _opens_report(view, token, after_comma=True):
        return True
    if view.phrase(token, "own-words") > 1 or any(view.has(token, kind) for kind in _OWN):
        return True
    if "act-participle" in feature.kinds or (feature.act and feature.joined and not noun):
        return True
    if token + 1 < view.size and "conjunction" in feature.kinds and view.features[token + 1].cues:
        return _opens_report(view, token + 1, after_comma=True)
    return noun and _is_new_verb(view, token)


def _is_new_verb(view: View, token: int) -> bool:
    """Whether a verb begins a clause of its own, not one of a relative clause («الذي دام …، وأسفر …»)."""
    word = view.sentence.tokens[token].word
    if not word.verbs or word.nouns or all(verb.person != 3 for verb in word.verbs):
        return False
    if word.verbs[0].lemma in _COPULAS:
        return False  # «هجمات، كانت تستهدف …»: still of the noun
    if not view.features[token].joined:
        return True
    near = range(max(0, token - _RELATIVE_REACH), token)
    return not any(view.features[k].bare in {"الذي", "التي", "الذين"} for k in near)


def names_source(view: View, token: int) -> bool:
    """Whether «وفق» is followed by somebody or by «ما قال»."""
    step = token + 1
    if step < view.size and view.features[step].bare in {"ل", "عن", "الي"}:
        step += 1
    if step >= view.size:
        return False
    if view.features[token].form in {"حسبما", "وفقما"}:
        return True
    if view.features[step].bare in {"ما", "لما"} or view.features[step].cues:
        return True
    return any(step <= mention.first <= step + 3 for mention in view.mentions)


def _opens_report(view: View, token: int, *, after_comma: bool = False) -> bool:
    """Whether a reporting word at a token starts a report of its own within the sentence."""
    feature = view.features[token]
    cue = feature.cues[0]
    if cue.kind == "masdar":
        return False
    if cue.kind == "participle":
        return any(find_opening(view, token, c) is not None for c in feature.cues if c.kind == "participle")
    if feature.joined or (after_comma and "conjunction" in view.features[token - 1].kinds):
        return find_opening(view, token, cue) is not None
    return token > 0 and "conjunction" in view.features[token - 1].kinds
