"""The words that tell some texts from others: what somebody says now and did not before, or one outlet and no other.

Counts alone show the words that everybody uses. Each word gets the log of its odds in one group against those in all
the others, smoothed by how common it is in all, over its standard error: Monroe, Colaresi and Quinn, "Fightin' Words"
(Political Analysis 2008), equations 16, 20 and 22, with a prior as large as the group's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

WORD = re.compile(r"[^\W\d_]{3,}(?:[-'’][^\W\d_]+)*")
LEAST = 2  # a word said once tells nothing yet
CLEAR = 1.0  # standard errors: half of those beyond two are chance in so many words, and one is enough to be looked at

# Words that carry no matter of their own.
EMPTY = frozenset(
    "the and any that this these those with from into over its his her their our your has have had will would should "
    "shall may might can could are was were been being does did done not unless until otherwise case event long there "
    "them they who which what than then also further again other such more most some all one against for but you she "
    "him out about after before when where while because very just only now here how own under both each few too off "
    "down same through between during once why itself himself themselves ours yours hers theirs yet still even much "
    "many well upon per say says said saying told tell according don't didn't doesn't won't isn't aren't wasn't".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """A word of one group: how often it stands there and in all, and by how many standard errors it is its own."""

    word: str
    here: int
    everywhere: int
    weight: float


def words(text: str) -> list[str]:
    """The words of a text that carry matter, in small letters."""
    return [word for match in WORD.finditer(text.lower()) if (word := match[0].replace("’", "'")) not in EMPTY]


def telling(groups: Mapping[str, Sequence[str]], *, most: int = 8) -> dict[str, tuple[Told, ...]]:
    """For each group of words those that tell it from the others, the clearest first; none where there is no other."""
    counts = {name: Counter(group) for name, group in groups.items()}
    every: Counter[str] = Counter()
    for here in counts.values():  # not their sum, which would copy all of it for every group
        every.update(here)
    total = every.total()
    made: dict[str, tuple[Told, ...]] = {}
    for name, here in counts.items():
        size, rest = here.total(), total - here.total()
        if not size or not rest:
            made[name] = ()
            continue
        found = []
        for word, count in here.items():
            if every[word] == total:  # the only word there is
                continue
            prior = every[word] / total * size
            other = every[word] - count
            odds = (count + prior) / (2 * size - count - prior)
            against = (other + prior) / (rest + size - other - prior)
            weight = (log(odds) - log(against)) / sqrt(1 / (count + prior) + 1 / (other + prior))
            if count >= LEAST and weight >= CLEAR:
                found.append(Told(word, count, every[word], round(weight, 2)))
        made[name] = tuple(sorted(found, key=lambda each: (-each.weight, each.word))[:most])
    return made
