"""Nominals: whom an office, a body or a kind of people means that the page names by its noun alone."""

from __future__ import annotations

from dataclasses import replace

from onrecord.actors.affiliation import affiliation
from onrecord.actors.coreference import Seen
from onrecord.actors.domestic import OF_STATE, of_first_joined, of_like_bodies, of_sentence
from onrecord.actors.drafts import Draft
from onrecord.actors.gazetteer import state_names
from onrecord.actors.holders import CHIEFS, Title, title
from onrecord.actors.kin import as_kin, relation
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.actors.titles import (
    DESCRIBED,
    government_name,
    is_state,
    portfolio_of,
    prefix_of,
    standard_title,
    state_name,
    written,
)
from onrecord.actors.wording import fold, slug
from onrecord.reading import Token

# Heads that speak for a whole government.
_GOVERNMENT = frozenset(
    "government|authorities|official|administration|regime|leadership|government officials|state officials".split("|")
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_STATES = frozenset({"country", "nation", "kingdom", "republic", "state"})
_COLLECTIVES = frozenset(
    {"group", "organisation", "organization", "movement", "bloc", "alliance", "militia", "faction"}
)
_UNITS = frozenset(
    "service team staff mission delegation unit branch office section side camp wing arm system network crew".split()
)
# Nouns that may stand for somebody just told of by another office: "the lawmaker", "the official said". No unique
# office is among them: "the foreign minister" is never the president who spoke before.
_OTHER_WORDS = frozenset(
    "mp lawmaker legislator parliamentarian senator congressman congresswoman politician official leader diplomat "
    "veteran activist academic professor expert analyst lawyer attorney scholar researcher executive businessman "
    "businesswoman officer campaigner cleric economist strategist envoy ambassador representative delegate "
    "counsellor councillor".split()
)
_HEADS = {
    frozenset({"head", "of", "state"}): ("president", "king", "queen", "emir", "sultan"),
    frozenset({"chief", "of", "state"}): ("president", "king", "queen", "emir", "sultan"),
    frozenset({"head", "of", "government"}): ("minister", "chancellor"),
}
_POLITICAL = frozenset({"GOV", "LEG", "PTY", "OPP", "ELI"})
# Kinds of people who are of the country that the page is about unless it says otherwise. Companies and media are not.
_ELSEWHERE = (("BUS",), ("JRN",), ("UNK",))
# Whoever is sent by one state to another is not of the one that the page is about.
_SENT = frozenset({"ambassador", "ambassadors", "diplomat", "envoy", "consul", "embassy", "consulate", "attache"})
_NATIVE = frozenset({"local", "domestic", "national", "state-run", "state", "nationwide"})

# Bodies that their portfolio tells apart.
_OF_PORTFOLIOS = frozenset({"ministry", "department"})

# What a page calls a body that it has named: a party, a paper, a firm.
_BODY_WORDS = frozenset(
    "party newspaper paper daily magazine broadcaster firm company union association organisation organization charity "
    "watchdog agency".split()
)

# What makes a government one of a part of the state.
_LOCAL = frozenset(
    "city municipal provincial regional local county district prefectural metropolitan town village".split()
)


class Nominals:
    """The offices, bodies and kinds of people of one page."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def identify(self, mention: Mention, profile: Profile, *, definite: bool | None = None) -> str | None:
        """The id of whoever a noun means; None where that cannot be told."""
        token = self._scene.reading.tokens[mention.head]
        head = profile.head or ""
        last = profile.noun
        definite = self._definite(mention) if definite is None else definite
        # "The Kaska Nation" is no state, and not the one that the page is about.
        people = last == "nation" and token.text == "Nation" and mention.head - mention.first > 1
        if last in _STATES and not profile.own_country and not people:
            return self._recalled_state(token, speaking=self._is_this(mention)) if definite else None
        personal = self.is_personal(profile)
        boss = self._owner_of(mention) if personal and not profile.country else None
        if boss is not None and boss.country in state_names():
            profile = replace(profile, country=boss.country)
        known = personal and (definite or self._is_announced(mention))
        if known and (found := self._holder(token, self.title(mention, profile), profile)):
            self._scene.trace.say("the one who holds that office")
            draft = self._scene.drafts.by_id[found]
            if not draft.sectors and draft.role is None:
                # Known by heart, but not of which day; now the page has told it.
                draft.sectors, draft.role = profile.sectors, profile.role
            return found
        bare = mention.last - mention.first == 1
        # "The Ministry of Housing" is never the Ministry of Finance told of before.
        standard = standard_title(self._scene.reading, mention, profile) if last in _OF_PORTFOLIOS else last
        portfolio = slug(standard) if standard != last else ""
        if not profile.own_country and (definite or profile.plural):
            recalled = self._recall(token, head, last, profile, definite, bare)
            if recalled is not None and recalled.endswith(portfolio) and not self._is_of_another(mention, recalled):
                return recalled
        named = definite and last in _BODY_WORDS and not profile.own_country and not profile.plural
        if named and (spoke := self._body_that_spoke(token, profile)) is not None:
            return spoke
        if last == "ministry" and not profile.own_country:
            meant = self._ministry_of_minister(profile)
            if meant is not None and meant.endswith(portfolio):
                return meant
        country = profile.country or (None if profile.foreign else self.nested_country(mention))
        country = country or of_first_joined(self._scene, mention)
        at_home = definite or profile.sectors[:1] not in _ELSEWHERE or self._is_local(mention)
        at_home = at_home and last not in _SENT
        at_home = at_home and not (profile.region and profile.sectors[:1] in OF_STATE)
        if country is None and profile.sectors and at_home and not profile.foreign and self._scene.home:
            country = self._scene.home
            self._scene.trace.say(f"country {country}: the one that the page is about")
        if country is None and definite and not profile.foreign and last not in _SENT:
            country = of_like_bodies(self._scene, profile, token) or of_sentence(self._scene, profile, token)
        open_ended = last in _COLLECTIVES or (profile.category == "carrier" and head not in DESCRIBED)
        profile = as_kin(profile, relation(self._scene, mention))
        if profile.category == "carrier" and not profile.sectors and (master := self._owner_of(mention)) is not None:
            profile = replace(profile, sectors=master.sectors[:1])
        if open_ended and country is None and not profile.sectors:
            body = self._body_named(mention)
            if body is None:
                return None
            profile = replace(profile, owner=body)
        id = self._office(mention, replace(profile, country=country), definite)
        if personal:
            self._scene.holders.note(id, self.title(mention, profile))
        return id

    @staticmethod
    def is_personal(profile: Profile) -> bool:
        """Whether a profile is of one human being by office."""
        if profile.kind == "person" or profile.plural or profile.head is None:
            return False
        return profile.category in ("person", "carrier") and profile.noun not in _COLLECTIVES | _UNITS

    def is_unique(self, mention: Mention) -> bool:
        """Whether a mention names an office that one person holds at a time."""
        profile = mention.profile
        definite = self._definite(mention) or mention.first == mention.head
        return len(mention.profiles) == 1 and self.is_personal(profile) and definite

    def composed(self, mention: Mention) -> Profile:
        """The profile of a mention with the country of whoever it leans on: "a spokesman for the ministry"."""
        profile = mention.profile
        body = affiliation(self._scene, mention) if not profile.country or not profile.sectors else None
        if body is not None:
            profile = replace(profile, country=profile.country or body.country, sectors=profile.sectors or body.sectors)
        master = self._master(mention) if not profile.country or not profile.sectors else None
        if master is not None:
            sectors = profile.sectors or master.sectors
            profile = replace(profile, country=profile.country or master.country, sectors=sectors)
        profile = as_kin(profile, relation(self._scene, mention))
        return profile if profile.country else replace(profile, country=self.nested_country(mention))

    def title(self, mention: Mention, profile: Profile) -> Title | None:
        """The office that a noun names, with what it is the office of."""
        words = standard_title(self._scene.reading, mention, profile)
        return title(f"{body_of(self._scene, mention)} {words}", profile.country, profile.former, profile.owner)

    def _holder(self, token: Token, wanted: Title | None, profile: Profile) -> str | None:
        """The one whom the page has told to hold an office, or who just spoke and may well be called by it."""
        if wanted is None:
            return None
        ids = self._scene.holders.of(wanted) or self._heads_of_state(wanted)
        exact = [id for id in ids if self._scene.holders.holds(id, wanted)]
        ids = exact if len(exact) == 1 else ids
        if len(ids) > 1:
            return self._scene.memory.salient(ids, token)
        if ids:
            return ids[0]
        if wanted.owner and wanted.head in CHIEFS and not wanted.former:
            chiefs = self._scene.holders.chiefs(wanted.owner)
            if len(chiefs) == 1:
                return chiefs[0]
        country = wanted.country or self._scene.home
        by_heart = self._scene.holders.known(wanted, country) if country else []
        if len(by_heart) == 1:
            return by_heart[0]
        return self._by_another_word(token, wanted, profile)

    def _body_that_spoke(self, token: Token, profile: Profile) -> str | None:
        """ "The party said" of the body under a name of its own that spoke last, if it may be one of that sort."""
        last = self._scene.memory.last_speaker(token) if self._scene.turns.speaks(token.i) else None
        if last is None or last.sort != "body" or last.head is not None:
            return None
        draft = self._scene.drafts.by_id[last.id]
        mine, theirs = profile.sectors[:1], draft.sectors[:1]
        if draft.kind != "organisation" or (mine and theirs and mine != theirs):
            return None
        self._scene.trace.say("the body that spoke last", last.i)
        draft.sectors = draft.sectors or profile.sectors
        return last.id

    def _heads_of_state(self, wanted: Title) -> list[str]:
        """ "The head of state" is the president or the monarch whom the page has told of."""
        for words, offices in _HEADS.items():
            if wanted.words | {wanted.head} == words:
                told = (Title(office, frozenset(), wanted.country, wanted.former) for office in offices)
                return [id for title in told for id in self._scene.holders.of(title)]
        return []

    def _by_another_word(self, token: Token, wanted: Title, profile: Profile) -> str | None:
        """ "The lawmaker" for the party leader who spoke last: no other office, of a like sector and country."""
        told = wanted.head in _OTHER_WORDS or wanted.former
        if not (told or wanted.head == "spokesman") or not self._scene.turns.speaks(token.i):
            return None
        if told and any(
            self._scene.reading.tokens[c].deprel == "nmod:poss" for c in self._scene.reading.children[token.i]
        ):
            return None  # "her lawyer" is not the one who spoke
        last = self._scene.memory.last_speaker(token) or self._scene.memory.last_subject(token)
        if last is None or last.sort != "person":
            return None
        draft = self._scene.drafts.by_id[last.id]
        if profile.country and draft.country and profile.country != draft.country:
            return None
        if not told:
            # "Per Dal said so. The ministry's spokesman added": he of whom nothing else was told has his office here.
            if draft.kind != "person" or draft.role or draft.sectors:
                return None
            draft.role, draft.sectors = profile.role, profile.sectors
            draft.country = draft.country or profile.country
            self._scene.holders.note(last.id, wanted)
            return last.id
        mine, theirs = set(profile.sectors[:1]), set(draft.sectors[:1])
        alike = not mine or mine == theirs or (mine | theirs <= _POLITICAL) or wanted.head in ("official", "leader")
        return last.id if alike and (theirs or draft.kind == "person") else None

    def _recall(self, token: Token, head: str, last: str, profile: Profile, definite: bool, bare: bool) -> str | None:
        if last in _COLLECTIVES and definite and not profile.plural:
            same = self._scene.memory.noun(last, "", token, ("body", "people"))
            return same or self._scene.memory.sort(("body", "people"), token, self._is_named_body)
        plain = profile.role is None or fold(profile.role) in (last, f"{last}s")
        several = profile.plural or (definite and head != "official")
        if head in _GOVERNMENT and plain and several and profile.category != "body":
            return self._government_near(token)
        if bare and profile.plural:
            return self._scene.memory.noun(last, "", token, ("people",))
        if not definite:
            return None
        portfolio = " ".join(head.split()[:-1])
        if profile.category in ("person", "carrier") and not profile.plural:
            return None
        return self._scene.memory.noun(last, portfolio, token, ("body", "people"))

    def _is_of_another(self, mention: Mention, id: str) -> bool:
        """Whether a noun and the actor told of before have different names beside them: "the Dal cabinet"."""
        own = {t.text for t in self._scene.reading.tokens[mention.first : mention.last - 1] if t.upos == "PROPN"}
        before = {word for word in self._scene.drafts.by_id[id].name.split()[:-1] if word[:1].isupper()} - {"The"}
        return bool(own and before) and not own & before

    def _ministry_of_minister(self, profile: Profile) -> str | None:
        """ "The ministry" of the one minister whom the page has named, where it has named no ministry."""
        found = {
            (draft.country, role)
            for draft in self._scene.drafts.by_id.values()
            if draft.country and draft.kind in ("person", "office") and (role := portfolio_of(draft.role))
        }
        wanted = (profile.head or "").rpartition(" ")[0]
        found = {(country, role) for country, role in found if not wanted or role == wanted}
        if len(found) != 1:
            return None
        country, role = found.pop()
        name = f"{role} ministry".capitalize()
        told = Profile(country, ("GOV",), "office", role=name)
        return self._scene.drafts.make(
            f"{country.lower()}.gov.{slug(role)}-ministry", told, f"{name} of {state_name(country)}"
        )

    def _is_named_body(self, seen: Seen) -> bool:
        draft = self._scene.drafts.by_id[seen.id]
        return seen.head is None and draft.kind != "state" and draft.name[:1].isupper()

    def _government_near(self, token: Token) -> str | None:
        """The government of the one country whose offices were told of just before: for bare "officials"."""
        found = self._scene.memory.sort(
            ("body", "person"), token, lambda s: self._scene.drafts.by_id[s.id].sectors[:1] == ("GOV",)
        )
        country = self._scene.drafts.by_id[found].country if found else None
        if country is None:
            return None
        return self._scene.drafts.make(
            f"{country.lower()}.gov", Profile(country, ("GOV",), "office"), government_name(country)
        )

    def _recalled_state(self, token: Token, *, speaking: bool) -> str | None:
        """The state last told of; "this country" is the one that the page is about."""
        found = None if speaking else self._scene.memory.sort(("state",), token)
        if found is None and self._scene.home is not None:
            code = self._scene.home
            return (
                self._scene.drafts.make(code.lower(), Profile(code, (), "state"), state_name(code))
                if len(code) == 3
                else None
            )
        return found

    def nested_country(self, mention: Mention) -> str | None:
        """The country of whoever the phrase leans on: "a spokeswoman for the ministry", "its army"."""
        for i in range(mention.first, mention.last):
            if i != mention.head and (ids := self._scene.drafts.ids.get(i)) and len(ids) == 1:
                self._scene.trace.say("country of what it leans on", i)
                return self._scene.drafts.by_id[ids[0]].country
        for child in self._scene.reading.children[mention.head]:
            relation = self._scene.reading.tokens[child].deprel
            if not relation.startswith(("nmod", "det")):
                continue
            nested = self._scene.at.get(child)
            if nested is None or nested is mention:
                continue
            if nested.form == "pronoun":
                id = self._scene.memory.pronoun(nested)
                if id is None and nested.gender == "n":
                    id = self._scene.memory.owner(self._scene.reading.tokens[child])
                return self._scene.drafts.by_id[id].country if id else None
            if nested.profiles and nested.profile.head:
                last = nested.profile.noun
                if last == "ministry" and (meant := self._ministry_of_minister(nested.profile)):
                    return self._scene.drafts.by_id[meant].country
                id = self._scene.memory.noun(last, "", self._scene.reading.tokens[child], ("body", "people", "person"))
                return self._scene.drafts.by_id[id].country if id else None
        return None

    def _office(self, mention: Mention, profile: Profile, definite: bool) -> str:
        head = profile.head or ""
        prefix = prefix_of(profile)
        country = profile.country if profile.country in state_names() else None
        national = not profile.owner and not self._is_part(mention)
        if head in _GOVERNMENT and country and national and profile.sectors[:1] == ("GOV",):
            return self._scene.drafts.make(
                f"{country.lower()}.gov", replace(profile, kind="office"), government_name(country)
            )
        named = standard_title(self._scene.reading, mention, profile)
        if head in _GOVERNMENT and not national and not profile.owner:
            named = written(self._scene.reading, mention)
        id = f"{prefix}.{slug(named)}"
        another = not definite and profile.category in ("person", "carrier")
        if profile.country is None and profile.category == "body" and self._is_name(mention):
            # A body by a name of its own is one wherever the page names it.
            return self._scene.drafts.make(
                f"{prefix}.{slug(written(self._scene.reading, mention))}",
                profile,
                written(self._scene.reading, mention),
            )
        if (profile.country is None or another) and not profile.plural:
            n = 1
            while (id if n == 1 else f"{id}-{n}") in self._scene.drafts.by_id:
                n += 1
            id = id if n == 1 else f"{id}-{n}"
        joined = len(mention.profiles) > 1 and profile.country is not None
        name = (
            f"{profile.role} of {state_name(profile.country or '')}"
            if joined
            else written(self._scene.reading, mention)
        )
        return self._scene.drafts.make(id, profile, name)

    def _master(self, mention: Mention) -> Draft | None:
        """Whose somebody is by "its" or "whose": "the union, whose secretary", "said its spokesman"."""
        tokens = self._scene.reading.tokens
        for child in self._scene.reading.children[mention.head]:
            word = tokens[child].text.lower()
            if tokens[child].deprel != "nmod:poss" or word not in ("its", "whose"):
                continue
            if word == "its":
                id = self._scene.memory.owner(tokens[child])
                return self._scene.drafts.by_id[id] if id else None
            above = child
            while tokens[above].head >= 0 and not tokens[above].deprel.startswith("acl"):
                above = tokens[above].head
            ids = self._scene.drafts.ids.get(tokens[above].head, ())
            return self._scene.drafts.by_id[ids[0]] if len(ids) == 1 else None
        return None

    def _owner_of(self, mention: Mention) -> Draft | None:
        """Whose somebody is by "his", "her" or "their": "his deputy"."""
        tokens = self._scene.reading.tokens
        for child in self._scene.reading.children[mention.head]:
            ids = self._scene.drafts.ids.get(child, ())
            if tokens[child].deprel == "nmod:poss" and tokens[child].upos == "PRON" and len(ids) == 1:
                return self._scene.drafts.by_id[ids[0]]
        return None

    def _is_this(self, mention: Mention) -> bool:
        tokens = self._scene.reading.tokens[max(0, mention.first - 1) : mention.head]
        return any(token.text.lower() == "this" for token in tokens)

    def _is_announced(self, mention: Mention) -> bool:
        """Whether an office stands without an article, as before a verb in headlines: "Premier resigns"."""
        token = self._scene.reading.tokens[mention.head]
        return mention.first == mention.head == mention.last - 1 and token.text[:1].isupper()

    def _body_named(self, mention: Mention) -> str | None:
        """The id of the body whose name an office has in it: "UP leaders", "secretary of the UP"."""
        for entity in self._scene.reading.entities:
            if entity.label == "Organization" and mention.first <= entity.first < mention.last:
                return f"org.{slug(self._scene.context.text[entity.start : entity.end])}"
        return None

    def _is_part(self, mention: Mention) -> bool:
        """Whether a mention is of a city's or province's government, or of so many officials: not the state's."""
        tokens = self._scene.reading.tokens
        counted = any(tokens[c].deprel == "nummod" for c in self._scene.reading.children[mention.head])
        return counted or any(tokens[i].text.lower() in _LOCAL for i in range(mention.first, mention.head))

    def _is_name(self, mention: Mention) -> bool:
        """Whether a mention is a name of several capitalised words: "the Church of the Dunes"."""
        tokens = self._scene.reading.tokens[mention.first : mention.last]
        capitals = [token for token in tokens if token.text[:1].isupper() and token.text.lower() not in ("the", "a")]
        return len(capitals) > 1 and self._scene.reading.tokens[mention.head] in capitals

    def _is_local(self, mention: Mention) -> bool:
        """Whether the words say that somebody is of the place: "local media"."""
        return any(token.text.lower() in _NATIVE for token in self._scene.reading.tokens[mention.first : mention.head])

    def _definite(self, mention: Mention) -> bool:
        tokens = self._scene.reading.tokens
        for child in self._scene.reading.children[mention.head]:
            if tokens[child].deprel.startswith("det") and child < mention.head:
                return tokens[child].text.lower() in _DEFINITE
        if any(tokens[i].text.lower() in _DEFINITE for i in (mention.first, max(0, mention.first - 1))):
            return True  # the tree may hang an article elsewhere
        return any(tokens[c].deprel == "nmod:poss" for c in self._scene.reading.children[mention.head])


def body_of(scene: Scene, mention: Mention) -> str:
    """The name of the body behind an office: "Conaie" of "president of Conaie"; "" where it is a state or none."""
    tokens = scene.reading.tokens[mention.head + 1 : mention.last]
    if not tokens or tokens[0].text.lower() not in ("of", "for", "at", "from"):
        return ""
    named = []
    for token in tokens[1:]:
        if token.text[:1].isupper():
            named.append(token.text)
        elif named or token.upos != "DET":
            break
    text = " ".join(named)
    return "" if fold(text) in _NATIONS or is_state(text) else text


_NATIONS = frozenset({"republic", "nation", "state", "union", "federation", "government"})
