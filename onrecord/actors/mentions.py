"""Mentions: the noun phrases, names and pronouns of a page that may mean an actor, each with its profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.actors.bodies import named_body
from onrecord.actors.callings import called, nameless, one_kind, people_of
from onrecord.actors.context import Context, settle
from onrecord.actors.datelines import dateline
from onrecord.actors.describe import describe
from onrecord.actors.epithets import epithet, gender_told
from onrecord.actors.extents import core_end, extent, glued, is_part, leftwards, with_nations
from onrecord.actors.gazetteer import Entry, gazetteer
from onrecord.actors.lost import past_bracket, whole_body, with_bracket, with_owner_before
from onrecord.actors.mention import Form, Mention
from onrecord.actors.nations import acting_nations
from onrecord.actors.people import STYLES
from onrecord.actors.profile import Profile
from onrecord.actors.several import each_country
from onrecord.actors.sheet import Sheet
from onrecord.actors.tellings import LOOSE, leans, tells
from onrecord.actors.titled import titled
from onrecord.actors.whereabouts import PLACED, is_place
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


def find_mentions(reading: Reading, context: Context) -> list[Mention]:
    """All mentions of a reading, in the order of their heads."""
    words = Words(token.text for token in reading.tokens)
    persons, others = one_kind(reading, [_whole(reading, entity) for entity in people_of(reading)])
    people = {i: entity for entity in persons for i in range(entity.first, entity.last)}
    bodies = {i: e for e in others for i in range(e.first, e.last)}
    sheet = Sheet(reading, words, context, people, bodies)
    found: list[Mention] = []
    for sentence in reading.sentences:
        start = dateline(reading, sentence)
        here = _with_people(sheet, sentence, persons, list(_phrases(sheet, sentence)))
        covered = {i for mention in here for i in range(mention.first, mention.last)}
        here.extend(_missed(sheet, sentence, covered))
        here.extend(acting_nations(sheet, sentence, covered))
        here = [mention for mention in here if mention.last > start]
        found.extend(called(sheet, titled(reading, sorted(here, key=lambda mention: mention.head))))
    return found


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
        if known or thing or _is_acronym(tokens, entity, sheet.context) or not _is_capital(tokens, entity):
            continue
        first = leftwards(sheet.reading, sheet.words, sentence, entity.first)
        profile, named = _with_name(sheet, first, entity)
        inside = range(first, entity.last)
        named_first = (*range(entity.first, entity.last), *range(first, entity.first))
        head = next((i for i in named_first if tokens[i].head not in inside), entity.first)
        here = [mention for mention in here if mention.head not in inside]
        here.append(Mention(first, entity.last, head, "name", (profile,), named=named))
    return here


def _whole(reading: Reading, entity: Entity) -> Entity:
    """The entity with the words that its first and last token are part of: the reader may stop at a hyphen."""
    tokens = reading.tokens
    first, last = entity.first, entity.last
    if glued(tokens, last - 1):
        last += 1
    while last + 1 < len(tokens) and glued(tokens, last) and not _is_what_kind(tokens[last + 1]):
        last += 2
    while first > 1 and glued(tokens, first - 1) and tokens[first - 2].text.lower() not in _PREFIXES:
        first -= 2
    while last - first > 2 and _is_title(tokens[first], first, last):
        first += 1
    if (first, last) == (entity.first, entity.last):
        return entity
    return replace(entity, first=first, last=last, start=tokens[first].start, end=tokens[last - 1].end)


def _is_what_kind(token: Token) -> bool:
    """Whether a word behind a name and a hyphen makes an adjective of it: "Dal-friendly", "the Dal-era laws"."""
    return token.text.islower() and token.upos in ("ADJ", "VERB", "NOUN", "ADV")


# What leads up to a name by a hyphen and is no part of it: "a pro-Dal mayor".
_PREFIXES = frozenset({"pro", "anti", "ex", "non", "post", "pre"})


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
        elif (first := epithet(reading, token)) is not None:
            yield Mention(first, token.i + 1, token.i, "pronoun", gender=gender_told(token))
        elif _heads_phrase(reading, token, sheet.people, sheet.bodies):
            mention = _phrase(sheet, sentence, token)
            if mention is not None:
                yield mention


def _is_joined(bodies: dict[int, Entity], token: Token) -> bool:
    """Whether an "and" within one body's name joins the word: "the Farm Workers and Helpers Union"."""
    return token.i in bodies and bodies.get(token.head) is bodies[token.i]


def _heads_phrase(reading: Reading, token: Token, people: dict[int, Entity], bodies: dict[int, Entity]) -> bool:
    if token.upos not in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
        return False
    relation = token.deprel.split(":")[0]
    if is_part(reading, token.i):
        return False
    if relation == "amod" or (relation == "conj" and _is_joined(bodies, token)):
        return False
    if token.upos in ("NOUN", "PROPN"):
        if relation not in _PARTS:
            return True
        # A name that the tree hangs below a word which is no noun, by mistake.
        return token.head >= 0 and reading.tokens[token.head].upos not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "X")
    return relation in ("nsubj", "obj", "conj", "root") and token.text[:1].isupper() and token.i in people


def _phrase(sheet: Sheet, sentence: Sentence, token: Token) -> Mention | None:
    reading, context, people, bodies = sheet.reading, sheet.context, sheet.people, sheet.bodies
    first, last = extent(reading, sentence, token)
    first = past_bracket(reading.tokens, first, token.i)
    while first < token.i and reading.tokens[first].upos == "CCONJ":
        first += 1
    first = with_nations(reading, sentence, first) if token.upos == "NOUN" else first
    if token.upos == "PROPN" and (reading.tokens[first].text[:1].isupper() or token.i in people):
        first = leftwards(reading, sheet.words, sentence, first)
    body = bodies.get(token.i)
    if body is not None and body.last > last and _heads(token, body) and _joins_within(reading, token, body):
        last = body.last
    first = whole_body(reading, body, token, first) if body is not None else first
    first, last = with_owner_before(sheet, sentence, token, first), with_bracket(sheet, token, last)
    words = sheet.words.between(first, last)
    person = people.get(token.i) or next(
        (people[i] for i in range(token.i, core_end(reading, token.i, last)) if i in people), None
    )
    profile = describe(words, context, known_head=True)
    if profile is not None and profile.region and last > token.i + 1 and reading.tokens[token.i + 1].text in PLACED:
        # "Western countries in Ukraine" are no others than those elsewhere.
        last = token.i + 1
        words = sheet.words.between(first, last)
        profile = describe(words, context, known_head=True)
    named: tuple[int, ...] = ()
    if person is not None and _is_no_person(person, profile, first, last):
        person = None
    if person is not None and _is_acronym(reading.tokens, person, context):
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
    acronym = not token.text[1:].islower() and fold(token.text) in context.acronyms
    if profile is None and token.upos == "PROPN" and acronym:
        profile = Profile(kind="organisation", name=token.text)
    bare = all(word.folded in LOOSE for word in words[:-1])
    if profile is None or is_place(reading, token, profile, first):
        return None
    if not tells(profile, bare=bare) and not leans(sheet, first, last, token, profile):
        return None
    if _is_adjective(words, profile) and reading.tokens[first].text.lower() not in ("the", "many", "some", "most"):
        return None
    form: Form = "name" if profile.id or profile.person or profile.name else "nominal"
    return Mention(first, last, token.i, form, each_country(sheet, token, words, profile), named=named)


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


def _is_acronym(tokens: Sequence[Token], entity: Entity, context: Context) -> bool:
    """Whether what the reader took for a person is rather a body by its letters: "DSAWHU", "BoG" if the page tells."""
    text = tokens[entity.first].text
    told = not text.islower() and fold(text) in context.acronyms and text[1:].lower() != text[1:]
    return entity.last - entity.first == 1 and len(text) > 2 and text.isascii() and (text.isupper() or told)


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
    before = sheet.words.between(first, person.first)
    while before and before[-1].folded in ("dr", "prof", "mr", "mrs", "ms", "eng"):
        before = before[:-1]  # "editor Dr. | Per Dal"
    title = describe(before, context, known_head=True) if before else None
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
    owner = _owner_before(sheet, first, person.first)
    if owner is not None:
        base = replace(base, country=base.country or owner.country, sectors=base.sectors or owner.sectors)
    return base, name


def _owner_before(sheet: Sheet, first: int, name: int) -> Profile | None:
    """The body whose somebody is: "the Post's | Per Dal"; None where none stands there."""
    before = sheet.words.between(first, name)
    if len(before) < 2 or before[-1].folded != "'s":
        return None
    body = describe(before[:-1], sheet.context, known_head=True)
    return body if body is not None and body.id and body.kind in ("organisation", "international") else None


def _name_tokens(words: Sequence[Word], profile: Profile) -> tuple[int, ...]:
    size = len(profile.person)
    for k in range(len(words) - size, -1, -1):
        if tuple(word.surface for word in words[k : k + size]) == profile.person:
            return tuple(word.i for word in words[k : k + size])
    return ()


def _stands_alone(reading: Reading, head: int, entry: Entry) -> bool:
    """Whether a name is more than what leans on a noun; papers are somebody before their report."""
    token = reading.tokens[head]
    if token.deprel == "compound" and entry.sectors[:1] == ("JRN",):
        return reading.tokens[token.head].lemma.lower() in _REPORTS
    return token.deprel not in ("amod", "compound")


_REPORTS = frozenset("report article story editorial poll survey interview investigation analysis column".split())


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
        if entry is None or reading.tokens[head].upos == "ADJ" or not _stands_alone(reading, head, entry):
            continue
        profile = describe(words[raw.first : raw.last], context, known_head=True)
        if profile is not None and profile.id and not is_place(reading, reading.tokens[head], profile, first):
            named = tuple(word.i for word in words[raw.first : raw.last]) if profile.person else ()
            yield Mention(first, last, head, "name", (profile,), named=named)
