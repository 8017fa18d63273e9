"""The profile of a mention: whose office it names, composed from its words. "German Chancellor" is in no list.

The country comes from adjectives, demonyms, possessives and places, before the head first ("Chile's ministry"), then
behind it ("ministry of Chile", "leaders in France"). The sector comes from the head noun, or, where that only carries
(spokesman, official, leader, member), from the words it leans on ("army", "of the Riigikogu").
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.actors import leaders
from onrecord.actors.context import Context
from onrecord.actors.gazetteer import INTERNATIONAL, Entry, Hit, gazetteer
from onrecord.actors.naming import known_name, titled_name
from onrecord.actors.phrase import HOME, PREPOSITIONS, Phrase, before_name, head_hit, owner_of, parse, standing_of
from onrecord.actors.profile import Profile
from onrecord.actors.sectors import modifier_sectors, sectors_of, side
from onrecord.actors.wording import Word, split
from onrecord.record import ActorKind

_QUANTIFIERS = frozenset(
    "several some many most all both few dozens hundreds thousands scores one two three four five number group groups "
    "majority handful pair members each none any millions".split()
)
# Sectors of people in office: they leave it as ELI, ex-officials.
_OFFICIAL = frozenset({"GOV", "LEG", "MIL", "SPY", "JUD", "COP", "PTY", "OPP"})
# Several states or sides: the place behind them is where they act ("Western countries in ..."), not whose they are.
_ABROAD = frozenset({"countries", "nations", "powers", "allies", "partners", "world powers", "western countries"})
# Whom states send to a body: they are not that body's.
_SENT_TO = frozenset({"ambassador", "deputy ambassador", "permanent representative"})
KIN = frozenset(
    "family relative son daughter wife husband brother sister mother father nephew niece cousin in-laws widow spouse "
    "brother-in-law sister-in-law son-in-law daughter-in-law father-in-law mother-in-law grandson granddaughter "
    "stepson stepdaughter".split()
)
"""Nouns that tell somebody by a relation to another: whoever is kin of somebody in office is ELI."""
# "Bank of" these is a company.
_COMMERCIAL = frozenset({"USA", "CHN", "IND", "CYP", "BRB"})
# Whoever is called so is of another country than the one where they are.
_FOREIGN = frozenset({"foreign", "international", "multinational", "overseas", "visiting", "expatriate"})
_WESTERN = re.compile(r"^(?:western|eastern|european|african|asian|arab|gulf|latin|nordic|baltic|balkan|scandinavian)$")


def resolve_mention(text: str, as_of: str, context: str = "") -> tuple[str | None, str | None]:
    """Country and primary sector of a bare mention as of an ISO day; None where the words do not give them.

    ``context`` is what is known around it: it gives a country where the mention has none, and settles doubtful names.
    """
    around = Context(f"{text} {context}", as_of, countries=_countries_named(context))
    profile = describe(split(text.strip()), around)
    if profile is None:
        return None, None
    country = profile.country
    if country is None and len(around.countries) == 1:
        country = next(iter(around.countries))
    return country, profile.sectors[0] if profile.sectors else None


def sector_of(role: str | None) -> str | None:
    """The sector that words of office give by themselves: GOV of "Minister of Mines"; None where they give none."""
    profile = describe(split(role), Context()) if role else None
    return profile.sectors[0] if profile and profile.sectors else None


def _countries_named(text: str) -> frozenset[str]:
    hits = gazetteer().scan(split(text))
    entries = (hit.of("state", "adjective", "demonym", "capital") for hit in hits)
    return frozenset(entry.country for entry in entries if entry and entry.country)


def describe(words: list[Word], context: Context, *, known_head: bool = False) -> Profile | None:
    """The profile of a phrase without coordination; None where no table knows any of its words.

    ``known_head`` asks that a table knows the head itself: "army plans" then has no profile, while "army cook" has
    one for somebody who knows that the phrase is an actor.
    """
    phrase = parse(words, context)
    if known_head and not phrase.hits and words and not words[phrase.end - 1].surface[:1].isupper():
        return None  # most nouns: no word of a table, and no surname
    found = _person(phrase) or _headed(phrase) or _named(phrase)
    return found or (None if known_head else _unknown(phrase))


# People


def _person(phrase: Phrase) -> Profile | None:
    """A person: a name of the table of leaders, or capitalised words after a title."""
    found = known_name(phrase) or titled_name(phrase)
    if found is None:
        return None
    first, last, id = found
    name = tuple(word.surface for word in phrase.words[first:last])
    before = before_name(phrase, first)
    title = _headed(before) if first else None
    country, sectors, role = standing_of(id, phrase.context) if id else (None, (), None)
    if title is not None:
        country = title.country or country
        sectors = title.sectors or sectors
        role = title.role
        if title.country in ("UNO", "EUR", "IGO") and not title.sectors:
            sectors = ()
    elif first and (owner := owner_of(before)):
        country = owner
        sectors = sectors or _body_before(before)
    if country is None and title is not None and (state := _complement(phrase, "of")) and state.kind == "state":
        country = state.country  # "President Per Dal of Norway"
    return Profile(
        country,
        sectors,
        "person",
        id,
        " ".join(name),
        title.head if title else None,
        "person",
        role,
        name,
        former=title.former if title else (role or "").startswith("former "),
        own_country=title.own_country if title else False,
    )


def _body_before(before: Phrase) -> tuple[str, ...]:
    """The sectors of the body whose somebody is: "the Post's | Per Dal"; () where none stands there."""
    last = len(before.words) - 1
    if before.words[last].folded != "'s":
        return ()
    body = next((hit.of("proper") for hit in before.hits if hit.last == last), None)
    return body.sectors if body else ()


# Offices, bodies, kinds of people


def _headed(phrase: Phrase) -> Profile | None:
    hit = head_hit(phrase)
    entry = hit.of("head") if hit else None
    if hit is None or entry is None or entry.category == "not" or _is_name(phrase, hit):
        return None
    return _compose(phrase, hit, entry)


def _is_name(phrase: Phrase, hit: Hit) -> bool:
    """Whether the hit is rather a proper name: written with capitals, and a name of a table."""
    named = hit.of("proper", "seat", "state", "capital")
    if named is None or not phrase.words[hit.first].surface[:1].isupper():
        return False
    # "Chile's Defense Department" is not the one that goes by that name alone.
    return owner_of(phrase, hit.first) in (None, named.country)


def _compose(phrase: Phrase, hit: Hit, entry: Entry) -> Profile:
    leader = _administration(phrase, hit, entry)
    # "Former President Per Dal's government" was one.
    named = max((h.first for h in phrase.hits if h.of("leader") and h.last <= hit.first), default=-1)
    former = any(h.of("former") and named < h.first and h.last <= hit.first for h in phrase.hits)
    owner = owner_of(phrase, hit.first)
    of_profile = _employer(phrase, entry)
    country = leaders.terms(leader)[0].country if leader else owner or (of_profile.country if of_profile else None)
    if country == "UNO" and entry.name in _SENT_TO:
        country = None  # "the UN ambassador" is some state's
    own = country is not None
    foreign = _is_foreign(phrase, hit) or entry.name in ("foreigner", "foreigners", "foreign fighters")
    if country is None and entry.name not in _ABROAD and not foreign:
        country = _home(phrase)
        own = country is not None
    sectors = sectors_of(phrase, hit, entry, of_profile, country)
    if country in INTERNATIONAL and sectors[:1] == ("GOV",):
        sectors = sectors[1:]  # only states have governments
    if former and sectors == ("PTY",) and entry.category == "body":
        pass  # "her former campaign" is a party's still
    elif former and sectors and sectors[0] in _OFFICIAL:
        sectors = ("ELI",)
    elif former and sectors[:1] in (("REB",), ("UAF",), ("PRM",)):
        sectors = ()  # who has laid down arms is something else by now
    if entry.name in KIN and _is_related(phrase, hit, of_profile):
        sectors = ("ELI",)
    if entry.name == "bank" and country and _is_central_bank(phrase, hit, of_profile):
        sectors = ("GOV",)
    kind: ActorKind = "group" if entry.plural or entry.category == "people" else "office"
    if (
        entry.category == "body"
        and not entry.plural
        and sectors[:1] in (("BUS",), ("SOC",), ("EDU",), ("JRN",), ("REL",))
    ):
        kind = "organisation"
    role = phrase.text(_role_start(phrase, hit), hit.last)
    if former and not any(h.of("former") for h in phrase.hits if _role_start(phrase, hit) <= h.first < hit.last):
        role = f"former {role}"
    body = next((e for h in phrase.hits if h.last <= hit.first and (e := h.of("proper"))), None)
    return Profile(
        country,
        sectors,
        kind,
        f"{country.lower()}.gov.{leader.removeprefix('person.').rpartition('-')[2]}-administration"
        if leader and country
        else None,
        phrase.text(hit.first - 1, hit.last) if leader else None,
        entry.name,
        entry.category,
        role,
        plural=entry.plural or entry.category == "people",
        former=former,
        own_country=own,
        region=any(_WESTERN.match(w.folded) for w in phrase.words[: hit.last]),
        foreign=foreign,
        owner=body.id
        if body
        else of_profile.id
        if of_profile and of_profile.id and of_profile.kind != "state"
        else None,
    )


def _is_related(phrase: Phrase, hit: Hit, of_profile: Profile | None) -> bool:
    """Whether kin is of a leader, or of somebody who is or was in office: "the son of former minister X"."""
    of_office = (
        of_profile is not None and of_profile.kind == "person" and of_profile.sectors[:1] in (("GOV",), ("ELI",))
    )
    return of_office or any(h.of("leader") and h.last <= hit.first for h in phrase.hits)


def _is_central_bank(phrase: Phrase, hit: Hit, of_profile: Profile | None) -> bool:
    """Whether a bank is a state's by its name: "Bank of Ghana", but not the companies of that kind of name."""
    named = phrase.words[hit.first].surface[:1].isupper() and of_profile is not None and of_profile.kind == "state"
    return named and of_profile is not None and of_profile.country not in _COMMERCIAL


def _is_foreign(phrase: Phrase, hit: Hit) -> bool:
    """Whether words before the head, within no longer term ("foreign ministry"), tell of somebody from abroad."""
    within = {i for h in phrase.hits if h.last - h.first > 1 for i in range(h.first, h.last)}
    return any(word.folded in _FOREIGN for i, word in enumerate(phrase.words[: hit.first]) if i not in within)


def _administration(phrase: Phrase, hit: Hit, entry: Entry) -> str | None:
    """Whose government it is by a leader's name before it: "the Trump administration". None where nobody is named."""
    if entry.name not in ("administration", "government", "regime", "presidency", "cabinet") or not hit.first:
        return None
    known = next((e for h in phrase.hits if h.last == hit.first and (e := h.of("leader"))), None)
    if known is not None:
        return known.id
    word = phrase.words[hit.first - 1]
    if not word.surface[:1].isupper() or any(h.first < hit.first <= h.last for h in phrase.hits):
        return None
    return leaders.head_of_government(word.folded, phrase.context.day)


def _employer(phrase: Phrase, entry: Entry) -> Profile | None:
    """Whom somebody is of: "head of the X", "spokesman for the X", "an official at the X", "adviser to the X"."""
    if entry.category != "carrier":
        return _complement(phrase, "of")
    prepositions = ["of", "at", "in", "from", "with"]
    if entry.name.startswith("spokes"):
        prepositions.append("for")
    if entry.name in ("representative", "director", "head", "secretary", "coordinator", "director general"):
        prepositions.append("for")
    if entry.name in ("adviser", "advisor", "aide"):
        prepositions.append("to")
    found = [profile for preposition in prepositions if (profile := _complement(phrase, preposition))]
    return next((profile for profile in found if profile.sectors), found[0] if found else None)


def _role_start(phrase: Phrase, hit: Hit) -> int:
    """Where the words of office begin: behind the country and its possessive, at the portfolio ("Foreign Minister")."""
    start = hit.first
    while start > 0:
        word = phrase.words[start - 1]
        before = next((h for h in phrase.hits if h.first <= start - 1 < h.last), None)
        owner = before and before.of("state", "adjective", "demonym", "capital", "seat", "city", "leader")
        if owner or word.folded in ("'s", "the", "a", "an", "his", "her", "its", "their", ",") or word.folded.isdigit():
            break
        start -= 1
    return start


def _complement(phrase: Phrase, preposition: str) -> Profile | None:
    """The profile of what hangs on the head by a preposition, up to the next comma."""
    at = phrase.end
    while at < len(phrase.words) and phrase.words[at].folded in PREPOSITIONS:
        if phrase.words[at].folded == preposition:
            rest = phrase.words[at + 1 :]
            stop = next(
                (k for k, word in enumerate(rest) if word.folded in (",", ";", "who", "which", "that")), len(rest)
            )
            return describe(rest[:stop], phrase.context) if stop else None
        at += 1
    return None


def _home(phrase: Phrase) -> str | None:
    """The country of a place behind the head: "leaders in France", "a unit from Goma"."""
    for i in range(phrase.end, len(phrase.words) - 1):
        if phrase.words[i].folded in HOME and (found := describe(phrase.words[i + 1 :], phrase.context)):
            return found.country
        if phrase.words[i].folded in (",", "who", "which", "that", "to", "against", "with"):
            return None
    return None


# Names of states, places and bodies


def _named(phrase: Phrase) -> Profile | None:
    hit = head_hit(phrase)
    if hit is None:
        return None
    entry = hit.of("state", "capital", "seat", "proper", "demonym", "adjective", "city")
    if entry is None:
        return None
    alone = hit.first == 0 or all(
        w.folded in ("the", "a", "an", "some", "many", "'s") for w in phrase.words[: hit.first]
    )
    country = entry.country
    if entry.sort == "state":
        region = entry.category == "region"
        kind: ActorKind = "state" if not region or entry.sectors else "group"
        return Profile(
            country, entry.sectors, kind, entry.id, entry.name, own_country=True, place=region and not entry.sectors
        )
    if entry.sort == "capital":
        behind = hit.last < len(phrase.words)
        sectors = () if behind or not alone else entry.sectors
        return Profile(country, sectors, "office", entry.id, entry.name, own_country=True, place=not sectors)
    if entry.sort == "seat":
        return Profile(country, entry.sectors, "office", entry.id, entry.name, own_country=True)
    if entry.sort == "proper":
        former = any(h.of("former") and h.last <= hit.first for h in phrase.hits)
        sectors = entry.sectors + tuple(s for s in side(phrase, hit) if s not in entry.sectors)
        owner = owner_of(phrase, hit.first)
        kinds: dict[str, ActorKind] = {
            "international": "international",
            "group": "group",
            "party": "organisation",
            "legislature": "office",
            "service": "organisation"
            if entry.sectors[:1] in (("BUS",), ("JRN",), ("EDU",), ("LAB",), ("CVL",))
            else "office",
        }
        return Profile(
            country if country else owner,
            sectors,
            kinds[entry.category],
            entry.id,
            entry.name,
            former=former,
            own_country=True,
        )
    if entry.sort == "city":
        return Profile(country, (), "group", None, entry.name, place=True, own_country=country is not None)
    # People of a country: "Russians", "an Afghan".
    if entry.sort == "adjective":
        return Profile(country, (), "group", entry.id, entry.name, own_country=True)
    whole = all(word.folded == "the" for word in phrase.words[: hit.first]) and hit.first > 0
    # "The Danes" may be Denmark; "Danes" and "hundreds of young Danes" are some of its people.
    sectors = () if whole else ("CVL",)
    return Profile(country, sectors, "group", None, None, "people", "people", plural=True, own_country=True)


def _unknown(phrase: Phrase) -> Profile | None:
    """A head that no table knows: what leans on it, or what it is "of", may still tell."""
    if phrase.end < len(phrase.words) and phrase.words[phrase.end].folded == "of":
        words = phrase.words[: phrase.end]
        of_profile = _complement(phrase, "of")
        if all(w.folded in _QUANTIFIERS or w.folded in ("the", "a") or w.folded.isdigit() for w in words):
            return of_profile
    else:
        of_profile = None
    leaning = [h for h in phrase.hits if h.last < phrase.end]
    country = owner_of(phrase) or (of_profile.country if of_profile else None) or _home(phrase)
    sectors = modifier_sectors(leaning) or (of_profile.sectors if of_profile else ())
    if country is None and not sectors:
        return None
    return replace(Profile(), country=country, sectors=sectors[:1], own_country=country is not None)
