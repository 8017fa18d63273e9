"""Lemmas that the tables know, where the reader's guess is no word or its tag is not the one that the form tells.

``onrecord.lemmas`` mends what the word pieces know; many a verb of politics is no single piece ("allege", "mobilise",
"detain"), but stands in our tables. Without this step core recall on the half "work" falls from 61.7 to 56.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.events.lexicon import lexicon, word_classes
from onrecord.tables import rows

_VOWELS = "aeiou"
_PAST_OR_ING = ("ed", "ing")


@cache
def known() -> frozenset[str]:
    """Every word that a table of the events speaks of."""
    words = {lemma for lemma, _ in lexicon()}
    words |= {row["governor"] for row in rows("governors.tsv")}
    words |= {word for row in rows("speech_acts.tsv") if row["form"] != "will be" for word in row["words"].split()}
    words |= {word for found in word_classes().values() for word in found}
    words |= {row["word"] for row in rows("meetings.tsv")}
    for predicates in lexicon().values():
        words |= {word for predicate in predicates for need in predicate.needs for word in need.words}
    return frozenset(words)


@cache
def _irregular() -> dict[str, str]:
    """Past forms of verbs that no rule makes, with their lemmas."""
    return {row["form"]: row["lemma"] for row in rows("irregular_verbs.tsv")}


@lru_cache(maxsize=65_536)  # words go on being new; a day's news has fewer
def base(lemma: str, form: str, upos: str) -> str:
    """The lemma in lower case; one that a table knows and the form may come from, where the reader's is no such."""
    lemma = lemma.lower()
    if upos == "VERB" and form.lower() in _irregular():
        return _irregular()[form.lower()]
    if upos not in ("VERB", "NOUN", "AUX", "ADJ"):
        return lemma
    bases = tuple(_bases(form.lower()))
    if upos == "VERB" and form.lower().endswith(_PAST_OR_ING):
        # A verb's form in -ed is no lemma, though a table may know it as another word: "the accused".
        bases = (*bases[1:], bases[0])
        if lemma == form.lower():
            return next((word for word in bases if word in known()), lemma)
    if lemma in known() and (lemma in bases or not form.lower().endswith(("s", *_PAST_OR_ING))):
        return lemma
    return next((word for word in bases if word in known()), lemma)


def _bases(form: str) -> Iterator[str]:
    """What a regular inflected form may come from: "condemned" from "condemn", "denies" from "deny"."""
    yield form
    for ending in ("ies", "ied"):
        if form.endswith(ending):
            yield form[:-3] + "y"
    for ending in ("ing", "ed", "es", "s", "d"):
        if form.endswith(ending):
            stem = form[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                yield stem[:-1]
