"""Mentions: the noun phrases, names and pronouns of a page that may mean an actor, each with its profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.actors.bodies import named_body
from onrecord.actors.callings import called, nameless, one_kind, people_of
from onrecord.actors.context import Context, settle
from onrecord.actors.extents import core_end, extent, glued, leftwards, with_nations
from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.mention import Form, Mention
from onrecord.actors.nations import acting_nations
from onrecord.actors.people import STYLES
from onrecord.actors.profile import Profile, describe
from onrecord.actors.sheet import Sheet
from onrecord.actors.titles import DESCRIBED
from onrecord.actors.wording import Word, Words, fold
from onrecord.reading import Entity, Reading, Sentence, Token

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n",
    "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
}  # fmt: skip
"""Third persons by what they agree with: a man, a woman, a body or state, several."""

_PARTS = frozenset({"compound", "flat", "fixed", "goeswith"})
_PLACED = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "into", "through", "throughout", "via"}
)
_BESIEGED = frozenset(
    "visit leave reach enter bomb shell strike hit flee evacuate capture besiege seize rock tour storm bombard".split()
)
_TRIPS = frozenset("visit trip travel flight journey tour return way road drive march".split())
_BESIDE = frozenset({"appos", "nmod", "list", "dep", "parataxis", "flat"})
_MOTION = frozenset({"to", "from", "towards", "toward", "for"})


def find_mentions(reading: Reading, context: Context) -> list[Mention]:
    """All mentions of a reading, in the order of their heads."""
    words = Words(token.text for token in reading.tokens)
    persons, others = one_kind(reading, [_whole(reading, entity) for entity in people_of(reading)])
    people = {i: entity for entity in persons for i in range(entity.first, entity.last)}
    bodies = {i: e for e in others for i in range(e.first, e.last)}
    sheet = Sheet(reading, words, context, people, bodies)
    found: list[Mention] = []
    for sentence in reading.sentences:
        start = _dateline(reading, sentence)
        here = _with_people(sheet, sentence, persons, list(_phrases(sheet, sentence)))
        covered = {i for mention in here for i in range(mention.first, mention.last)}
        here.extend(_missed(sheet, sentence, covered))
        here.extend(acting_nations(sheet, sentence, covered))
        here = [mention for mention in here if mention.last > start]
        found.extend(called(sheet, _titled(reading, sorted(here, key=lambda mention: mention.head))))
    return found


def _dateline(reading: Reading, sentence: Sentence) -> int:
    """Where a paragraph's own words begin behind the place that it was written in: "LIMA, Peru - | The court"."""
    tokens = reading.tokens
    if sentence.first and reading.sentences[tokens[sentence.first - 1].sentence].block == sentence.block:
        return sentence.first
    for i in range(sentence.first + 1, min(sentence.first + _DATELINE, sentence.last - 1)):
        if tokens[i].text in _BARS and tokens[i - 1].end < tokens[i].start:
            named = all(t.text[:1].isupper() or not t.text[0].isalpha() for t in tokens[sentence.first : i])
            dated = next((k for k in range(i + 1, min(i + 8, sentence.last)) if tokens[k].text == ":"), 0)
            if named and dated and all(t.text[:1].isdigit() or t.text[:1].isupper() for t in tokens[i + 1 : dated]):
                return dated + 1  # "CAIRO - 27 June 2022: | The court"
            begins = tokens[i + 1].text[:1].isupper() and _is_location(reading, sentence.first)
            return i + 1 if named and begins else sentence.first
        if tokens[i].text == ":" and tokens[sentence.first].text.isupper() and i == sentence.first + 1:
            return i + 1
        if tokens[i].text == "/" and i == sentence.first + 1 and _is_location(reading, sentence.first):
            return next(
                (k + 1 for k in range(i + 1, min(i + 6, sentence.last)) if tokens[k].text == "/"), sentence.first
            )
    return sentence.first


def _is_location(reading: Reading, i: int) -> bool:
    shouted = reading.tokens[i].text.isupper() and len(reading.tokens[i].text) > 1
    return shouted or any(e.label == "Location" and e.first <= i < e.last for e in reading.entities)


# How many tokens a dateline may have, and what ends it.
_DATELINE = 9
_BARS = frozenset({"-", "–", "—"})


def _with_people(sheet: Sheet, sentence: Sentence, persons: Sequence[Entity], here: list[Mention]) -> list[Mention]:
    """The mentions with the people whom the trees lost in other phrases: a name that the reader marked is somebody."""
    for entity in persons:
        if not sentence.first <= entity.first < sentence.last:
            continue
        if any(entity.first <= i < entity.last for mention in here for i in mention.named):
            continue
        tokens = sheet.reading.tokens
        alone = describe(sheet.words.between(entity.first, entity.last), sheet.context, known_head=True)
        known = (
            alone is not None and alone.kind != "person" and (alone.id is not None or entity.last - entity.first == 1)
        )
        thing = _is_thing(sheet.words.between(entity.first, entity.last))
        if known or thing or _is_acronym(tokens, entity) or not _is_capital(tokens, entity):
            continue
        first = leftwards(sheet.reading, sheet.words, sentence, entity.first)
        profile, named = _with_name(sheet, first, entity)
        inside = range(first, entity.last)
        head = next((i for i in range(entity.first, entity.last) if tokens[i].head not in inside), entity.first)
        here = [mention for mention in here if mention.head not in inside]
        here.append(Mention(first, entity.last, head, "name", (profile,), named=named))
    return here


def _whole(reading: Reading, entity: Entity) -> Entity:
    """The entity with the words that its first and last token are part of: the reader may stop at a hyphen."""
    tokens = reading.tokens
    first, last = entity.first, entity.last
    if glued(tokens, last - 1):
        last += 1
    while last + 1 < len(tokens) and glued(tokens, last):
        last += 2
    while first > 1 and glued(tokens, first - 1):
        first -= 2
    while last - first > 2 and _is_title(tokens[first], first, last):
        first += 1
    if (first, last) == (entity.first, entity.last):
        return entity
    return replace(entity, first=first, last=last, start=tokens[first].start, end=tokens[last - 1].end)


def _is_title(token: Token, first: int, last: int) -> bool:
    """Whether the first word that the reader took into a name is a style or an office: "H E Per Dal"."""
    if token.text in ("H", "E", "HE", "HH", "HM", "HRH"):
        return True
    office = [entry for entry in gazetteer().exactly((fold(token.text),)) if entry.sort == "head"]
    return last - first > 2 and any(entry.category == "person" and entry.sectors for entry in office)


def _phrases(sheet: Sheet, sentence: Sentence) -> Iterator[Mention]:
    reading = sheet.reading
    for token in reading.sentence_tokens(sentence):
        if token.upos == "PRON":
            gender = PRONOUNS.get(token.text.lower())
            if gender and not token.deprel.startswith("expl"):
                yield Mention(token.i, token.i + 1, token.i, "pronoun", gender=gender)
        elif _heads_phrase(reading, token, sheet.people, sheet.bodies):
            mention = _phrase(sheet, sentence, token)
            if mention is not None:
                yield mention


def _is_joined(bodies: dict[int, Entity], token: Token) -> bool:
    """Whether an "and" within one body's name joins the word: "the Farm Workers and Helpers Union"."""
    return token.i in bodies and bodies.get(token.head) is bodies[token.i]


def _heads_phrase(reading: Reading, token: Token, people: dict[int, Entity], bodies: dict[int, Entity]) -> bool:
    relation = token.deprel.split(":")[0]
    if relation == "amod" or (relation == "conj" and _is_joined(bodies, token)):
        return False
    if token.upos in ("NOUN", "PROPN"):
        if relation not in _PARTS:
            return True
        # A name that the tree hangs below a word which is no noun, by mistake.
        return token.head >= 0 and reading.tokens[token.head].upos not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "X")
    if token.upos in ("ADJ", "NUM", "X") and relation in ("nsubj", "obj", "conj", "root"):
        return token.text[:1].isupper() and token.i in people
    return False


def _phrase(sheet: Sheet, sentence: Sentence, token: Token) -> Mention | None:
    reading, context, people, bodies = sheet.reading, sheet.context, sheet.people, sheet.bodies
    first, last = extent(reading, sentence, token)
    first = _past_bracket(reading.tokens, first, token.i)
    while first < token.i and reading.tokens[first].upos == "CCONJ":
        first += 1
    first = with_nations(reading, sentence, first) if token.upos == "NOUN" else first
    if token.upos == "PROPN" and (reading.tokens[first].text[:1].isupper() or token.i in people):
        first = leftwards(reading, sheet.words, sentence, first)
    body = bodies.get(token.i)
    if body is not None and body.last > last and _heads(token, body) and _joins_within(reading, token, body):
        last = body.last
    first = _whole_body(reading, body, token, first) if body is not None else first
    first, last = _with_state(sheet, sentence, token, first), _with_bracket(sheet, token, last)
    words = sheet.words.between(first, last)
    person = people.get(token.i) or next(
        (people[i] for i in range(token.i, core_end(reading, token.i, last)) if i in people), None
    )
    profile = describe(words, context, known_head=True)
    if profile is not None and profile.region and last > token.i + 1 and reading.tokens[token.i + 1].text in _PLACED:
        # "Western countries in Ukraine" are no others than those elsewhere.
        last = token.i + 1
        words = sheet.words.between(first, last)
        profile = describe(words, context, known_head=True)
    named: tuple[int, ...] = ()
    if person is not None and _is_no_person(person, profile, first, last):
        person = None
    if person is not None and _is_acronym(reading.tokens, person):
        bodies, person = {**bodies, **dict.fromkeys(range(person.first, person.last), person)}, None
    if person is not None and _is_thing(sheet.words.between(person.first, person.last)):
        person = None
    if person is not None and any(people.get(i, person) is not person for i in range(person.last, last)):
        # "Minister X and Minister Y" in one tree are two.
        last = person.last
        words = sheet.words.between(first, last)
        profile = describe(words, context, known_head=True)
    unsure = profile is None or profile.kind != "person" or (not profile.id and person and person.last > last - 1)
    if person is not None and person.first >= first and unsure:
        profile, named = _with_name(sheet, first, person)
        last = max(last, person.last)
    elif profile is not None and profile.person:
        named = _name_tokens(words, profile)
    is_body = token.i in bodies and token.text[:1].isupper() and token.text not in _STYLES
    if profile is None and is_body and _heads(token, bodies[token.i]) and not _is_thing(words):
        entity = bodies[token.i]
        name = _joined(reading.tokens, entity.first, entity.last)
        profile = named_body(sheet.words.between(min(first, entity.first), entity.last), name, context)
    if profile is not None and is_body and not profile.id and not profile.sectors and profile.kind != "person":
        entity = bodies[token.i]
        profile = replace(profile, sectors=named_body(sheet.words.between(entity.first, last), "", context).sectors)
    if profile is None and token.upos == "PROPN" and token.text.isupper() and token.text.lower() in context.acronyms:
        profile = Profile(kind="organisation", name=token.text)
    bare = all(word.folded in _LOOSE for word in words[:-1])
    if profile is None or _is_place(reading, token, profile, first) or not _tells(profile, bare=bare):
        return None
    if _is_adjective(words, profile) and reading.tokens[first].text.lower() not in ("the", "many", "some", "most"):
        return None
    form: Form = "name" if profile.id or profile.person or profile.name else "nominal"
    return Mention(first, last, token.i, form, _each(sheet, token, words, profile), named=named)


def _whole_body(reading: Reading, body: Entity, token: Token, first: int) -> int:
    """Where a body's name begins whose first words the tree hung elsewhere: "Awami | League"."""
    tokens = reading.tokens
    lost = range(body.first, first)
    whole = body.last == token.i + 1 and lost and all(tokens[i].upos in ("PROPN", "ADJ") for i in lost)
    return body.first if whole and tokens[body.first].text[:1].isupper() else first


def _with_state(sheet: Sheet, sentence: Sentence, token: Token, first: int) -> int:
    """Where a noun's phrase begins with the name right before it that the tree lost: "United States | government"."""
    tokens = sheet.reading.tokens
    if token.upos != "NOUN" or first != token.i or first == sentence.first or tokens[first - 1].upos != "PROPN":
        return first
    for start in range(max(sentence.first, first - _NAMED), first):
        before = sheet.words.between(start, first)
        hit = gazetteer().at(before, 0) if before else None
        whole = hit is not None and hit.last == len(before) and tokens[start].text[:1].isupper()
        if whole and hit is not None and hit.of("state", "proper", "modifier", "head", "leader"):
            return start
    return first


# How many tokens a name before a noun may have: "Moon Jae-in | administration".
_NAMED = 5


def _with_bracket(sheet: Sheet, token: Token, last: int) -> int:
    """Where a name ends that goes on in a bracket: "CPI (Maoist)"."""
    tokens = sheet.reading.tokens
    if last + 2 >= len(tokens) or tokens[last].text != "(" or tokens[last + 2].text != ")" or last != token.i + 1:
        return last
    hit = gazetteer().at(sheet.words.between(token.i, last + 3), 0)
    whole = hit is not None and hit.of("proper") is not None and hit.last == 4
    return last + 3 if whole else last


def _past_bracket(tokens: Sequence[Token], first: int, head: int) -> int:
    """Where a phrase begins behind a bracket that was opened before it: "(UP) | leader Per Dal"."""
    for i in range(head - 1, first, -1):
        if tokens[i].text == ")" and not any(tokens[k].text == "(" for k in range(first, i)):
            return i + 1
    return first


def _is_adjective(words: Sequence[Word], profile: Profile) -> bool:
    """Whether a phrase is no more than "French": an adjective of which the tree lost the noun."""
    if profile.kind != "group" or profile.head is not None or profile.person:
        return False
    hit = gazetteer().at(words, len(words) - 1)
    return hit is not None and hit.of("adjective") is not None


def _is_thing(words: Sequence[Word]) -> bool:
    """Whether a capitalised phrase names a thing that the reader took for a body: an Act, a Treaty, a System."""
    hit = gazetteer().at(words, len(words) - 1) if words else None
    entry = hit.of("head") if hit else None
    return entry is not None and entry.category == "not"


def _is_acronym(tokens: Sequence[Token], entity: Entity) -> bool:
    """Whether what the reader took for a person is rather a body by its letters: "DSAWHU"."""
    text = tokens[entity.first].text
    return entity.last - entity.first == 1 and len(text) > 2 and text.isupper() and text.isascii()


def _is_capital(tokens: Sequence[Token], entity: Entity) -> bool:
    """Whether a name begins or ends in a capital: "Kim Dae-ki", "al-Sadr"."""
    return any(tokens[i].text[:1].isupper() for i in (entity.first, entity.last - 1))


# Styles before a ruler's name or office: no bodies, however much they look like acronyms.
_STYLES = frozenset({"HH", "HE", "HM", "HRH", "HRM"})


def _joins_within(reading: Reading, token: Token, body: Entity) -> bool:
    """Whether the tree parts a body's name at its "and"."""
    return any(
        reading.tokens[c].deprel.startswith("conj") and token.i < c < body.last for c in reading.subtree(token.i)
    )


def _heads(token: Token, entity: Entity) -> bool:
    return not entity.first <= token.head < entity.last


def _is_no_person(person: Entity, profile: Profile | None, first: int, last: int) -> bool:
    """Whether what the reader took for a person is all of a phrase that the tables know as a state or body."""
    if profile is None or profile.kind == "person":
        return False
    if person.last - person.first > 1:
        # A party may sound like somebody: "Yesh Atid".
        return profile.id is not None and profile.kind in ("organisation", "international") and person.first - first < 2
    if profile.id is not None:
        return last - first <= 2
    # "The Amir" is an office; "Amir" may be somebody's name.
    return profile.head is not None and person.first == first + 1 and person.last == last


def _joined(tokens: Sequence[Token], first: int, last: int) -> str:
    parts = [tokens[first].text]
    for before, token in zip(tokens[first : last - 1], tokens[first + 1 : last], strict=True):
        parts.append(token.text if before.end == token.start else f" {token.text}")
    return "".join(parts)


def _with_name(sheet: Sheet, first: int, person: Entity) -> tuple[Profile, tuple[int, ...]]:
    """The profile of a person whom the reader marked: the words before the name are title and country."""
    reading, context = sheet.reading, sheet.context
    name = tuple(range(person.first, person.last))
    words = sheet.words.between(person.first, person.last)
    alone = describe(words, context, known_head=True)
    title = (
        describe(sheet.words.between(first, person.first), context, known_head=True) if first < person.first else None
    )
    dropped = nameless(reading.tokens, range(person.first, person.last))
    surfaces = tuple(reading.tokens[i].text for i in name if i not in dropped)
    if person.first and fold(reading.tokens[person.first - 1].text) in STYLES:
        surfaces = (reading.tokens[person.first - 1].text, *surfaces)  # it tells a man from a woman
    base = (
        alone
        if alone is not None and alone.kind == "person"
        else Profile(kind="person", person=surfaces, name=" ".join(surfaces))
    )
    if base.id is None:
        base = replace(base, name=_joined(reading.tokens, person.first, person.last))
    if title is not None and title.category in ("person", "carrier", "people", "title"):
        base = replace(
            base,
            country=title.country or base.country,
            sectors=title.sectors or base.sectors,
            role=title.role,
            head=title.head,
            former=title.former,
            own_country=title.own_country,
        )
    elif title is not None and title.country and base.country is None:
        base = replace(base, country=title.country)
    return base, name


def _name_tokens(words: Sequence[Word], profile: Profile) -> tuple[int, ...]:
    size = len(profile.person)
    for k in range(len(words) - size, -1, -1):
        if tuple(word.surface for word in words[k : k + size]) == profile.person:
            return tuple(word.i for word in words[k : k + size])
    return ()


def _is_place(reading: Reading, token: Token, profile: Profile, first: int) -> bool:
    """Whether a city's name is a place here, not the government that sits there."""
    if profile.place:
        return True
    if profile.kind != "office" or profile.head is not None or not profile.id or not profile.id.endswith(".gov"):
        return False
    if token.i > 1 and reading.tokens[token.i - 1].text == "," and token.deprel.split(":")[0] in _BESIDE:
        before = reading.tokens[token.i - 2]
        if before.upos == "PROPN" and before.sentence == token.sentence and _is_location(reading, before.i):
            return True  # "at Rajbagh, New Delhi"
    cases = [reading.tokens[i].text.lower() for i in reading.children[token.i] if reading.tokens[i].deprel == "case"]
    case = cases[-1] if cases else ""  # the nearest, where a broken tree hangs another's here
    if case in _PLACED or _is_called_place(reading, token, first):
        return True
    above = reading.tokens[token.head] if token.head >= 0 else token
    if token.deprel in ("obj", "nsubj:pass") and above.lemma.lower() in _BESIEGED:
        return True
    return case in _MOTION and token.head >= 0 and (above.upos == "VERB" or above.lemma.lower() in _TRIPS)


def _is_called_place(reading: Reading, token: Token, first: int) -> bool:
    """Whether the words around a city's name make it a place: "in X" in a broken tree, "the capital X"."""
    tokens = reading.tokens
    before = tokens[first - 1].text.lower() if first and tokens[first - 1].sentence == token.sentence else ""
    if before in _PLACED or before in _SETTLEMENTS:
        return True
    top = token
    while top.deprel == "conj" and top.head >= 0:
        top = tokens[top.head]
    cases = {tokens[i].text.lower() for i in reading.children[top.i] if tokens[i].deprel == "case"}
    if top.i != token.i and cases & _PLACED:
        return True
    above = tokens[top.head].lemma.lower() if top.head >= 0 else ""
    return "of" in cases and above in _SETTLEMENTS


# Nouns whose "of X" is a place.
_SETTLEMENTS = frozenset(
    "capital city town village district province port municipality suburb outskirt outskirts centre center south north "
    "east west southeast northeast southwest northwest region area neighbourhood neighborhood county prefecture".split()
)


def _tells(profile: Profile, *, bare: bool = False) -> bool:
    """Whether a profile says enough to be somebody: a name, or a head with a country, a sector or a body to recall."""
    if profile.id or profile.person or profile.name:
        return True
    if profile.head in _ABSTRACT and profile.role and fold(profile.role) == profile.head and bare:
        return False
    if profile.head in _VAGUE and not profile.country and not profile.sectors:
        return profile.region
    if profile.category == "title":
        return False  # "Justice" without a name is no judge
    if profile.category == "carrier":
        return bool(profile.country or profile.sectors) or profile.head in _RECALLED or profile.head in DESCRIBED
    return profile.head is not None


# Singular nouns that are somebody only with an article, an owner or a modifier: "authority" by itself is power.
_ABSTRACT = frozenset(
    "authority intelligence society business administration mission leadership command force division justice industry "
    "community trade".split()
)
_LOOSE = frozenset("some any no more much little all such".split())
# Bodies that are somebody only under a name of their own, or, several of them, of their part of the world.
_VAGUE = frozenset("region|allies|partners|powers|countries|nations|member states|member state|world powers".split("|"))
# Carriers that recall somebody told of before: "the group", "the spokesman".
_RECALLED = frozenset(
    {"group", "spokesman", "spokeswoman", "spokesperson", "official", "leader", "officer", "president", "chief"}
)


def _each(sheet: Sheet, token: Token, words: list[Word], profile: Profile) -> tuple[Profile, ...]:
    """One profile for each country that a phrase joins: "French and German ministers", "the kings of A and B"."""
    if profile.kind == "person" or profile.country is None:
        return (profile,)
    found = [profile]
    for other in (*_without_joined(words), *_with_conjuncts(sheet, token, words)):
        told = describe(other, sheet.context, known_head=True) if other else None
        if told is not None and told.country and told.country not in {p.country for p in found}:
            found.append(told)
    return tuple(found)


def _without_joined(words: list[Word]) -> Iterator[list[Word]]:
    """The phrase without what stands before each "and" ahead of its head: "(Russian and) Ukrainian officials"."""
    joints = [k for k, word in enumerate(words) if word.folded in ("and", "or") and 0 < k < len(words) - 1]
    for k in joints:
        yield words[k + 1 :]


def _with_conjuncts(sheet: Sheet, token: Token, words: list[Word]) -> Iterator[list[Word]]:
    """The phrase with each further state instead of the one it ends in: "the kings of (A and) B"."""
    tokens = sheet.reading.tokens
    if not any(word.folded == "of" for word in words):
        return
    last = words[-1].i + 1
    while last + 1 < len(tokens) and tokens[last].text in ("and", ",") and tokens[last].sentence == token.sentence:
        ahead = sheet.words.between(last + 1, min(last + 6, len(tokens)))
        hit = gazetteer().at(ahead, 0) if ahead else None
        if hit is None or hit.of("state") is None:
            return
        of = max(k for k, word in enumerate(words) if word.folded == "of")
        yield [*words[: of + 1], *ahead[: hit.last]]
        last = ahead[hit.last - 1].i + 1


def _titled(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Mentions with a title and the name right behind it made one, where the tree has them apart."""
    found: list[Mention] = []
    for mention in mentions:
        while found and mention.named and found[-1].form == "nominal" and _is_title_of(found[-1], mention):
            found.pop()
        before = found[-1] if found else None
        if (
            before is not None
            and before.form == "nominal"
            and mention.profiles
            and mention.profile.person
            and before.last in (mention.first, mention.named[0] if mention.named else -1)
            and before.profile.category in ("person", "carrier")
            and not before.profile.plural
        ):
            title = before.profile
            profile = replace(
                mention.profile,
                country=title.country or mention.profile.country,
                sectors=title.sectors or mention.profile.sectors,
                role=title.role,
                head=title.head,
                former=title.former,
                own_country=title.own_country,
            )
            head = before.head if reading.tokens[mention.head].head == before.head else mention.head
            found[-1] = replace(
                mention,
                first=before.first,
                head=head,
                profiles=(profile,),
                named=(*mention.named, before.head, mention.head),
            )
            while len(found) > 1 and found[-2].form == "nominal" and _is_within(found[-2], found[-1]):
                found.pop(-2)
        elif before is not None and _holds_both(reading.tokens, before, mention):
            title, name = before.profile, mention.profile
            profile = replace(
                name,
                country=name.country or title.country,
                sectors=title.sectors or name.sectors,
                role=title.role,
                head=title.head,
                former=title.former and name.former,
                own_country=name.own_country or title.own_country,
            )
            found[-1] = replace(mention, first=before.first, profiles=(profile,))
        else:
            found.append(mention)
    return found


def _is_title_of(nominal: Mention, mention: Mention) -> bool:
    """Whether a nominal is all within the words before the last of a name that the name's mention has taken in."""
    return mention.first <= nominal.first and nominal.last <= max(mention.named[0], mention.named[-1])


def _is_within(nominal: Mention, mention: Mention) -> bool:
    """Whether a nominal is one of the titles within a mention: "the Prime Minister | Sheikh Per Dal"."""
    titled = nominal.profile.category in ("person", "carrier", "title") and not nominal.profile.plural
    return titled and mention.first <= nominal.first and nominal.last <= mention.last


def _holds_both(tokens: Sequence[Token], before: Mention, mention: Mention) -> bool:
    """Whether the one named has the office before the "and" as well: "Commerce Minister and Democrat leader Per Dal".

    "The president and Prime Minister Per Dal" are two: an office with an article is somebody by itself.
    """
    if not mention.named or mention.first >= mention.named[0] or before.form != "nominal" or len(before.profiles) != 1:
        return False
    title = before.profile
    return (
        tokens[before.last].text == "and"
        and mention.first == before.last + 1
        and title.category in ("person", "carrier")
        and not title.plural
        and tokens[before.first].text[:1].isupper()
        and tokens[before.first].text.lower() not in ("the", "a", "an")
        and mention.profile.role is not None
    )


def _missed(sheet: Sheet, sentence: Sentence, covered: set[int]) -> Iterator[Mention]:
    """Names of the tables that the trees do not give as phrases. Trees may be wrong where capitals are right."""
    reading, context = sheet.reading, sheet.context
    words = sheet.words.between(sentence.first, sentence.last)
    for raw in gazetteer().scan(words):
        first, last = words[raw.first].i, words[raw.last - 1].i + 1
        if any(i in covered for i in range(first, last)) or not reading.tokens[first].text[:1].isupper():
            continue
        entry = settle(raw, words, context).of("state", "seat", "leader", "proper", "capital")
        head = last - 1
        if entry is None or reading.tokens[head].upos == "ADJ" or reading.tokens[head].deprel in ("amod", "compound"):
            continue
        profile = describe(words[raw.first : raw.last], context, known_head=True)
        if profile is not None and profile.id and not _is_place(reading, reading.tokens[head], profile, first):
            named = tuple(word.i for word in words[raw.first : raw.last]) if profile.person else ()
            yield Mention(first, last, head, "name", (profile,), named=named)
