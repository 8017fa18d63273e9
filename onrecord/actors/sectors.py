"""Sectors of a phrase: by the head noun, else by what it leans on or is of."""

from __future__ import annotations

from onrecord.actors.gazetteer import Entry, Hit
from onrecord.actors.phrase import BEHIND, PREPOSITIONS, Phrase
from onrecord.actors.profile import Profile

# Heads that before another noun are adjectives: "the general command", "local officials", "the metropolitan region".
_ADJECTIVES = frozenset(
    "general local metropolitan elder native individual fellow major public executive chief principal private".split()
)
_GIVING = frozenset({"modifier", "proper", "head", "seat"})
# Modifiers that make irregulars of soldiers and governments: "rebel army", "separatist authorities".
_IRREGULAR = frozenset({"REB", "PRM"})
# Whose associations and federations are more than civil society.
_CALLINGS = frozenset({"LAB", "BUS", "MED", "EDU", "JRN", "REL", "AGR", "OPP", "PTY"})
# Whose councils and secretariats are not the government's.
_OTHERS = frozenset({"REL", "LEG", "PTY"})
# Political colours: of a party before a party's words, of no party before "president".
_COLOURS = frozenset(
    "leftist rightist far-right far-left left-wing right-wing nationalist socialist communist islamist".split()
)
# Heads of states that other bodies have as well.
_ANYBODYS_HEAD = frozenset({"president", "vice president", "general secretary", "secretary general"})
# A government is one whoever forms it: "the Labour government".
_GOVERNING = frozenset({"government", "administration", "regime", "cabinet", "presidency", "authority", "authorities"})
# Bodies of government that are named by what they govern: "the police ministry".
_PORTFOLIOS = frozenset({"ministry", "department", "government", "cabinet"})
# What parties and companies have as well as governments.
_ANYBODYS = frozenset({"delegation", "leadership", "mission", "secretariat"})
# Who is of a party if its name stands before them, whatever else they are.
_PARTISANS = frozenset({"activist", "activists", "supporter", "supporters", "campaigner", "campaigners"})
# Bodies that are a parliament's if its name stands before them, whatever they deal with.
_PANELS = frozenset({"committee", "subcommittee", "commission", "panel"})
_REGULAR = frozenset({"MIL", "GOV", "COP"})


def sectors_of(
    phrase: Phrase, hit: Hit, entry: Entry, of_profile: Profile | None, country: str | None
) -> tuple[str, ...]:
    """The sectors of a head: its own, else those of the words before it, else of what it is "of"; () if none."""
    leaning = [h for h in phrase.hits if h.last <= hit.first and not h.of("former") and not _is_denied(phrase, h)]
    if entry.sectors == ("GOV",):
        leaning = [h for h in leaning if not _is_leaning(h)]  # "a leftist president" is no party's
    given = modifier_sectors(leaning)
    if entry.name in _PANELS and any(e.sectors == ("LEG",) for h in leaning for e in h.entries):
        return ("LEG",)  # "the House Home Affairs Committee"
    if entry.category != "carrier":
        # Who knows of the matter is hardly a mere citizen.
        own = () if entry.sectors == ("CVL",) and _is_told(phrase) else entry.sectors
        if given[:1] and given[0] in _IRREGULAR and own[:1] and own[0] in _REGULAR:
            return given[:1]
        agency = own == ("GOV",) and entry.category == "body" and entry.name.split()[-1] not in _PORTFOLIOS
        if given[:1] == ("COP",) and (own[:1] == ("MIL",) or agency):
            return given  # "police troops", "the police bureau"
        if given[:1] == ("SPY",) and agency:
            return given  # "foreign intelligence agencies"
        if given[:1] in (("PTY",), ("OPP",)) and entry.name in _PARTISANS:
            return given  # "Unity Party activists"
        others = own == ("GOV",) and entry.category == "body" and entry.name not in _GOVERNING
        if others and given[:1] and given[0] in _OTHERS:
            return given[:1]  # "rabbinical council"
        if own == ("GOV",) and entry.name in _ANYBODYS and _of_unknown(phrase, hit, of_profile):
            return ()
        if own == ("GOV",) and given[:1] == ("PTY",) and entry.name.endswith("president"):
            return given  # "Unity Party interim president"
        if own == ("SOC",) and given[:1] and given[0] in _CALLINGS:
            return given[:1]  # "workers' federation"
        if own[:1] == ("REB",) and given[:1] in (("PRM",), ("PTY",)):
            return given[:1]  # "pro-government militia", "the NPP faction"
        extra = tuple(s for s in side(phrase, hit) if s not in own)
        return own + extra if own else given[:1] + extra
    if entry.sectors == ("PTY",) and given[:1] in (("GOV",), ("LEG",)):
        return entry.sectors  # "White House hopeful", "Senate candidate"
    if given:
        return given
    if of_profile is not None and of_profile.sectors:
        return of_profile.sectors
    default = entry.sectors
    if default and default[0].startswith("?"):
        # "The Turkish leader" speaks for Turkey, "the leader" for nobody we know; a body's own official for the body.
        return (default[0][1:],) if country and not _of_unknown(phrase, hit, of_profile) else ()
    if entry.name in _ANYBODYS_HEAD and _of_unknown(phrase, hit, of_profile):
        return ()  # "president of Fenafor", "the KTX president"
    return default


def _is_denied(phrase: Phrase, hit: Hit) -> bool:
    """Whether a word is said not to hold: "non-partisan"."""
    return hit.first > 0 and phrase.words[hit.first - 1].folded == "non"


def _is_leaning(hit: Hit) -> bool:
    """Whether a word tells a political colour and no body: "leftist", "far-right"."""
    return any(entry.name in _COLOURS for entry in hit.entries)


def _is_told(phrase: Phrase) -> bool:
    """Whether somebody is described by what they know: "people | familiar with the matter"."""
    return phrase.end < len(phrase.words) and phrase.words[phrase.end].folded in BEHIND


def _of_unknown(phrase: Phrase, hit: Hit, of_profile: Profile | None) -> bool:
    """Whether somebody is of a body by a name that no table has: "the PXU delegation", "leaders of Unidad Andina".

    Then the country is where that body is, and tells nothing of the sector.
    """
    known = {i for h in phrase.hits for i in range(h.first, h.last)}
    for i, word in enumerate(phrase.words[: hit.first]):
        acronym = len(word.surface) > 1 and word.surface.isupper()
        if i not in known and word.surface[:1].isupper() and (acronym or i) and word.folded not in PREPOSITIONS:
            return True
    behind = [i for i in range(phrase.end + 1, len(phrase.words)) if phrase.words[i].folded != "the"][:1]
    if of_profile is not None and (of_profile.sectors or of_profile.place):
        return False
    return any(phrase.words[i].surface[:1].isupper() and i not in known for i in behind)


def modifier_sectors(leaning: list[Hit]) -> tuple[str, ...]:
    """Sectors of the words before a head, the nearest first; kinds of people yield to a body by its name."""
    named = any(h.of("proper") for h in leaning)  # "the Unity Party's youth chairman"
    for h in reversed(leaning):
        for entry in h.entries:
            noun = entry.name not in _ADJECTIVES and not (named and entry.sectors == ("CVL",))
            if entry.sort in _GIVING and entry.sectors and not entry.sectors[0].startswith("?") and noun:
                return entry.sectors
    return ()


def side(phrase: Phrase, hit: Hit) -> tuple[str, ...]:
    """Secondary sectors: which side of power a party or a member stands on."""
    words = {word.folded for word in phrase.words[: hit.first]}
    if words & {"ruling", "governing"}:
        return ("GOV",)
    return ("OPP",) if words & {"opposition", "anti-government"} else ()
