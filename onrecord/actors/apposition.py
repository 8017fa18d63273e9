"""Apposition: a name and the office beside it, "Maria Zakharova, a spokeswoman for the ministry", are one person."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from onrecord.actors.mention import Mention
from onrecord.reading import Reading


def partners(reading: Reading, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """The person's mention beside each office's, by the head of the office's."""
    at = {mention.head: mention for mention in mentions}
    placed = [m for m in mentions if m.form != "pronoun" and m.profiles]
    found: dict[int, Mention] = {}
    ends = {m.last: m for m in sorted(placed, key=lambda m: m.last - m.first) if _is_office(m)}
    for person in placed:
        office = ends.get(_leads_to(reading, person)) if person.profile.kind == "person" else None
        if (
            office is not None
            and _is_one(reading, office)
            and reading.tokens[office.head].sentence == reading.tokens[person.head].sentence
        ):
            found.setdefault(office.head, person)
    persons = [m for m in placed if m.profile.kind == "person"]
    for office in (m for m in placed if _is_office(m)):
        for person in persons:
            # "Leader of the opposition in the senate Per Dal": the name stands last in what the office is of.
            # Or right behind it, where the tree hung it elsewhere: "Ambassador to Chad | Per Dal".
            right_behind = _meets(reading, office, person) and not person.profile.head and not office.profile.plural
            ends_in = office.head < person.first < office.last <= person.last or right_behind
            if person.named and person.first < person.named[0] and not _is_styled(reading, person):
                continue  # "the father of President Per Dal" is another
            if ends_in and reading.tokens[person.first - 1].upos in ("NOUN", "PROPN"):
                found.setdefault(office.head, person)
    for office, person in _opening_sources(reading, placed):
        found.setdefault(office.head, person)
    names = {m.named[0]: m for m in persons if m.named and not m.profile.head}
    for office in (m for m in placed if _is_office(m) and not m.profile.plural):
        if (behind := _behind_portfolio(reading, office, names)) in names:
            found.setdefault(office.head, names[behind])
    for before, mention in pairwise(placed):
        relation = reading.tokens[mention.head].deprel.split(":")[0]
        above = at.get(reading.tokens[mention.head].head) if relation == "appos" else None
        if above is None or above.form == "pronoun" or not above.profiles:
            above = before if _stands_in_commas(reading, before, mention) else None
        if above is None or any(profile.plural for m in (above, mention) for profile in m.profiles):
            continue
        person, office = (above, mention) if above.profile.kind == "person" else (mention, above)
        if person.profile.kind == "person" and _is_office(office) and office.head not in found:
            found[office.head] = person
    return found


def _meets(reading: Reading, office: Mention, person: Mention) -> bool:
    """Whether a name stands right behind an office, styles between them apart: "Ambassador to Chad | H E Per Dal"."""
    if not office.last <= person.first <= office.last + _MOST_STYLES:
        return False
    return all(token.text in _STYLES for token in reading.tokens[office.last : person.first])


_MOST_STYLES = 3
_STYLES = frozenset("H E HE H.E. HH HRH HM Mr Mrs Ms Dr Prof Eng Sheikh".split())


def _opening_sources(reading: Reading, placed: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Office and person of each source that opens with the one and ends in the other: "Adviser on trade, Per Dal"."""
    starts = {reading.tokens[m.first].start: m for m in placed if _is_office(m) and not m.profile.plural}
    ends = {reading.tokens[m.last - 1].end: m for m in placed if m.profile.kind == "person"}
    for attribution in reading.attributions:
        if attribution.source is None:
            continue
        start, end = attribution.source
        office = starts.get(start)
        person = ends.get(end) or ends.get(end - 1)
        if office is not None and person is not None and office.last < person.first:
            before = reading.tokens[person.first - 1]
            if before.text == "," and reading.tokens[office.head].sentence == before.sentence:
                yield office, person


def _is_styled(reading: Reading, person: Mention) -> bool:
    """Whether but a style or a degree stands before a name: "Dr. Per Dal"."""
    return all(t.text.rstrip(".") in _STYLES for t in reading.tokens[person.first : person.named[0]])


def _leads_to(reading: Reading, person: Mention) -> int:
    """Where an office ends that leads up to a name behind a comma: "a chancellor of the University (UL), W. B., said".

    -1 where none does.
    """
    tokens, end = reading.tokens, person.first - 1
    after = tokens[person.last] if person.last < len(tokens) else None
    if end < 1 or tokens[end].text != "," or after is None or not (after.text in (",", ".") or after.upos in _VERBS):
        return -1
    if tokens[end - 1].text == ")":
        end = next((i for i in range(end - 2, max(end - 6, 0), -1) if tokens[i].text == "("), end)
    return end


def _is_one(reading: Reading, office: Mention) -> bool:
    """Whether an office is one person's: "one of the party's leaders", but not "the party's leaders"."""
    before = [token.text.lower() for token in reading.tokens[max(0, office.first - 2) : office.first]]
    return not office.profile.plural or before in (["one", "of"], ["among", "them"])


_VERBS = ("VERB", "AUX")
_WITH_PORTFOLIO = ("minister", "secretary", "undersecretary", "commissioner", "director")


def _behind_portfolio(reading: Reading, office: Mention, names: Container[int]) -> int:
    """Where the name begins behind a portfolio of several words: "Minister of Mines and Energy, | Per Dal"; or -1."""
    tokens, of = reading.tokens, office.head + 1
    of = next((i for i in range(of, min(of + 3, len(tokens))) if tokens[i].text in ("for", "of")), of)
    if office.profile.noun not in _WITH_PORTFOLIO or of >= len(tokens) or tokens[of].text not in ("of", "for"):
        return -1
    sentence = tokens[office.head].sentence
    for at in range(of + 1, min(of + 1 + _PORTFOLIO, len(tokens))):
        if tokens[at].sentence != sentence:
            return -1
        if at in names:
            return at
        named = tokens[at].text[:1].isupper() or tokens[at].text in ("and", "&", "the", ",", "of", "for", "state")
        if not named and tokens[at].upos not in ("NOUN", "ADJ"):
            return -1
    return -1


# How many words a portfolio may have.
_PORTFOLIO = 12


def _is_office(mention: Mention) -> bool:
    profile = mention.profile
    return len(mention.profiles) == 1 and profile.kind != "person" and profile.category in ("person", "carrier")


# What may stand before an office beside a name: "Per Dal, now an envoy".
_BESIDE = frozenset("now also currently then himself herself and".split())


def _stands_in_commas(reading: Reading, before: Mention, mention: Mention) -> bool:
    """Whether a mention follows another behind a comma and ends at one, as no member of a list does."""
    tokens = reading.tokens
    first = mention.first
    while first - 1 > before.last and tokens[first - 1].text.lower() in _BESIDE:
        first -= 1
    if first - before.last != 1 or tokens[before.last].text != "," or mention.last >= len(tokens):
        return False
    if tokens[before.head].sentence != tokens[mention.head].sentence:
        return False
    after = tokens[mention.last + 1].text if mention.last + 1 < len(tokens) else ""
    # An office that leads up to a name needs no comma behind it: "its minister, Rustam Y, said".
    leads_up = mention.profile.kind == "person" and tokens[mention.last].upos in ("VERB", "AUX")
    return (tokens[mention.last].text in (",", ".", "–", "—") and after not in ("and", "or", "as")) or leads_up
