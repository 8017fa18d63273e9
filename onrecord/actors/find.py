"""Actors of a page: mentions, made one actor where they mean one, each coded with country and sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.actors.apposition import partners
from onrecord.actors.cast import Actors
from onrecord.actors.context import Context, acronyms
from onrecord.actors.coreference import Memory
from onrecord.actors.describe import describe
from onrecord.actors.drafts import Draft, Drafts
from onrecord.actors.entourage import ENTOURAGE, entourage
from onrecord.actors.era import era as written_during
from onrecord.actors.holders import Holders
from onrecord.actors.known import Known, Roll
from onrecord.actors.mention import Mention
from onrecord.actors.mentions import find_mentions
from onrecord.actors.nominals import Nominals, body_of
from onrecord.actors.people import gender_of
from onrecord.actors.persons import Persons
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.actors.setting import home_country, named_countries
from onrecord.actors.speakers import AGAIN, speakers, together
from onrecord.actors.trace import Step, Trace
from onrecord.actors.turns import Turns
from onrecord.actors.wording import fold, slug, split
from onrecord.reading import Reading
from onrecord.record import Page


def find_actors(page: Page, reading: Reading, known: Sequence[Known] = (), *, as_of: str | None = None) -> Actors:
    """The actors of a page, furniture left out.

    Offices are taken as of the page's day, else of ``as_of`` (ISO), else of the time that the page's own office-holders
    give (``era``). Without any nobody's office is known by heart, and a leader has only the country that all terms
    share. ``known`` fills in people of whom the page says nothing.
    """
    return search(page, reading, known, as_of).actors()


def search(page: Page, reading: Reading, known: Sequence[Known], as_of: str | None = None) -> Finder:
    """The finder of a page's actors, its work done: what it knows of how it came to them is there to be asked."""
    day = page.published or as_of
    home = home_country(reading, page.outlet.country if page.outlet else None)
    told = frozenset(named_countries(reading)) | ({home} if home else frozenset())
    era = written_during(reading, page.text) if day is None else None
    context = Context(page.text, day[:10] if day else None, era, told, acronyms(page.text), home)
    mentions = find_mentions(reading, context)
    mentions = sorted([*mentions, *speakers(reading, mentions)], key=lambda mention: mention.head)
    turns, trace = Turns(reading), Trace()
    scene = Scene(
        reading,
        context,
        home,
        turns,
        {mention.head: mention for mention in mentions},
        partners(reading, mentions),
        Drafts(),
        Memory(reading, turns, trace),
        Holders(),
        trace,
    )
    finder = Finder(scene, mentions, known if isinstance(known, Roll) else Roll(known))
    finder.find()
    return finder


# Bodies of these kinds are of the country that a page is about, unless their name tells another.
_AT_HOME = (("PTY",), ("LAB",), ("EDU",), ("MED",), ("LEG",), ("JUD",))


class Finder:
    """One run over one page: its actors, and why each mention was taken for one."""

    def __init__(self, scene: Scene, mentions: Sequence[Mention], roll: Roll) -> None:
        self.scene = scene
        self.mentions = mentions
        self._drafts = scene.drafts
        self._persons = Persons(scene, roll, mentions)
        self._nominals = Nominals(scene)
        self._sorts: dict[str, str] = {}
        self._short: dict[str, str] = {}

    def find(self) -> None:
        """Place all mentions."""
        for mention in self.mentions:
            self._place(mention)
            self._drafts.why[mention.head] = self.scene.trace.take()
        self._announced_bodies()
        self._announced_offices()
        self._persons.settle_home()
        self._speaking_together()

    def actors(self) -> Actors:
        """Who was found."""
        return self._drafts.freeze(self.scene.reading, self.mentions, self.scene.context.text)

    # One mention

    def _place(self, mention: Mention) -> None:
        ids: tuple[str, ...]
        if mention.form == "pronoun":
            id = self.scene.memory.pronoun(mention)
            ids = (id,) if id is not None else ()
        elif (partner := self.scene.partners.get(mention.head)) is not None:
            ids = self._beside_name(mention, partner)
        else:
            found = (self._identify(mention, profile) for profile in mention.profiles)
            ids = tuple(dict.fromkeys(id for id in found if id is not None))
        if not ids:
            return
        self._drafts.add(mention, ids)
        profile = mention.profile if mention.profiles else None
        for id in ids:
            gender = (gender_of(profile.person, profile) if profile else "") or self._persons.gender(id)
            coded = self._drafts.by_id[id].country is not None
            self.scene.memory.note(mention, id, self._sort(id, profile), gender, coded=coded)

    def _beside_name(self, mention: Mention, partner: Mention) -> tuple[str, ...]:
        """The person whose office stands beside the name."""
        told = self._drafts.ids.get(partner.head)
        id = told[0] if told else self._identify(partner, partner.profile)
        if id is None:
            return ()
        self.scene.trace.say("an office beside a name", partner.head)
        profile = self._nominals.composed(mention)
        self._persons.learn_office(id, profile, f"{body_of(self.scene, mention)} {profile.role or profile.head or ''}")
        return (id,)

    def _identify(self, mention: Mention, profile: Profile) -> str | None:
        if profile.kind == "person":
            return self._persons.identify(mention, profile)
        if profile.id:
            return self._drafts.make(profile.id, profile, profile.name or profile.id)
        if (speaking_for := entourage(self.scene, mention, profile)) is not None or profile.category == ENTOURAGE:
            return speaking_for
        if profile.head is not None:
            return self._nominals.identify(mention, profile)
        if profile.category == AGAIN:
            return self._again(profile.name or "") or self._drafts.make(
                f"{profile.kind}.{slug(profile.name or '')}", profile, profile.name or ""
            )
        if (bracketed := self._bracketed(mention, profile)) is not None:
            return bracketed
        if (fuller := self._fuller(mention, profile)) is not None:
            return fuller
        meant = self.scene.context.acronyms.get(fold(profile.name or ""))
        if meant:
            # An acronym that the page explains is what it stands for: "the CEC", "the EC".
            self.scene.trace.say(f"short for {' '.join(meant)} by the page")
            full = " ".join(word.capitalize() for word in meant)
            told = describe(split(full), self.scene.context, known_head=True)
            if told is not None and told.id and told.kind not in ("person", "state"):
                return self._drafts.make(told.id, told, told.name or full)
            told = describe(split(full.lower()), self.scene.context, known_head=True)
            if told is not None and told.head is not None and not told.id:
                known = self._nominals.identify(mention, told, definite=True)
                if known is not None:
                    return known
            return self._drafts.make(f"org.{'-'.join(meant)}", profile, profile.name or "")
        if profile.country is None and profile.sectors[:1] in _AT_HOME and self.scene.home:
            profile = replace(profile, country=self.scene.home)
            self.scene.trace.say(f"country {profile.country}: the one that the page is about")
        return self._drafts.make(f"org.{slug(profile.name or '')}", profile, profile.name or "")

    def _bracketed(self, mention: Mention, profile: Profile) -> str | None:
        """The body whose acronym in brackets a name is, letters or not: "the National Civil Police (PNC)"."""
        name, tokens = profile.name or "", self.scene.reading.tokens
        if name in self._short or not name.isupper():
            return self._short.get(name)
        if mention.first < 1 or tokens[mention.first - 1].text != "(" or tokens[mention.last].text != ")":
            return None
        before = next((m for m in self.mentions if m.last == mention.first - 1 and m.form != "pronoun"), None)
        ids = self._drafts.ids.get(before.head, ()) if before is not None else ()
        if before is not None and before.profiles and self._nominals.is_personal(before.profile):
            return None  # "chairman of the Chamber (ICC)": the letters are the chamber's
        if len(ids) != 1 or self._drafts.by_id[ids[0]].kind in ("person", "state"):
            return None
        self.scene.trace.say("the acronym in brackets behind it", mention.first)
        self._short[name] = ids[0]
        return ids[0]

    def _fuller(self, mention: Mention, profile: Profile) -> str | None:
        """The one paper or body told of under a longer name that ends so: "the Times" after "the Lervik Times"."""
        name, tokens = profile.name or "", self.scene.reading.tokens
        articles = (tokens[mention.first].text.lower(), tokens[max(0, mention.first - 1)].text.lower())
        if "the" not in articles or name.isupper() or not name:
            return None
        found = [
            draft.id
            for draft in self._drafts.by_id.values()
            if draft.kind == "organisation" and draft.mentions and fold(draft.name).endswith(f" {fold(name)}")
        ]
        if len(found) != 1:
            return None
        self.scene.trace.say("the one told of under a longer name that ends so")
        return found[0]

    def _again(self, noun: str) -> str | None:
        """The one body of the page whose name ends in a noun: "the archives" after "the Presidential Archives"."""
        noun = fold(noun.removeprefix("the "))
        found = {
            draft.id
            for draft in self._drafts.by_id.values()
            if draft.kind in ("organisation", "office", "group", "international")
            and fold(draft.name).endswith(f" {noun}")
            and draft.name[:1].isupper()
        }
        return found.pop() if len(found) == 1 else None

    def _sort(self, id: str, profile: Profile | None) -> str:
        draft = self._drafts.by_id[id]
        if draft.kind in ("person", "state"):
            return draft.kind
        if profile is None:
            return self._sorts.get(id, "body")
        found = self._sort_told(draft, profile)
        self._sorts.setdefault(id, found)
        return found

    def _sort_told(self, draft: Draft, profile: Profile) -> str:
        if profile.plural:
            return "people"
        if self._nominals.is_personal(profile):
            return "person"
        return "body" if draft.kind != "group" or draft.name[:1].isupper() else "people"

    # The whole page

    def _announced_bodies(self) -> None:
        """Bare bodies that stood before the page named them: the one later body of the same noun is meant."""
        told: dict[str, set[str]] = {}
        for mention in self.mentions:
            if mention.profiles and mention.profile.head and mention.profile.category == "body":
                for id in self._drafts.ids.get(mention.head, ()):
                    told.setdefault(mention.profile.noun, set()).add(id)
        for ids in told.values():
            named = {id for id in ids if self._drafts.by_id[id].country}
            bare_ones = {id for id in ids - named if " " not in self._drafts.by_id[id].name}
            if len(named) == 1:
                (meant,) = named
                for id in bare_ones:
                    self._told_later(id, "the one body of that noun that the page names later")
                    self._drafts.merge(id, meant)

    def _announced_offices(self) -> None:
        """Offices that stood before the page named their holder, as in a headline: the one person who holds them."""
        for mention in self.mentions:
            ids = self._drafts.ids.get(mention.head, ())
            if len(ids) != 1 or not mention.profiles or not self._nominals.is_unique(mention):
                continue
            office = self._drafts.by_id[ids[0]]
            wanted = self._nominals.title(mention, mention.profile)
            if office.kind != "office" or wanted is None:
                continue
            holding = [
                id
                for id in self.scene.holders.of(wanted)
                if self._drafts.by_id[id].kind == "person"
                and self._drafts.by_id[id].mentions
                and self._may_be_of(self._drafts.by_id[id].country, office.country)
            ]
            if len(holding) == 1:
                self._told_later(office.id, "the office of somebody whom the page names later")
                self._drafts.merge(office.id, holding[0])

    def _may_be_of(self, holder: str | None, office: str | None) -> bool:
        """Whether somebody of a country may hold an office that a page named before: an unmarked one is the home's."""
        wanted = office or self.scene.home
        return wanted is None or (holder or self.scene.home) == wanted

    def _speaking_together(self) -> None:
        """Kinds of people who speak together are a group, of the country and sector that they share."""
        tokens = self.scene.reading.tokens
        for first, last, heads in together(self.scene.reading):
            known = [self._drafts.by_id[ids[0]] for i in heads if len(ids := self._drafts.ids.get(i, ())) == 1]
            named = any(draft.kind in ("person", "state") for draft in known)
            several = all(tokens[i].xpos == "NNS" or self._is_group(i) for i in heads)
            if named or not several or len({draft.id for draft in known}) < len(known) or not known:
                continue
            countries, sectors = {draft.country for draft in known}, {draft.sectors for draft in known}
            alike = len(known) == len(heads)
            country = countries.pop() if alike and len(countries) == 1 else None
            shared = sectors.pop() if alike and len(sectors) == 1 else ()
            name = self.scene.context.text[tokens[first].start : tokens[last - 1].end]
            prefix = country.lower() + "." if country else ""
            id = self._drafts.make(f"{prefix}group.{slug(name)}", Profile(country, shared, "group"), name)
            self._drafts.by_id[id].mentions.append((first, last))
            self._drafts.together[(first, last)] = (id,)

    def _is_group(self, i: int) -> bool:
        ids = self._drafts.ids.get(i, ())
        return len(ids) == 1 and self._drafts.by_id[ids[0]].kind == "group"

    def _told_later(self, id: str, what: str) -> None:
        """Note of all mentions of an actor that they are another's."""
        for head, ids in self._drafts.ids.items():
            if id in ids:
                self._drafts.why[head] = (*self._drafts.why[head], Step(what))
