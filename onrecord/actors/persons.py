"""Persons: which of a page's people a name means, and what the page has told of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from onrecord.actors import leaders
from onrecord.actors.affiliation import affiliation
from onrecord.actors.describe import KIN
from onrecord.actors.drafts import Draft
from onrecord.actors.gazetteer import INTERNATIONAL, gazetteer
from onrecord.actors.holders import title
from onrecord.actors.kin import as_kin, relation
from onrecord.actors.known import Roll
from onrecord.actors.mention import Mention
from onrecord.actors.naming import is_common
from onrecord.actors.people import People, Person, bare, gender_of, same_name
from onrecord.actors.phrase import standing_of
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.actors.titles import portfolio_of
from onrecord.actors.trace import Step
from onrecord.actors.wording import key, slug
from onrecord.reading import Token

# "The younger Mr Dal" is one of two, and which is not told by who was named last.
_AGES = frozenset({"younger", "elder", "older"})
# "Tycoon" and "author" tell what somebody is beside the office that the table knows.
_KINDS = (("BUS",), ("CVL",), ("JRN",), ("EDU",))
_HELD = (("GOV",), ("LEG",), ("PTY",), ("JUD",), ("MIL",))
_SEATS = (("LEG",), ("GOV",))


class Persons:
    """The people of one page."""

    def __init__(self, scene: Scene, roll: Roll, mentions: Sequence[Mention]) -> None:
        self._scene = scene
        self._roll = roll
        self._people = People(roll, scene.context.countries)
        self._titled: set[str] = set()
        self._called: Counter[str] = Counter()
        full = [self._as_leader(m.profile) for m in mentions if m.profiles and len(bare(m.profile.person)) > 1]
        for profile in sorted(full, key=lambda profile: -len(bare(profile.person))):
            self._people.add_full(profile)

    def identify(self, mention: Mention, profile: Profile) -> str | None:
        """The id of the one whom a name means; None where several could be."""
        profile = as_kin(self._as_leader(profile), relation(self._scene, mention))
        short = len(bare(profile.person)) == 1
        bearers = self._people.bearers(profile) if short else []
        if short and profile.id and not bearers and self._has_namesake(profile, _leader_words(profile.id)):
            profile = replace(profile, id=None, country=None, sectors=())
        recalled = self._recalled(profile) if short and not bearers and not profile.id else None
        person = self._one_of(bearers, mention, profile) if bearers else self._people.add_full(profile, recalled)
        if person is None:
            return None
        if short and bearers:
            self._called[person.id] += 1
            self._scene.trace.say(f"short for {person.name}, named on the page")
        elif recalled:
            self._scene.trace.say("the surname of a known person of a country that the page names")
        self._learn(person, profile, self._office_of(mention, profile))
        draft = self._scene.drafts.by_id[person.id]
        if draft.country is None and (country := self._of_ministry(draft)) is not None:
            draft.country = country
            draft.why.append(Step(f"country {country}: that of the ministry that the page names"))
        if draft.country is None or not draft.sectors:
            body = affiliation(self._scene, mention)
            if body is not None:
                draft.country, draft.sectors = draft.country or body.country, draft.sectors or body.sectors
                draft.why.append(Step("the body that stands behind the name", mention.head))
        elif draft.sectors[:1] == ("ELI",) and profile.head is None and draft.role == self._background(person)[2]:
            body = affiliation(self._scene, mention)
            if body is not None and body.sectors[:1] == ("PTY",):
                # Out of office, and of a party by now: "Per Dal of the Harbour Party".
                draft.sectors, draft.role = body.sectors, None
                draft.why.append(Step("the party that stands behind the name", mention.head))
        return person.id

    def _as_leader(self, profile: Profile) -> Profile:
        """The profile with the leader in office on the page's day whose name it is, "William Clinton"."""
        words, days = bare(profile.person), self._scene.context.days
        if profile.id or not days or len(words) < 2:
            return profile
        surnames = {words[0], words[-1]}
        running = [[term for name in surnames for term in leaders.in_office(name, day)] for day in days]
        found = [{term.id for term in terms if same_name(words, key(term.name))} for terms in running]
        ids = set.intersection(*found)
        return replace(profile, id=ids.pop()) if len(ids) == 1 else profile

    def learn_office(self, id: str, profile: Profile, role: str) -> None:
        """An office beside the name: "Lars Vik, a spokesman for the ministry"."""
        draft = self._scene.drafts.by_id[id]
        self._scene.holders.note(id, title(role, profile.country, profile.former, profile.owner))
        draft.country = draft.country or profile.country
        if profile.sectors and (not draft.sectors or draft.role is None):
            draft.sectors = profile.sectors
        draft.role = draft.role or profile.role
        self._titled.add(id)
        for person in self._people.all():
            if person.id == id:
                person.gender = person.gender or gender_of(person.forms[0], profile)

    def gender(self, id: str) -> str:
        """m, f, or "" where the page does not tell."""
        return next((person.gender for person in self._people.all() if person.id == id), "")

    def settle_home(self) -> None:
        """Those of whom the page tells what they are, but not of which country, are of the one that it is about."""
        for draft in self._scene.drafts.by_id.values():
            if draft.kind == "person" and draft.country is None and (draft.sectors or draft.role):
                draft.country = self._scene.home or self._of_ministry(draft)
                if draft.country:
                    about = "the one that the page is about" if self._scene.home else "that of the ministry named later"
                    draft.why.append(Step(f"country {draft.country}: {about}"))

    def _of_ministry(self, minister: Draft) -> str | None:
        """The country of the one ministry that the page names of a minister's portfolio."""
        portfolio = portfolio_of(minister.role)
        if portfolio is None:
            return None
        drafts = self._scene.drafts.by_id.values()
        ending = f".gov.{slug(portfolio)}-ministry"
        found = {d.country for d in drafts if d.kind == "office" and d.mentions and d.id.endswith(ending)}
        return found.pop() if len(found) == 1 else None

    def _one_of(self, bearers: list[Person], mention: Mention, profile: Profile) -> Person | None:
        """Which of the bearers of a short name is meant: by the title before it, else the one last told of."""
        if len(bearers) == 1:
            return bearers[0]
        by_id = {person.id: person for person in bearers}
        wanted = title(profile.role, None, profile.former) if profile.role else None
        holding = self._scene.holders.of(wanted, by_id) if wanted else []
        if wanted and not holding:
            holding = [p.id for p in bearers if p.leader and _has_held(p.leader, profile.role or "")]
        if len(holding) == 1:
            return by_id[holding[0]]
        token = self._scene.reading.tokens[mention.named[0] if mention.named else mention.head]
        latest = self._scene.memory.latest(holding or by_id, token) or self._by_habit(bearers)
        if not holding and (usual := self._usual(bearers, token)) is not None:
            return usual[0]
        return by_id[latest] if latest else None

    def _usual(self, bearers: list[Person], token: Token) -> tuple[Person | None] | None:
        """The one bearer of a surname whom the page did not bring in as another's kin, and whom it so may mean by it.

        Nobody is meant right after a relative has spoken; None where this tells nothing: where of them all only a
        relative has spoken, the relative may well be meant.
        """
        memory = self._scene.memory
        before = self._scene.reading.tokens[max(0, token.i - 3) : token.i]
        if any(t.text.lower() in _AGES for t in before):
            return (None,)
        usual = [person for person in bearers if not self._is_kin(person)]
        if len(usual) != 1 or not memory.has_seen(usual[0].id, token):
            return None
        kin = {person.id for person in bearers if person is not usual[0]}
        if not memory.has_spoken(usual[0].id, token):
            return None if any(memory.has_spoken(id, token) for id in kin) else (usual[0],)
        last = memory.last_speaker(token)
        return (None,) if last is not None and last.id in kin else (usual[0],)

    def _by_habit(self, bearers: list[Person]) -> str | None:
        """The one of several whom alone the page has called by the bare surname so far, and more than once."""
        called = [person.id for person in bearers if self._called[person.id]]
        return called[0] if len(called) == 1 and self._called[called[0]] > 1 else None

    def _is_kin(self, person: Person) -> bool:
        """Whether the page brought somebody in as a relative: "his wife, Ida Dal" will be Ida, and "Dal" still he."""
        draft = self._scene.drafts.by_id.get(person.id)
        return draft is not None and any(word in KIN for word in key(draft.role or "")[-1:])

    def _recalled(self, profile: Profile) -> str | None:
        """The one known person whom a bare surname means; a common one means nobody without a title before it."""
        (surname,), day = bare(profile.person), self._scene.context.day
        if day is None or (profile.role is None and is_common(surname)):
            return None
        id = self._roll.of_surname(surname, day, self._scene.context.countries)
        if id is None or leaders.in_office(surname, day):
            return None
        country = self._roll.standing(id, day).country
        if profile.country and country and profile.country != country:
            return None
        own = {word for form in self._roll.forms(id) for word in form}
        return None if self._has_namesake(profile, own) else id

    def _has_namesake(self, profile: Profile, own: Container[str]) -> bool:
        """Whether the page writes the surname beside another first name than that of the one whom it may mean."""
        surname = profile.person[-1]
        beside = re.compile(rf"(?:([A-Z][\w’'-]*) )?\b{re.escape(surname)}\b(?: ([A-Z][\w-]*))?")
        for match in beside.finditer(self._scene.context.text):
            for word in filter(None, match.groups()):
                titles = any(entry.sort in ("head", "modifier") for entry in gazetteer().exactly(key(word)))
                if not titles and not any(k in own for k in key(word)) and bare((word, "x")) != ("x",):
                    return True
        return False

    def _office_of(self, mention: Mention, profile: Profile) -> str | None:
        """The words of office before a name, with the portfolio behind them in front: "Minister of Education X"."""
        if profile.role is None or not mention.named:
            return profile.role
        tokens = self._scene.reading.tokens[mention.first : mention.named[0]]
        of = next((k for k, token in enumerate(tokens) if token.text.lower() in ("of", "for")), None)
        if of is None or not profile.role.lower().endswith(("minister", "secretary")):
            return profile.role
        portfolio = [t.text for t in tokens[of + 1 :] if t.upos in ("NOUN", "PROPN", "ADJ") and key(t.text) != ("dr",)]
        return f"{' '.join(portfolio)} {profile.role}"

    def _learn(self, person: Person, profile: Profile, office: str | None) -> None:
        """Write down what a mention tells of a person. The page's own words go before the tables' and the archive's.

        The first office told is the one kept; a rank ("Gen.") or a past office gives way to a present one.
        """
        drafts = self._scene.drafts.by_id
        draft = drafts.get(person.id)
        if draft is None:
            country, sectors, role = self._background(person)
            self._recall_offices(person, country, role)
            draft = drafts[person.id] = Draft(person.id, person.name, "person", country, sectors, role)
            draft.why.extend(self._by_heart(person))
        if office is not None:
            self._scene.holders.note(person.id, title(office, profile.country, profile.former, profile.owner))
        if profile.role is not None and (profile.sectors or profile.country):
            kind_only = profile.sectors[:1] in _KINDS and draft.sectors[:1] in _HELD and person.id not in self._titled
            gives_way = draft.role is None or _is_rank(draft.role) or _is_past(draft, profile.role)
            if not kind_only and (person.id not in self._titled or (gives_way and not _is_rank(profile.role))):
                draft.country = profile.country or draft.country
                bare = profile.country in INTERNATIONAL and not profile.sectors
                draft.sectors = () if bare else profile.sectors or draft.sectors
                draft.role = profile.role
                self._titled.add(person.id)
        draft.country = draft.country or profile.country
        draft.sectors = draft.sectors or profile.sectors
        draft.role = draft.role or profile.role

    def _by_heart(self, person: Person) -> Iterator[Step]:
        """The lines of tables and lists that tell of somebody."""
        day = self._scene.context.day
        until = self._scene.context.days[-1:]
        if person.leader:
            for term in leaders.terms(person.leader):
                if not until or term.first <= until[0]:
                    yield Step(
                        f"{term.office}, {term.first} to {term.last or 'now'}", table=f"leaders.tsv line {term.line}"
                    )
        if person.known:
            line = self._roll.standing(person.known, day).line
            yield Step(
                f"{line.role or 'known'}, {line.first or '...'} to {line.last or 'now'}", table=line.source or "known"
            )

    def _recall_offices(self, person: Person, country: str | None, role: str | None) -> None:
        """Note what somebody is by heart; without a day all that they ever were."""
        if role:
            self._scene.holders.note_known(person.id, title(role, country, role.startswith("former ")))
        elif person.leader and not self._scene.context.days:
            for term in leaders.terms(person.leader):
                for former in (False, True):  # without a day both "the president" and "the former president"
                    self._scene.holders.note_known(person.id, title(term.office, term.country, former=former))

    def _background(self, person: Person) -> tuple[str | None, tuple[str, ...], str | None]:
        """Country, sectors and office of somebody as of the page's day, by a user's list, the table, or earlier pages.

        A list goes before the table; earlier pages only before an office that the table has ended.
        """
        day = self._scene.context.day
        told = self._roll.standing(person.known, day) if person.known else None
        by_heart = standing_of(person.leader, self._scene.context) if person.leader else None
        if told is not None and (by_heart is None or not told.line.pages or by_heart[1] in ((), ("ELI",))):
            sectors = told.sectors or (by_heart[1] if by_heart else ())
            return told.country or (by_heart[0] if by_heart else None), sectors, told.role
        return by_heart or (None, (), None)


def _leader_words(id: str) -> frozenset[str]:
    return frozenset(word for term in leaders.terms(id) for word in key(term.name))


def _has_held(leader: str, role: str) -> bool:
    """Whether a leader of the table ever held an office."""
    return any(key(term.office) == key(role) for term in leaders.terms(leader))


def _is_past(draft: Draft, role: str) -> bool:
    """Whether somebody's office is over and another told: "President X" of a former president is mere courtesy."""
    before, now = (draft.role or "").split(), role.split()
    return draft.sectors[:1] == ("ELI",) and bool(now) and (not before or key(before[-1]) != key(now[-1]))


def _is_rank(role: str) -> bool:
    """Whether words of office are a mere rank or form of address: "Gen.", "Prof."."""
    return any(e.category == "title" and e.sectors[:1] not in _SEATS for e in gazetteer().exactly(key(role)))
