"""What cue verbs tell of a statement, and which words name a medium: ``data/cues.tsv``, ``data/media.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.tables import rows


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue verb tells of its statement (``data/cues.tsv``).

    ``marks``: ``repeated``, ``denial``; ``nests``, it makes a statement inside another's words; ``infinitive``, also
    with "to ..." as its content.
    ``addressee``: those spoken to are its object (``obj``), its to-phrase (``to``), ``no``.
    """

    lemma: str
    marks: frozenset[str]
    addressee: str


@cache
def cues() -> dict[str, Cue]:
    """Cues by lemma, and by their regular forms for verbs whose lemma the reader missed."""
    by_lemma = {
        row["lemma"]: Cue(row["lemma"], frozenset((row["marks"] or "").split()), row["addressee"])
        for row in rows("cues.tsv")
    }
    return {form: cue for cue in by_lemma.values() for form in _forms(cue.lemma)} | by_lemma


def _forms(lemma: str) -> tuple[str, ...]:
    stem = lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2] not in "aeo":
        return f"{lemma[:-1]}ied", f"{lemma}ing", f"{lemma[:-1]}ies"
    return f"{stem}ed", f"{stem}ing", f"{lemma}s"


@cache
def media() -> dict[tuple[str, ...], str]:
    """Medium by the words that name it, lower case."""
    return {
        tuple(phrase.lower().split()): row["medium"] for row in rows("media.tsv") for phrase in row["lemmas"].split("|")
    }
