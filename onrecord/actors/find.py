"""Actors of a page: mentions, made one actor where they mean one, each coded with country and sector."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.actors import leaders
from onrecord.actors.cast import Actors
from onrecord.actors.context import Context, acronyms
from onrecord.actors.coreference import Memory, Seen
from onrecord.actors.gazetteer import gazetteer, state_names
from onrecord.actors.mentions import Mention, find_mentions
from onrecord.actors.people import People, Person, bare, gender_of, same_name
from onrecord.actors.profile import Profile
from onrecord.actors.titles import government_name, portfolio_of, prefix_of, standard_title, state_name, written
from onrecord.actors.wording import fold, key, slug, to_words
from onrecord.reading import Reading, Token
from onrecord.record import Actor, ActorKind, Page, Span

# Heads that speak for a whole government.
_GOVERNMENT = frozenset(
    "government|authorities|official|administration|regime|leadership|government officials|state officials".split("|")
)
_STATES = frozenset({"country", "nation", "kingdom", "republic", "state"})
_COLLECTIVES = frozenset(
    {"group", "organisation", "organization", "movement", "bloc", "alliance", "militia", "faction"}
)
# Share of a page's country words that one country must have before the page is about nothing else.
_DOMINANT_SHARE = 0.8
_DOMINANT_COUNT = 3
# Holders of public office, who are of the country that a page is about unless it says otherwise.
_DOMESTIC = (("GOV",), ("LEG",), ("MIL",), ("JUD",), ("COP",), ("SPY",), ("OPP",))


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier pages have taught of a person, in ``pages`` pages between two ISO days."""

    name: str
    country: str | None
    sector: str | None
    role: str | None
    first: str
    last: str
    pages: int = 1


@dataclass(slots=True)
class _Draft:
    """An actor while the page is read."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    mentions: list[tuple[int, int]]


def find_actors(page: Page, reading: Reading, known: Sequence[Known] = (), *, as_of: str | None = None) -> Actors:
    """The actors of a page, furniture left out.

    Offices are taken as of the page's day, else of ``as_of`` (ISO); without either nobody's office is known by heart,
    and a leader has only the country that all terms share. ``known`` fills in people of whom the page says nothing.
    """
    day = page.published or as_of
    countries = _countries(reading)
    context = Context(page.text, day[:10] if day else None, frozenset(countries), acronyms(page.text))
    return _Finder(reading, context, known, countries, page.outlet.country if page.outlet else None).find()


def _countries(reading: Reading) -> list[str]:
    """The countries of all names of states, their people, seats, cities and leaders, as often as they stand there."""
    words = to_words(token.text for token in reading.tokens if token.text[:1].isupper())
    hits = gazetteer().scan(words, capitals=True)
    entries = (hit.of("state", "adjective", "demonym", "capital", "seat", "leader", "city") for hit in hits)
    return [entry.country for entry in entries if entry and entry.country]


class _Finder:
    """One run over one page."""

    def __init__(
        self, reading: Reading, context: Context, known: Sequence[Known], countries: list[str], outlet: str | None
    ) -> None:
        self._reading = reading
        self._named_countries = countries
        self._outlet = outlet
        self._context = context
        self._known = known
        self._mentions = find_mentions(reading, context)
        self._at = {mention.head: mention for mention in self._mentions}
        self._people = People()
        self._memory = Memory(reading)
        self._drafts: dict[str, _Draft] = {}
        self._ids: dict[int, tuple[str, ...]] = {}
        self._main_country = self._dominant()

    def find(self) -> Actors:
        full = [m.profile for m in self._mentions if m.profiles and len(bare(m.profile.person)) > 1]
        for profile in sorted(full, key=lambda profile: -len(bare(profile.person))):
            self._people.add_full(profile)
        for mention in self._mentions:
            self._place(mention)
        self._apposed()
        self._announced()
        self._at_home()
        return self._freeze()

    def _dominant(self) -> str | None:
        """The country that a page is about, if it is about one: that of its domestic actors who show no other.

        It has nearly all of the page's country words; or it is the only one named, and the outlet's own.
        """
        told = Counter(country for country in self._named_countries if country in state_names())
        if not told:
            return None
        country, count = told.most_common(1)[0]
        if country == self._outlet and len(told) == 1:
            return country
        return country if count >= _DOMINANT_COUNT and count >= _DOMINANT_SHARE * told.total() else None

    # One mention

    def _place(self, mention: Mention) -> None:
        if mention.form == "pronoun":
            id = self._memory.pronoun(mention)
            if id is not None:
                self._add(mention, (id,))
                self._memory.note(mention, id, self._sort(id), self._gender(id), coded=bool(self._drafts[id].country))
            return
        ids = tuple(dict.fromkeys(id for profile in mention.profiles if (id := self._identify(mention, profile))))
        if not ids:
            return
        self._add(mention, ids)
        for id in ids:
            self._memory.note(
                mention,
                id,
                self._sort(id, mention.profile),
                self._gender(id, mention.profile),
                coded=bool(self._drafts[id].country),
            )

    def _identify(self, mention: Mention, profile: Profile) -> str | None:
        if profile.kind == "person":
            return self._person(mention, profile)
        if profile.id:
            return self._draft(profile.id, profile, profile.name or profile.id)
        if profile.head is None:
            meant = self._context.acronyms.get(fold(profile.name or ""))
            own = f"org.{'-'.join(meant)}" if meant else f"org.{slug(profile.name or '')}"
            return self._draft(own, profile, profile.name or "")
        return self._nominal(mention, profile)

    def _person(self, mention: Mention, profile: Profile) -> str | None:
        short = len(bare(profile.person)) == 1
        if short and profile.id and not self._people.known_short(profile) and self._has_namesake(profile):
            profile = replace(profile, id=None, country=None, sectors=())
        person = self._people.find_short(profile) if short else self._people.add_full(profile)
        if person is None:
            if short and self._people.known_short(profile):
                return None  # two of the page could be meant
            person = self._people.add_full(profile)
        self._learn(person, profile)
        return person.id

    def _has_namesake(self, profile: Profile) -> bool:
        """Whether the page writes the surname beside another first name than the leader's whom the table knows."""
        surname = profile.person[-1]
        own = {word for term in leaders.terms(profile.id or "") for word in key(term.name)}
        beside = re.compile(rf"(?:([A-Z][\w’'-]*) )?\b{re.escape(surname)}\b(?: ([A-Z][\w-]*))?")
        for match in beside.finditer(self._context.text):
            for word in filter(None, match.groups()):
                titles = any(entry.sort in ("head", "modifier") for entry in gazetteer().exactly(key(word)))
                if not titles and not set(key(word)) & own and bare((word, "x")) != ("x",):
                    return True
        return False

    def _learn(self, person: Person, profile: Profile) -> None:
        """Write down what a mention tells of a person. The page's own words go before the tables' and the archive's."""
        draft = self._drafts.get(person.id)
        if draft is None:
            country, sectors, role = self._background(person)
            draft = self._drafts[person.id] = _Draft(person.id, person.name, "person", country, sectors, role, [])
        titled = profile.role is not None and bool(profile.sectors or profile.country)
        if titled:
            draft.country = profile.country or draft.country
            draft.sectors = profile.sectors or draft.sectors
            draft.role = profile.role
        elif draft.country is None:
            draft.country, draft.sectors = profile.country, draft.sectors or profile.sectors

    def _background(self, person: Person) -> tuple[str | None, tuple[str, ...], str | None]:
        if person.leader and self._context.day:
            return leaders.standing(person.leader, self._context.day)
        if person.leader:
            held = leaders.terms(person.leader)
            countries = {term.country for term in held}
            return (countries.pop() if len(countries) == 1 else None), (), None
        day = self._context.day
        for told in self._known:
            if any(same_name(key(told.name), form) for form in person.forms) and (day is None or told.first <= day):
                return told.country, (told.sector,) if told.sector else (), told.role
        return None, (), None

    def _nominal(self, mention: Mention, profile: Profile) -> str | None:
        """An office, body or kind of people by its noun."""
        token = self._reading.tokens[mention.head]
        head = profile.head or ""
        last = head.split()[-1]
        definite = self._definite(mention)
        if last in _STATES and not profile.own_country:
            return self._recalled_state(token) if definite else None
        if not profile.own_country and (definite or profile.plural):
            recalled = self._recall(token, head, last, profile, definite)
            if recalled is not None:
                return recalled
        if last == "ministry" and not profile.own_country and (meant := self._ministry_of_minister(profile)):
            return meant
        country = profile.country or self._nested_country(mention)
        if country is None and (definite or profile.category in ("people", "body")) and profile.sectors:
            country = self._main_country
        if (last in _COLLECTIVES or profile.category == "carrier") and country is None and not profile.sectors:
            return None
        return self._office(mention, replace(profile, country=country), definite)

    def _recall(self, token: Token, head: str, last: str, profile: Profile, definite: bool) -> str | None:
        if last in _COLLECTIVES and definite and not profile.plural:
            same = self._memory.noun(last, "", token, ("body", "people"))
            return same or self._memory.sort(("body", "people"), token, self._is_named_body)
        plain = profile.role is None or fold(profile.role) in (last, f"{last}s")
        if head in _GOVERNMENT and plain and (profile.plural or definite) and profile.category != "body":
            return self._government_near(token)
        if not definite:
            return None
        portfolio = " ".join(head.split()[:-1])
        sorts = ("person",) if profile.category in ("person", "carrier") and not profile.plural else ("body", "people")
        return self._memory.noun(last, portfolio, token, sorts)

    def _ministry_of_minister(self, profile: Profile) -> str | None:
        """ "The ministry" of the one minister whom the page has named, where it has named no ministry."""
        found = {
            (draft.country, role)
            for draft in self._drafts.values()
            if draft.country and draft.kind in ("person", "office") and (role := portfolio_of(draft.role))
        }
        wanted = (profile.head or "").rpartition(" ")[0]
        found = {(country, role) for country, role in found if not wanted or role == wanted}
        if len(found) != 1:
            return None
        country, role = found.pop()
        name = f"{role} ministry".capitalize()
        told = Profile(country, ("GOV",), "office", role=name)
        return self._draft(f"{country.lower()}.gov.{slug(role)}-ministry", told, f"{name} of {state_name(country)}")

    def _is_named_body(self, seen: Seen) -> bool:
        draft = self._drafts[seen.id]
        return seen.head is None and draft.kind != "state" and draft.name[:1].isupper()

    def _government_near(self, token: Token) -> str | None:
        """The government of the one country whose offices were told of just before: for bare "officials"."""
        found = self._memory.sort(("body", "person"), token, lambda s: self._drafts[s.id].sectors[:1] == ("GOV",))
        country = self._drafts[found].country if found else None
        if country is None:
            return None
        return self._draft(f"{country.lower()}.gov", Profile(country, ("GOV",), "office"), government_name(country))

    def _recalled_state(self, token: Token) -> str | None:
        found = self._memory.sort(("state",), token)
        if found is None and self._main_country is not None:
            code = self._main_country
            return self._draft(code.lower(), Profile(code, (), "state"), state_name(code)) if len(code) == 3 else None
        return found

    def _nested_country(self, mention: Mention) -> str | None:
        """The country of whoever the phrase leans on: "a spokeswoman for the ministry", "its army"."""
        for i in range(mention.first, mention.last):
            if i != mention.head and (ids := self._ids.get(i)) and len(ids) == 1:
                return self._drafts[ids[0]].country
        for child in self._reading.children[mention.head]:
            relation = self._reading.tokens[child].deprel
            if not relation.startswith(("nmod", "det")):
                continue
            nested = self._at.get(child)
            if nested is None or nested is mention:
                continue
            if nested.form == "pronoun":
                id = self._memory.pronoun(nested)
                return self._drafts[id].country if id else None
            if nested.profiles and nested.profile.head:
                last = nested.profile.head.split()[-1]
                if last == "ministry" and (meant := self._ministry_of_minister(nested.profile)):
                    return self._drafts[meant].country
                id = self._memory.noun(last, "", self._reading.tokens[child], ("body", "people", "person"))
                return self._drafts[id].country if id else None
        return None

    def _office(self, mention: Mention, profile: Profile, definite: bool) -> str:
        head = profile.head or ""
        prefix = prefix_of(profile)
        country = profile.country if profile.country in state_names() else None
        if head in _GOVERNMENT and country and not profile.owner and profile.sectors[:1] == ("GOV",):
            return self._draft(f"{country.lower()}.gov", replace(profile, kind="office"), government_name(country))
        named = standard_title(self._reading, mention, profile)
        id = f"{prefix}.{slug(named)}"
        if profile.country is None and not profile.plural:
            n = 1
            while (id if n == 1 else f"{id}-{n}") in self._drafts:
                n += 1
            id = id if n == 1 else f"{id}-{n}"
        joined = len(mention.profiles) > 1 and profile.country is not None
        name = f"{profile.role} of {state_name(profile.country or '')}" if joined else written(self._reading, mention)
        return self._draft(id, profile, name)

    def _definite(self, mention: Mention) -> bool:
        tokens = self._reading.tokens
        for child in self._reading.children[mention.head]:
            if tokens[child].deprel.startswith("det") and child < mention.head:
                return tokens[child].text.lower() in ("the", "this", "that", "these", "those")
        return any(tokens[c].deprel == "nmod:poss" for c in self._reading.children[mention.head])

    # The record of it

    def _draft(self, id: str, profile: Profile, name: str) -> str:
        if id not in self._drafts:
            self._drafts[id] = _Draft(id, name, profile.kind, profile.country, profile.sectors, profile.role, [])
        return id

    def _add(self, mention: Mention, ids: tuple[str, ...]) -> None:
        self._ids[mention.head] = ids
        for id in ids:
            self._drafts[id].mentions.append((mention.first, mention.last))

    def _sort(self, id: str, profile: Profile | None = None) -> str:
        draft = self._drafts[id]
        if draft.kind in ("person", "state"):
            return draft.kind
        if profile is not None and profile.plural:
            return "people"
        if profile is not None and profile.category in ("person", "carrier") and profile.head not in _COLLECTIVES:
            return "person"
        if profile is not None and profile.category == "group" and profile.plural:
            return "people"
        return "body" if draft.kind != "group" or draft.name[:1].isupper() else "people"

    def _gender(self, id: str, profile: Profile | None = None) -> str:
        if profile is not None and (found := gender_of(profile.person, profile)):
            return found
        return next((p.gender for p in self._people.all() if p.id == id), "")

    def _apposed(self) -> None:
        """One actor of a name and the office beside it: "Maria Zakharova, a spokeswoman for the ministry"."""
        tokens = self._reading.tokens
        placed = [m for m in self._mentions if m.form != "pronoun" and m.head in self._ids]
        for before, mention in pairwise(placed):
            relation = tokens[mention.head].deprel.split(":")[0]
            above = self._at.get(tokens[mention.head].head) if relation == "appos" else None
            if above is None and self._stands_in_commas(before, mention):
                above = before
            if above is None or above.form == "pronoun" or above.head not in self._ids:
                continue
            if any(profile.plural for m in (above, mention) for profile in m.profiles):
                continue
            one, other = self._ids[above.head], self._ids[mention.head]
            if len(one) == 1 and len(other) == 1 and one != other:
                self._join(one[0], other[0], {above.head: above, mention.head: mention})

    def _stands_in_commas(self, before: Mention, mention: Mention) -> bool:
        """Whether a mention follows another behind a comma and ends at one, as no member of a list does."""
        tokens = self._reading.tokens
        if mention.first - before.last != 1 or tokens[before.last].text != "," or mention.last >= len(tokens):
            return False
        after = tokens[mention.last + 1].text if mention.last + 1 < len(tokens) else ""
        return tokens[mention.last].text in (",", ".") and after not in ("and", "or", "as")

    def _join(self, one: str, other: str, where: dict[int, Mention]) -> None:
        a, b = self._drafts[one], self._drafts[other]
        if a.kind == "person" and b.kind in ("office", "group"):
            keep, gone = a, b
        elif b.kind == "person" and a.kind in ("office", "group"):
            keep, gone = b, a
        else:
            return
        office = next(m for head, m in where.items() if self._ids[head] == (gone.id,))
        if office.profile.category not in ("person", "carrier"):
            return
        keep.country = keep.country or gone.country
        if gone.sectors and (not keep.sectors or keep.role is None):
            keep.sectors = gone.sectors
        keep.role = keep.role or gone.role
        # What else was taken for "the opposition leader" is this person; another "a minister" may be another one.
        everywhere = gone.country is None or self._definite(office)
        moved = set(gone.mentions) if everywhere else {(office.first, office.last)}
        keep.mentions.extend(span for span in gone.mentions if span in moved)
        gone.mentions = [span for span in gone.mentions if span not in moved]
        spans = {m.head: (m.first, m.last) for m in self._mentions}
        for head, ids in self._ids.items():
            if ids == (gone.id,) and spans[head] in moved:
                self._ids[head] = (keep.id,)

    def _announced(self) -> None:
        """Bare bodies that stood before the page named them: the one later body of the same noun is meant."""
        told: dict[str, set[str]] = {}
        for mention in self._mentions:
            if mention.profiles and mention.profile.head and mention.profile.category == "body":
                for id in self._ids.get(mention.head, ()):
                    told.setdefault(mention.profile.head.split()[-1], set()).add(id)
        for ids in told.values():
            named = {id for id in ids if self._drafts[id].country}
            bare_ones = {id for id in ids - named if " " not in self._drafts[id].name}
            if len(named) == 1:
                (meant,) = named
                for id in bare_ones:
                    self._drafts[meant].mentions.extend(self._drafts[id].mentions)
                    self._drafts[id].mentions = []
                    self._ids = {head: (meant,) if found == (id,) else found for head, found in self._ids.items()}

    def _at_home(self) -> None:
        """Office-holders of whom the page tells no country are of the one country that it is about."""
        for draft in self._drafts.values():
            if draft.kind == "person" and draft.country is None and draft.role and draft.sectors[:1] in _DOMESTIC:
                draft.country = self._main_country

    def _freeze(self) -> Actors:
        tokens = self._reading.tokens
        drafts = [draft for draft in self._drafts.values() if draft.mentions]
        text = self._context.text
        actors = tuple(_actor(draft, text, tokens) for draft in sorted(drafts, key=lambda d: min(d.mentions)))
        exact = {}
        for mention in self._mentions:
            if ids := self._ids.get(mention.head):
                exact[(tokens[mention.first].start, tokens[mention.last - 1].end)] = ids
        names = {i: self._ids[m.head] for m in self._mentions if m.head in self._ids for i in m.named}
        return Actors(actors, self._reading, exact, self._ids, names, {actor.id: actor for actor in actors})


def _actor(draft: _Draft, text: str, tokens: Sequence[Token]) -> Actor:
    spans = []
    for first, last in sorted(set(draft.mentions)):
        start, end = tokens[first].start, tokens[last - 1].end
        spans.append(Span(start, end, text[start:end]))
    sector = draft.sectors[0] if draft.sectors else None
    code = f"{draft.country}{sector}" if draft.country and sector else None
    return Actor(draft.id, draft.name, draft.kind, draft.country, sector, draft.sectors, code, draft.role, tuple(spans))
