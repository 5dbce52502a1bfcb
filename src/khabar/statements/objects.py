"""The object of «أعلن»، «نفى»، «أكد»: what is announced or denied as a noun phrase.

Between the verb and its object stand the subject with its appositions, dates, and phrases of place and
occasion; the object is the first noun past them.
"""

from __future__ import annotations

from khabar.statements.view import View

_PAUSE_REACH = 15
"""Tokens that a subject nobody knows may have, with its dates."""
_RELATIVE_CLAUSES = frozenset({"الذي", "التي", "الذين", "اللذين", "اللذان", "وهو", "وهي", "وهم"})


def find_object(view: View, at: int, stop: int, lemma: str) -> int:
    """Find the object of «أعلن»، «نفى»: the first noun past subject, time and place.

    Args:
        view: the sentence.
        at: index of the reporting word.
        stop: index past the last token to look at: an أن, another reporting word, the end.
        lemma: of the reporting word.

    Returns:
        The index of its first token, or -1 where nothing but subject, time and place stands before `stop`.
    """
    token, seen = _past_subject(view, at, stop)
    if token >= stop or not _may_be_object(view, token, lemma):
        return -1
    feature = view.features[token]
    if not (seen or feature.noun or feature.kinds & {"quantity", "relative"}):
        # as likely a subject nobody knows: what is announced may stand after a comma or a date
        return _after_pause(view, token, stop)
    return token


def _after_pause(view: View, token: int, stop: int) -> int:
    """Index of «أي», or of a verbal noun right after a comma or a date; -1 for none."""
    for k in range(token + 1, min(stop, token + _PAUSE_REACH)):
        before = view.features[k - 1]
        feature = view.features[k]
        if "object" in feature.kinds or (feature.noun and (before.comma or "time" in before.kinds)):
            return k
    return -1


def _past_subject(view: View, at: int, stop: int) -> tuple[int, bool]:
    """Past subject, appositions, time and place; `stop` where what is announced stands before.

    Returns:
        The index, and whether a subject was met.
    """
    token = at + 1
    # «كان فلان قد أعلن …», «فلان يعلن …»: the subject stands before
    seen = at > 0 and (view.features[at - 1].form == "قد" or any(m.last == at - 1 for m in view.mentions))
    while token < stop:
        feature = view.features[token]
        mention = view.starts.get(token)
        if mention is not None and not _has_preposition(view, token) and (not seen or _apposed(view, token)):
            after = mention.last + 1
            seen = True
        elif "resumptive" in feature.kinds:
            return stop, seen  # «التي أعلنت عنها»
        else:
            after = _past_adjunct(view, token, stop, seen=seen)
        if after == token:
            break
        token = after
    return token, seen


def _past_adjunct(view: View, token: int, stop: int, *, seen: bool) -> int:
    """Past one comma, date, bracket, prepositional phrase or relative clause; the token itself for none."""
    feature = view.features[token]
    if view.inside[token] >= 0 and not view.is_quote_start(token):
        return view.after_quote(token)  # a name between marks whose mention ends within
    small = feature.comma or view.sentence.tokens[token].word.kind == "number"
    if small or feature.kinds & {"time", "prep-pronoun"} or (not seen and "quantity" in feature.kinds):
        return token + 1
    if "preposition" in feature.kinds or _has_preposition(view, token):
        return _past_prepositional(view, token, stop)
    if feature.form in _RELATIVE_CLAUSES:
        return _past_comma(view, token, stop)
    if seen and view.features[token - 1].comma and view.sentence.tokens[token].word.article:
        after = _past_comma(view, token, min(stop, token + 10))
        if after < view.size and view.features[after].comma:
            return after  # «، المعترف بها دوليا،»
    bracket = view.after_bracket(token)
    return bracket if bracket > token + 1 else token


def _may_be_object(view: View, token: int, lemma: str) -> bool:
    feature = view.features[token]
    if view.sentence.tokens[token].word.kind != "word" and not view.is_quote_start(token):
        return False
    if feature.that or (feature.joined and feature.verb) or _is_coordinate(view, token):
        return False
    if feature.kinds & {"conjunction", "according", "according-relay", "negation"} and feature.bare != "ما":
        return False
    if "demonstrative" not in feature.kinds:
        return True
    # «نفى هذه الاتهامات», but not «أعلن ذلك»
    if feature.bare == "ذلك" or lemma not in {"نفى", "أنكر"} or token + 1 >= view.size:
        return False
    return not view.features[token + 1].comma


def _is_coordinate(view: View, token: int) -> bool:
    """Whether «و» in front ties a word to the subject («مصادر قضائية، ودينية»)."""
    word = view.sentence.tokens[token].word
    return word.norm[:1] == "و" and len(word.norm) > 3 and all(noun.proclitics for noun in word.nouns)


def _apposed(view: View, token: int) -> bool:
    """Whether a mention after the subject is its apposition or joined to it."""
    before = view.features[token - 1]
    if before.comma or before.joined or view.features[token].joined or "و" in view.starts[token].proclitic:
        return True
    return view.starts[token].kind == "person"


def _has_preposition(view: View, token: int) -> bool:
    word = view.sentence.tokens[token].word
    mention = view.starts.get(token)
    if mention is not None:
        return not {"ل", "ب", "ك"}.isdisjoint(mention.proclitic)
    if word.kind != "word" or word.text[:1] not in {"ل", "ب"} or len(word.text) < 4:
        return word.text.rstrip("ـ") in {"ل", "ب"}
    return any(key.proclitics[-1:] in {"ل", "ب"} for key in word.keys) and not any(
        not noun.proclitics for noun in word.nouns
    )


def _past_prepositional(view: View, token: int, stop: int) -> int:
    """Past «في بيان صحفي»، «لقناة العربية»: to a comma, or to a bare verbal noun that nothing governs."""
    token += 1
    if token < stop and token in view.starts:
        return view.starts[token].last + 1
    first = token
    while token < stop:
        feature = view.features[token]
        if feature.comma or feature.that or feature.kinds & {"time", "preposition"}:
            return token
        if view.sentence.tokens[token].text == "(":
            return token
        if view.is_quote_start(token):
            token = view.after_quote(token)
            continue
        if token > first and feature.noun:
            return token
        mention = view.starts.get(token)
        token = mention.last + 1 if mention is not None else token + 1
    return token


def _past_comma(view: View, token: int, stop: int) -> int:
    while token < stop and not view.features[token].comma:
        token += 1
    return token
