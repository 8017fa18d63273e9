"""Reading -> commitments: each threat, ultimatum, promise and offer with its condition, consequence and deadline.

A commitment is made by somebody about what they will do themselves. There are three ways to make one: a THREATEN event
("sanctions will follow"), a word that commits ("pledged to", ``commissives``), and a bare "will" of the speaker
(``wills``). Forecasts by others, general truths and advice are none, and deals that all sides have agreed on are no
promise by one of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.commitments.acts import act_span, act_type, is_hostile, within
from onrecord.commitments.commissives import Commissive, commissives, is_commissive, is_promised, is_question, is_told
from onrecord.commitments.conditions import Conditional
from onrecord.commitments.drafts import Draft, distinct
from onrecord.commitments.threats import alternatives, condition
from onrecord.commitments.wills import Will, wills
from onrecord.events.clause import (
    are_several,
    first_conjunct,
    frame,
    head_token,
    is_relation,
    kids,
    lower,
    marker,
    subjects,
)
from onrecord.events.lexicon import word_classes
from onrecord.events.parties import (
    FIRST_PERSON,
    Actors,
    Cast,
    innermost,
    is_about_politics,
    is_political,
    same_side,
    unique,
)
from onrecord.events.speech import speaker_of
from onrecord.events.topics import is_metaphor, is_off_topic, is_off_topic_sentence
from onrecord.identity import item_id
from onrecord.reading import Reading
from onrecord.record import Actor, Commitment, CommitmentKind, Event, Page, Span, Statement, When

_BY_THEN = ("by", "until", "till", "before", "within")
# Who will ask others to act commits to nothing.
_NO_PROMISE = frozenset({"REQUEST"})
_DIARY = frozenset({"meet", "visit", "travel", "hold", "host", "attend", "talk", "confer", "tour", "receive", "join"})
# "To end the strike", "to lift the ban": what hangs below is undone.
_ENDING = frozenset({"end", "stop", "halt", "lift", "suspend", "drop", "withdraw", "abandon", "cease", "call", "ease"})
# Whom a condition may be up to without a name; "if prices rise" is up to nobody.
_OTHERS = frozenset({"it", "they", "you", "he", "she", "anyone", "anybody", "everyone", "others", "who", "people"})
_SURE, _BARE, _UNKNOWN = 0.8, 0.6, 0.6


def find_commitments(
    page: Page,
    reading: Reading,
    actors: Actors,
    dates: Sequence[When],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Commitment, ...]:
    """The threats, ultimatums, promises and offers of a page, in the order of their words."""
    if is_off_topic(page, reading):
        return ()
    cast = Cast(reading, actors, tuple(statements))
    political = is_about_politics(actors)
    drafts = [
        *(
            d
            for c in commissives(reading)
            if (d := _committed(cast, c, events, dates, political=political)) is not None
        ),
        *(_alternative(cast, demanded, on, events) for demanded, on in alternatives(reading)),
        *(d for event in events if (d := _threatened(cast, event, dates)) is not None),
        *(d for w in wills(cast, political=political) if (d := _willed(cast, w, events, dates)) is not None),
    ]
    seen: dict[str, int] = {}
    sentences = (reading.sentences[reading.tokens[d.act].sentence] for d in drafts)
    on_topic = (d for d, own in zip(drafts, sentences, strict=True) if not is_off_topic_sentence(reading, own))
    headline = max((b.end for b in page.blocks if b.role == "headline"), default=0)
    kept = distinct(cast, on_topic, headline)
    return tuple(_commitment(page, reading, dates, draft, seen) for draft in kept)


def _threatened(cast: Cast, event: Event, dates: Sequence[When]) -> Draft | None:
    """The commitment of a THREATEN event."""
    reading = cast.reading
    word = head_token(reading, event.trigger)
    if event.type != "THREATEN" or event.status in ("denied", "requested", "historical"):
        return None
    if word is None or not event.actors:
        return None
    act = _complement(reading, word)
    if reading.tokens[word].xpos == "VBG" and is_question(reading, word):
        return None
    if act == word and is_commissive(reading, word) and condition(reading, word, act, hostile=False) is None:
        # "Groups that threaten civilians": nobody says what would be done.
        return None
    if act == word and (reading.tokens[word].upos in ("NOUN", "PROPN") or _is_only_planned(reading, word)):
        # "A threat from Chad": nobody says what would be done.
        return None
    if act != word and is_told(reading, act) and not is_promised(reading, act):
        # "Serves notice that he is not done": nobody says what would be done.
        return None
    found = condition(reading, word, act, hostile=True)
    told = found.consequence if found is not None else act_span(reading, act)
    if told is None:
        return None
    told = within(told, next((s for s in cast.statements if s.id == event.said_in), None))
    lemmas = {t.lemma.lower() for t in reading.tokens if event.trigger.start <= t.start < event.trigger.end}
    stated = found is not None and (found.marker == "or" or _deadline(reading, dates, word) is not None)
    return Draft(
        word=word,
        act=act,
        kind="ultimatum" if stated or lemmas & {"ultimatum", "deadline"} else "threat",
        by=event.actors[0],
        to=event.recipients or event.actors[1:],
        conditional=found,
        consequence=told,
        event=event.id,
        said_in=event.said_in,
        confidence=event.confidence,
    )


def _alternative(cast: Cast, demanded: int, on: Conditional, events: Sequence[Event]) -> Draft:
    """The ultimatum of "leave or face attack"."""
    reading = cast.reading
    token = reading.tokens[demanded]
    speaker, inside = speaker_of(cast, demanded)
    if token.deprel in ("xcomp", "ccomp", "advcl") and token.head >= 0:
        above = cast.agents(frame(reading, token.head).agents)
        speaker = above[0] if above else speaker
    code = _event(reading, events, on.head, on.head)
    under = unique(a for k in subjects(reading, demanded) for a in cast.behind(k) if a != speaker)
    return Draft(
        word=on.head,
        act=on.head,
        kind="ultimatum",
        by=speaker,
        to=under,
        conditional=on,
        consequence=on.consequence,
        event=code.id if code is not None else None,
        said_in=inside.id if inside is not None else None,
        confidence=_SURE * (1.0 if speaker is not None else _UNKNOWN),
    )


def _is_only_planned(reading: Reading, word: int) -> bool:
    """Whether a hostile act is what somebody "plans to" or "decided to" do, as others tell it: no threat was made."""
    token = reading.tokens[word]
    infinitive = marker(reading, word) == "to" or any(
        reading.tokens[k].text.lower() == "to" for k in kids(reading, word, "mark")
    )
    return token.deprel == "xcomp" and infinitive and not is_commissive(reading, token.head)


def _complement(reading: Reading, word: int) -> int:
    """The predicate of what is threatened: the complement of "threaten"; "retaliate" itself."""
    around = frame(reading, word)
    if not is_commissive(reading, word) and lower(reading, word) not in word_classes()["light"] | {"serve"}:
        return word
    if around.complements:
        return around.complements[0]
    below = [k for noun in around.objects for k in kids(reading, noun, "acl", "ccomp", "xcomp", "parataxis")]
    below += [k for k in kids(reading, word, "acl", "ccomp", "parataxis") if reading.tokens[k].upos == "VERB"]
    return next((k for k in below if reading.tokens[k].deprel != "acl:relcl"), word)


def _committed(
    cast: Cast, found: Commissive, events: Sequence[Event], dates: Sequence[When], *, political: bool
) -> Draft | None:
    """The commitment of a word that commits."""
    reading = cast.reading
    noun = reading.tokens[found.word].upos in ("NOUN", "PROPN")
    agents = cast.agents(found.agents) or (unique(a for k in found.agents for a in cast.behind(k)) if noun else ())
    ours = (
        noun
        and not found.agents
        and any(reading.tokens[k].text.lower() in FIRST_PERSON for k in reading.subtree(found.word))
    )
    if not agents and (ours or any(_is_self(cast, k) for k in found.agents)):
        speaker, _ = speaker_of(cast, found.word)
        agents = (speaker,) if speaker is not None else ()
    if not agents and not found.agents and not noun:
        # The parser hung the subject elsewhere; whoever attributed the words knows it.
        agents = _source(cast, found.word)
    if not (political or any(is_political(cast.get(a)) for a in (*agents, *_named(cast, found.word)))):
        return None
    if lower(reading, found.word) == "agree" and (len(agents) > 1 or _is_deal(reading, found)):
        return None
    lemma = lower(reading, found.act)
    code = _event(reading, events, found.word, found.act)
    hostile = is_hostile(cast, found.act)
    threatens = code is not None and code.type == "THREATEN" and not is_metaphor(reading, found.act)
    if found.force == "either" and threatens and lemma not in _ENDING:
        hostile = True
    if lower(reading, found.word) in ("agree", "commitment") and lemma in _DIARY:
        return None
    if reading.tokens[found.word].upos == "ADJ" and not agents:
        # "The hall is ready to be opened" offers nothing.
        return None
    if found.force == "threat" and reading.tokens[found.act].deprel == "obj" and not hostile:
        # "Threatens food security": no act of anybody.
        return None
    kind: CommitmentKind
    match found.force:
        case "either":
            kind = "threat" if hostile else "promise"
        case "offer":
            kind = "threat" if hostile else "offer"
        case "threat":
            kind = "threat"
        case "ultimatum":
            kind = "ultimatum"
        case _:
            kind = "promise"
    on = condition(reading, found.word, found.act, hostile=kind in ("threat", "ultimatum"))
    if kind == "offer" and ((not agents and on is None) or _is_seen(cast, found, agents)):
        # "The season offers something to admire", "she was prepared to wait": nobody offers it.
        return None
    if not (found.agents or agents) and on is None:
        return None
    told = on.consequence if on is not None else act_span(reading, found.act)
    if told is None:
        return None
    if kind == "threat" and on is not None and _deadline(reading, dates, found.word) is not None:
        kind = "ultimatum"
    recipients = unique(a for k in found.addressees for a in cast.behind(k) if a not in agents)
    recipients = recipients or (code.recipients if code is not None else ())
    token = reading.tokens[found.word]
    inside = innermost(cast.statements, token.start, token.end)
    return Draft(
        word=found.word,
        act=found.act,
        kind=kind,
        by=agents[0] if agents else None,
        to=recipients,
        conditional=on,
        consequence=told,
        event=code.id if code is not None else None,
        said_in=inside.id if inside is not None else None,
        confidence=_SURE * (1.0 if agents else _UNKNOWN),
    )


def _willed(cast: Cast, found: Will, events: Sequence[Event], dates: Sequence[When]) -> Draft | None:
    """The commitment of a speaker's own "will"."""
    reading = cast.reading
    if act_type(cast, found.act) in _NO_PROMISE:
        return None
    hostile = is_hostile(cast, found.act)
    on = condition(reading, found.act, found.act, hostile=hostile)
    told = on.consequence if on is not None else act_span(reading, found.told, found.said_in)
    if told is None:
        return None
    told = within(told, found.said_in)
    around = frame(reading, found.act)
    near = (*around.indirect, *around.objects, *(k for word, k in around.obliques if word in ("to", "for", "with")))
    code = _event(reading, events, found.act, found.act)
    kind: CommitmentKind = "threat" if hostile else "promise"
    if on is not None and hostile and _deadline(reading, dates, found.act) is not None:
        kind = "ultimatum"
    elif on is not None and not hostile and on.marker != "until" and _is_up_to_others(cast, on, found):
        kind = "offer"
    return Draft(
        word=found.act,
        act=found.act,
        kind=kind,
        by=found.doer,
        to=unique(a for k in near for a in cast.behind(k) if a not in (found.speaker, found.doer)),
        conditional=on,
        consequence=told,
        event=code.id if code is not None else None,
        said_in=found.said_in.id if found.said_in is not None else None,
        confidence=_BARE * (1.0 if found.speaker is not None else _UNKNOWN),
    )


def _is_self(cast: Cast, k: int) -> bool:
    """Whether the pronoun ``k`` may be the speaker: "we" is, "he" only outside of marks."""
    token = cast.reading.tokens[k]
    if token.upos != "PRON" or token.text.lower() in FIRST_PERSON:
        return token.upos == "PRON"
    inside = innermost(cast.statements, token.start, token.end)
    return inside is None or not any(q.start <= token.start < q.end for q in inside.quotes)


def _is_seen(cast: Cast, found: Commissive, agents: tuple[str, ...]) -> bool:
    """Whether the readiness is only what others tell of somebody: "I know that she is willing", "was prepared to"."""
    reading = cast.reading
    token = reading.tokens[found.word]
    if token.upos not in ("ADJ", "VERB") or not kids(reading, found.word, "cop", "aux:pass"):
        return False
    inside = innermost(cast.statements, token.start, token.end)
    if inside is None:
        return any(reading.tokens[k].xpos == "VBD" for k in kids(reading, found.word, "cop", "aux:pass"))
    if inside.speaker is None or not agents:
        return False
    speaker = cast.get(inside.speaker)
    return not any(a == inside.speaker or _may_speak_for(speaker, cast.get(a)) for a in agents)


def _may_speak_for(speaker: Actor, agent: Actor) -> bool:
    """Whether a person may tell the readiness of a body as its own: no other person's, none of another country."""
    if agent.kind in ("person", "office"):
        return agent.kind == "office" and same_side(agent, speaker)
    return speaker.sector != "JRN" and (agent.country is None or speaker.country in (None, agent.country))


def _source(cast: Cast, i: int) -> tuple[str, ...]:
    """The speaker of the statement whose cue the verb ``i`` is."""
    token = cast.reading.tokens[i]
    cued = (s for s in cast.statements if s.cue is not None and s.cue.start <= token.start < s.cue.end)
    return next(((s.speaker,) for s in cued if s.speaker is not None), ())


def _named(cast: Cast, i: int) -> tuple[str, ...]:
    """The actors named in the sentence of ``i``."""
    sentence = cast.reading.sentences[cast.reading.tokens[i].sentence]
    return cast.actors.all_at(sentence.start, sentence.end)


def _is_deal(reading: Reading, found: Commissive) -> bool:
    """Whether several agreed: "both sides agreed", "met his counterpart and agreed"."""
    top = first_conjunct(reading, found.word)
    words = [reading.tokens[k].text.lower() for k in found.agents]
    tags = [reading.tokens[k].xpos for k in found.agents]
    plural = any(w == "they" or (w.endswith("s") and t == "NNS") for w, t in zip(words, tags, strict=True))
    return plural or are_several(reading, found.agents) or (top != found.word and lower(reading, top) in _DIARY)


def _is_up_to_others(cast: Cast, on: Conditional, found: Will) -> bool:
    """Whether it lies with somebody else that the condition comes true: "if asked to" does, "if elected" does not."""
    first, last = on.condition
    speaker = cast.get(found.speaker) if found.speaker is not None else None
    for token in cast.reading.tokens:
        if first <= token.start < last and is_relation(token.deprel, ("nsubj",)):
            named = cast.head(token.i)
            own = any(speaker is not None and same_side(cast.get(a), speaker) for a in named)
            others = bool(named) or token.text.lower() in _OTHERS
            return others and not own
    return False


def _event(reading: Reading, events: Sequence[Event], word: int, act: int) -> Event | None:
    """The THREATEN, AGREE or CONCEDE event that the commitment is coded as."""
    places = [reading.tokens[word], reading.tokens[act]]
    for event in events:
        if event.type not in ("THREATEN", "AGREE", "CONCEDE"):
            continue
        if any(event.trigger.start <= t.start < event.trigger.end for t in places):
            return event
    return None


def _deadline(reading: Reading, dates: Sequence[When], word: int) -> When | None:
    """A date in the sentence of ``word`` that stands after "by", "until", "before" or "within"."""
    sentence = reading.sentences[reading.tokens[word].sentence]
    for when in dates:
        if when.span is None or not (sentence.start <= when.span.start and when.span.end <= sentence.end):
            continue
        before = [t.text.lower() for t in reading.sentence_tokens(sentence) if t.end <= when.span.start]
        if (before and before[-1] in _BY_THEN) or when.span.text.lower().split()[0] in _BY_THEN:
            return when
    return None


def _commitment(page: Page, reading: Reading, dates: Sequence[When], draft: Draft, seen: dict[str, int]) -> Commitment:
    on = _span(page, draft.conditional.condition) if draft.conditional is not None else None
    said = _span(page, draft.consequence)
    return Commitment(
        id=item_id(page.id, "commitment", (on, said), draft.kind, (draft.by or "",), seen),
        kind=draft.kind,
        by=draft.by,
        to=draft.to,
        condition=on,
        consequence=said,
        deadline=_deadline(reading, dates, draft.word),
        explicit=on is not None,
        event=draft.event,
        said_in=draft.said_in,
        confidence=round(draft.confidence, 2),
    )


def _span(page: Page, characters: tuple[int, int]) -> Span:
    return Span(*characters, page.text[characters[0] : characters[1]])
