"""Who acts on whom: the sides of an event that can stand in a record, or none where it is no political event."""

from __future__ import annotations

from onrecord.events.clause import are_several, frame, kids, lower, marker, subjects
from onrecord.events.lexicon import word_classes
from onrecord.events.match import Match
from onrecord.events.parties import is_coded, is_political, unique
from onrecord.events.scene import Scene, is_cry_of, is_noun
from onrecord.reading import Reading
from onrecord.record import Actor

# Types that happen between two sides: with nobody on the other side there is no event of that type.
_NEEDS_RECIPIENT = frozenset({"AID", "SANCTION"})
# Bare nouns ("the attack") stand for an event only with both sides named, but for these, which say who all the same.
_NOUN_ALONE = frozenset({"REJECT", "THREATEN", "RETREAT", "REQUEST", "PROTEST"})
# Acts that are reported of unknown hands; other types without an agent are no event but in the passive.
_AGENTLESS = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REJECT", "RETREAT", "CONCEDE", "REQUEST"})
# Harm by these is nobody's deed.
_ACCIDENTS = frozenset(
    "accident crash collision earthquake quake flood flooding landslide storm typhoon hurricane cyclone tornado "
    "avalanche mudslide fire blaze wildfire stampede derailment capsizing drowning eruption tsunami heatwave".split()
)
# Groups of these are people whose country and calling the page does not tell; others ("Western countries") are blocs.
_PEOPLE = frozenset(
    "workers employees staff residents villagers people students teachers protesters demonstrators farmers drivers "
    "activists supporters critics opponents families relatives leaders members lawyers journalists traders nurses "
    "doctors miners soldiers militants gunmen attackers prisoners inmates women youths migrants refugees".split()
)
# What unknown people do that is an event though nobody else is named.
_TELLING = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST"})
# What things do to people, too.
_BEFALLING = frozenset({"kill", "injure", "wound", "hit", "hurt", "harm", "strike", "destroy", "displace", "threaten"})
_ENVOYS = frozenset({"ambassador", "envoy", "diplomat"})
_OFFERING = frozenset({"offer", "ready", "willing", "prepared", "propose", "promise", "volunteer", "pledge", "vow"})
_HOSTING = frozenset(
    {"host", "mediate", "broker", "facilitate", "chair", "convene", "organise", "organize", "moderate"}
)
# Acts of somebody whom the page calls only "he" or by a name that no table knows: the side is left empty.
_PERSONAL = frozenset({"he", "she", "they", "who"})
_WEAPONS = frozenset(
    "bomb blast explosion missile rocket shell mortar drone airstrike strike attack device mine grenade"
    " shelling bombing raid gunfire bullet clash violence fighting crackdown offensive ambush gunfight battle".split()
)
_ILLNESS = frozenset({"heart", "panic", "asthma", "shark", "ischaemic", "ischemic"})


def sides_of(
    scene: Scene, m: Match, kind: str, content: Match | None
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Agents and recipients that can stand in the event; None where it is no political event."""
    cast = scene.cast
    agents, recipients = m.actors, m.recipients
    if m.predicate.reciprocal and kind in ("REJECT", "THREATEN"):
        agents, recipients = m.lead, tuple(a for a in m.actors if a not in m.lead)
    agents = tuple(a for a in agents if _can_stand(cast.get(a)))
    if not recipients and content is not None and not (m.predicate.reciprocal and len(agents) > 1):
        recipients = unique((*content.recipients, *content.actors))
    if (
        content is not None
        and kind == "AGREE"
        and _is_shared(scene, content)
        and not m.recipients
        and not _is_offer(scene, m)
    ):
        agents, recipients = unique((*agents, *content.actors)), ()
        agents = tuple(a for a in agents if _can_stand(cast.get(a)))
    if kind in ("AGREE", "CONCEDE") and not recipients and content is None and not m.predicate.reciprocal:
        recipients = _benefited(scene, m)
    if kind == "MOBILIZE" and not agents and not m.actors and frame(cast.reading, m.trigger).passive:
        # "Troops were deployed": they did what was done with them.
        agents = tuple(a for a in cast.agents(frame(cast.reading, m.trigger).objects) if _can_stand(cast.get(a)))
        recipients = tuple(r for r in recipients if r not in agents)
    if kind == "PROTEST" and not recipients:
        recipients = _protested(scene, m)
    if kind == "THREATEN" and not set(recipients) - set(agents):
        recipients = _threatened_party(scene, m)
    recipients = tuple(r for r in recipients if _can_stand(cast.get(r)) and r not in agents)
    if m.predicate.reciprocal and kind in ("AGREE", "CONSULT") and agents and recipients and kind != m.predicate.type:
        agents, recipients = unique((*agents, *recipients)), ()
    if not agents and not _agentless(scene, m, kind, recipients):
        return None
    agreeing = lower(cast.reading, m.trigger) in ("agree", "consent") and bool(m.predicate.needs)
    promised = agreeing or content is not None or bool(m.complements) or (m.predicate.pos == "adj" and bool(m.words))
    if m.predicate.type == "AGREE" and not promised and not recipients and len(agents) < 2:
        # "reaffirmed its commitment to peace": nothing is promised, and to nobody.
        return None
    if m.predicate.type == "AGREE" and m.predicate.pos == "adj" and not recipients and content is None and not m.words:
        # "Ready to play", "determined to defend the land": nothing is offered.
        return None
    if m.predicate.type == "SUPPORT" and not recipients and _is_for_itself(scene, m, agents):
        return None
    if kind == "SUPPORT" and not recipients and _is_aside(scene, m):
        return None
    envoys = any(lower(scene.cast.reading, k) in _ENVOYS for k in m.words)
    if kind in _NEEDS_RECIPIENT and not recipients and not envoys and not (m.predicate.reciprocal and len(agents) > 1):
        return None
    if kind == "CONSULT" and any(cast.get(a).sector == "JRN" for a in (*agents, *recipients)):
        # Whoever meets the press speaks to it: a statement, no contact.
        return None
    if kind == "CONSULT" and len(agents) + len(recipients) < 2 and not _meets_somebody(scene, m):
        return None
    if (
        not _is_public(m, kind)
        and not scene.political
        and not any(is_political(cast.get(a)) for a in (*agents, *recipients))
    ):
        return None
    return agents, recipients


def _is_aside(scene: Scene, m: Match) -> bool:
    """Whether a passive in a relative clause tells who stands behind a thing: "a project which is backed by donors"."""
    relation = scene.cast.reading.tokens[m.trigger].deprel
    return relation in ("acl", "acl:relcl") and frame(scene.cast.reading, m.trigger).passive


def _can_stand(actor: Actor) -> bool:
    """Whether an actor can stand in a record: all but regions and blocs without a code."""
    if is_coded(actor) or actor.kind in ("person", "organisation"):
        return True
    return actor.kind == "group" and bool(set(actor.name.lower().split()) & _PEOPLE)


def _is_offer(scene: Scene, m: Match) -> bool:
    """Whether one side offers the other what they would do together: then it is the other's to accept."""
    return len(m.actors) == 1 and lower(scene.cast.reading, m.trigger) in _OFFERING


def _is_shared(scene: Scene, content: Match) -> bool:
    """Whether the content is done together by all its actors; a mediator or host stands between them."""
    light = lower(scene.cast.reading, content.trigger if content.light is None else content.light)
    return light not in _HOSTING and content.predicate.reciprocal and "between" not in content.predicate.recipients


def _benefited(scene: Scene, m: Match) -> tuple[str, ...]:
    """To whom something is promised in words that are no trigger: "willing to send more teachers to Chad"."""
    found = [
        k
        for base in m.complements
        for word, k in frame(scene.cast.reading, base).obliques
        if word in ("to", "with", "for") and not scene.cast.is_place(k)
    ]
    return unique(a for k in found for a in scene.cast.behind(k))


def _protested(scene: Scene, m: Match) -> tuple[str, ...]:
    """Whom a protest blames where its own words do not say: "in protest of Chad's refusal", "demanding it of Chad"."""
    cast, reading = scene.cast, scene.cast.reading
    base = m.trigger if m.light is None else m.light
    for word, k in frame(reading, base).obliques:
        if word == "in" and lower(reading, k) == "protest":
            below = [c for c in kids(reading, k, "nmod") if not cast.is_place(c)]
            if found := unique(a for c in below for a in cast.behind(c)):
                return found
    return unique(a for i, demand in scene.matches.items() if is_cry_of(scene, i, base) for a in demand.recipients)


def _threatened_party(scene: Scene, m: Match) -> tuple[str, ...]:
    """Whom a threat is aimed at where its own words do not say: "retaliate against", or who must meet its condition."""
    cast, reading = scene.cast, scene.cast.reading
    bases = (m.trigger, *m.complements)
    for base in bases:
        obliques = frame(reading, base).obliques
        for wanted in dict.fromkeys(word for word, _ in obliques if word in ("against", "on", "at", "to")):
            if found := unique(a for word, k in obliques if word == wanted for a in cast.behind(k)):
                return found
    for base in m.complements:
        if found := cast.agents(frame(reading, base).objects):
            return found
    for base in dict.fromkeys((*bases, *(k for top in bases for k in reading.subtree(top)))):
        for k in kids(reading, base, "advcl"):
            if marker(reading, k) in ("if", "unless", "until") and (found := cast.agents(subjects(reading, k))):
                return found
    return ()


def _agentless(scene: Scene, m: Match, kind: str, recipients: tuple[str, ...]) -> bool:
    """Whether an event of unknown hands stands: harm done to a named party, in the passive or by a weapon."""
    reading = scene.cast.reading
    if scene.political and kind in _TELLING and m.subject is not None and m.predicate.pos == "verb" and not m.actors:
        part = reading.tokens[m.trigger].deprel in ("acl", "amod") or reading.tokens[m.trigger].xpos == "VBG"
        if _are_people(reading, m.subject) and not part:
            return True
    if not recipients or m.predicate.reciprocal:
        return False
    joined = (m.trigger, *kids(reading, m.trigger, "conj"))
    if any(lower(reading, k) in _ACCIDENTS for i in joined for _, k in frame(reading, i).obliques):
        return False
    if lower(reading, m.trigger) == "tell" and frame(reading, m.trigger).passive:
        return False  # "we were told to look into it" by somebody
    if m.subject is not None and not is_noun(reading, m):
        acting = reading.tokens[m.subject].text.lower() == "it" and lower(reading, m.trigger) not in _BEFALLING
        if acting or _is_somebody(reading, m.subject):
            return True
    if kind not in _AGENTLESS:
        return False
    if m.subject is None:
        if kind == "ACCUSE" and reading.tokens[m.trigger].deprel == "acl":
            return False  # "arrested two men suspected of spying": who they are, not what happened
        return kind == "ASSAULT" if is_noun(reading, m) else frame(reading, m.trigger).passive
    if any(lower(reading, k) in _ILLNESS for k in kids(reading, m.subject, "compound", "amod")):
        return False
    words = word_classes()
    return kind == "ASSAULT" and lower(reading, m.subject) in _WEAPONS | words["attacker"] | words["force"]


def _is_public(m: Match, kind: str) -> bool:
    """Whether an act is political whoever does it: crowds protest, and nobody but a state arrests."""
    return kind == "PROTEST" or (kind == m.predicate.type == "COERCE" and m.predicate.mode == "arrest")


def _are_people(reading: Reading, i: int) -> bool:
    """Whether the subject ``i`` is people or a body whom no table knows: "transport leaders", "a probe committee"."""
    token = reading.tokens[i]
    if token.upos != "NOUN":
        return False
    classes = word_classes()
    return any(lower(reading, i) in classes[name] for name in ("people", "person", "official", "body"))


def noun_stands(m: Match, kind: str, agents: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    if m.predicate.reciprocal:
        return len(agents) + len(recipients) > 1
    if kind == "ASSAULT" and recipients:
        # "The attacks on civilians" tells whom they hit, by whose hands ever.
        return True
    return bool(agents) and (bool(recipients) or kind in _NOUN_ALONE or m.light is not None)


def _is_somebody(reading: Reading, i: int) -> bool:
    """Whether the subject ``i`` is a person, though nobody on the page is known to be it."""
    token = reading.tokens[i]
    if token.upos == "PRON":
        return token.text.lower() in _PERSONAL
    return token.upos == "PROPN" or lower(reading, i) in word_classes()["official"]


def _meets_somebody(scene: Scene, m: Match) -> bool:
    """Whether the words name another side of a contact, though it is no actor: "met lenders", "visited Goma"."""
    if is_noun(scene.cast.reading, m):
        return False
    reading = scene.cast.reading
    around = frame(reading, m.trigger if m.light is None else m.light)
    if m.predicate.mode == "visit" and any(reading.tokens[k].upos == "PROPN" for k in around.objects):
        return True
    if any(reading.tokens[k].xpos in ("NNS", "NNPS") for k in around.agents):
        return True  # "ministers attended the meeting": each other at least
    return are_several(reading, around.agents) or any(word == "with" for word, _ in around.obliques)


def _is_for_itself(scene: Scene, m: Match, agents: tuple[str, ...]) -> bool:
    """Whether somebody backs what is their own: "defend its interests", "stand by their words"."""
    around = frame(scene.cast.reading, m.trigger)
    backed = (
        *around.objects,
        *(k for word, k in around.obliques if word == "behind" or (word == "by" and not around.passive)),
    )
    own = len(agents) < 2 and any(
        scene.cast.reading.tokens[c].xpos == "PRP$" for k in backed for c in scene.cast.reading.children[k]
    )
    return own or any(a in agents for k in backed for a in scene.cast.behind(k))
