"""What becomes of a trigger: its type, mode and status after negation, tense and what stands above and below it."""

from __future__ import annotations

from onrecord.events.clause import frame, kids, lower, marker, relative_head
from onrecord.events.lexicon import COMPUTED
from onrecord.events.match import Match
from onrecord.events.modes import threatened, wanted
from onrecord.events.parties import is_political, same_side
from onrecord.events.scene import Scene, is_noun
from onrecord.events.speech import complement_threat, speaker_of
from onrecord.events.status import Standing, standing
from onrecord.reading import Reading
from onrecord.record import Status

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"})
YIELDING = frozenset({"RETREAT", "CONCEDE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
_THREAT_OF = frozenset(
    "retaliation consequence consequences response action war sanction sanctions measure reprisal revenge"
    " strike attack tariff force escalation".split()
)
_WORKING = frozenset({"LAB", "EDU", "MED", "AGR", "BUS", "JRN", "CVL"})
_UNIONS = frozenset({"union", "unions", "workers", "employees", "teachers", "staff", "drivers", "nurses", "miners"})
_UNARMED = frozenset({"GOV", "JUD", "LEG", "BUS", "PTY"})
_ASKING = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where", "which"})
UNTOLD = frozenset({"ACCUSE", "REQUEST", "THREATEN"})


def outcome(
    scene: Scene, m: Match, kind: str, mode: str | None, content: Match | None, how: Standing, owner: Match | None
) -> tuple[str, str | None, Status, bool] | None:
    """Type, mode, status and ``asserted`` of a trigger, None where it is no event after all."""
    reading = scene.cast.reading
    if _is_nothing(scene, m, kind, content):
        return None
    kind, mode = _renamed(scene, m, kind, mode, content)
    if mode == COMPUTED:
        around = frame(reading, m.trigger)
        objects = (*around.objects, *(k for _, k in around.obliques))
        spoken = complement_threat(reading, m.complements)
        mode = (
            (threatened(content) or (spoken and spoken[1]))
            if kind == "THREATEN"
            else wanted(reading, content, m.complements, objects)
        )
    if owner is not None and owner.predicate.type in UNTOLD:
        status: Status = "actual"
        match owner.predicate.type:
            case "REQUEST":
                status = "requested"
            case "THREATEN":
                status = "conditional" if standing(reading, owner.trigger, owner.light).conditional else "planned"
        if owner.predicate.type == "ACCUSE" and owner.predicate.mode != "allege" and how.future:
            status = "planned"
        return kind, mode, "denied" if how.negated else status, False
    if how.denied:
        return kind, mode, "denied", False
    return _tense(scene, m, kind, mode, how)


def _is_nothing(scene: Scene, m: Match, kind: str, content: Match | None) -> bool:
    """Whether the word means another thing here: a question, a warning of dangers, a claim of good deeds, a league."""
    word, inner = lower(scene.cast.reading, m.trigger), content.predicate.type if content is not None else None
    match kind:
        case "REQUEST":
            return word == "ask" and _is_question(scene.cast.reading, m)
        case "SUPPORT":
            return m.light is not None and lower(scene.cast.reading, m.light) in ("order", "request", "seek")
        case "THREATEN":
            return word == "warn" and not _is_own_threat(scene, m, content)
        case "ACCUSE":
            return word == "claim" and inner in COOPERATIVE | YIELDING
        case "PROTEST":
            # States do not march; their protests are notes.
            note = word == "protest" and m.light is None and not is_noun(scene.cast.reading, m)
            rallied = word == "rally" or any(lower(scene.cast.reading, k) == "rally" for k in m.words)
            return (_are_official(scene, m) and not note) or (rallied and _is_candidate(scene, m))
    return False


def _renamed(scene: Scene, m: Match, kind: str, mode: str | None, content: Match | None) -> tuple[str, str | None]:
    """Type and mode as who acts, and what is promised, make them."""
    reading = scene.cast.reading
    word, inner = lower(reading, m.trigger), content.predicate.type if content is not None else None
    match kind:
        case "AGREE":
            hostile = inner in HOSTILE - {"MOBILIZE", "PROTEST"}
            if word == "agree" and len(m.actors) > 1:
                # What two agree to halt they threaten nobody with, but with what they agree to do.
                hostile = hostile and content is not None and bool({content.trigger, content.light} & {*m.complements})
            elif complement_threat(reading, m.complements) is not None:
                hostile = True
            if hostile:
                return "THREATEN", COMPUTED
            if inner in YIELDING and word != "offer" and len(m.actors) < 2:
                # What both sides agree on is a deal, what one promises a concession.
                return "CONCEDE", mode
        case "RETREAT":
            if m.light is not None and lower(reading, m.light) in ("announce", "declare", "order"):
                return "CONCEDE", None
        case "ASSAULT":
            if word == "attack" and _is_debate(scene, m):
                return "ACCUSE", "disapprove"
            if word == "strike" and (_are_all(scene, m, _WORKING) or _are_workers(scene, m)):
                return "PROTEST", "strike"
            if word in ("seize", "take") and _are_all(scene, m, _UNARMED):
                return "COERCE", "seize"
        case "PROTEST":
            if _are_official(scene, m):
                return "ACCUSE", "disapprove"
    return kind, mode


def _are_all(scene: Scene, m: Match, sectors: frozenset[str]) -> bool:
    """Whether all who act are of the sectors: workers down tools, regulators take control without arms."""
    return bool(m.actors) and all(scene.cast.get(a).sector in sectors for a in m.actors)


def _are_workers(scene: Scene, m: Match) -> bool:
    """Whether unions or workers act, by their names."""
    return any(set(scene.cast.get(a).name.lower().split()) & _UNIONS for a in m.actors)


def _is_candidate(scene: Scene, m: Match) -> bool:
    """Whether one politician speaks to a crowd of their own: that is no protest."""
    return len(m.actors) == 1 and scene.cast.get(m.actors[0]).kind == "person" and not m.recipients


def _is_debate(scene: Scene, m: Match) -> bool:
    """Whether one politician attacks another: with words."""
    sides = [scene.cast.get(a) for a in (*m.actors, *m.recipients)]
    debating = {"GOV", "LEG", "PTY", "OPP"}
    return bool(m.actors and m.recipients) and all(a.kind == "person" and a.sector in debating for a in sides)


def _is_question(reading: Reading, m: Match) -> bool:
    """Whether something was only asked to be told: "asked whether", "asked why"."""
    words = {reading.tokens[c].text.lower() for k in m.complements for c in reading.children[k]}
    passive = frame(reading, m.trigger).passive
    return bool(words & _ASKING) or (passive and not any(marker(reading, k) == "to" for k in m.complements))


def _are_official(scene: Scene, m: Match) -> bool:
    """Whether all who act are states, their governments or bodies of states."""
    actors = [scene.cast.get(a) for a in m.actors]
    return bool(actors) and all(
        actor.kind in ("state", "international") or actor.sector in ("GOV", "MIL") for actor in actors
    )


def _tense(
    scene: Scene, m: Match, kind: str, mode: str | None, how: Standing
) -> tuple[str, str | None, Status, bool] | None:
    if how.negated:
        if how.future and kind in COOPERATIVE | YIELDING and m.actors:
            return "REJECT", "meet" if kind == "CONSULT" else "yield" if kind in YIELDING else "assist", "actual", True
        if how.future and not m.actors:
            return None  # "it will not be dissolved": nobody denies or refuses anything
        # Who does not refuse has done nothing.
        return (kind, mode, "denied", True) if kind != "REJECT" else None
    if not how.future:
        return kind, mode, "conditional" if how.conditional and kind == "AGREE" else "actual", True
    if kind in COOPERATIVE:
        return "AGREE", None, "conditional" if how.conditional else "planned", True
    if kind in YIELDING:
        return "CONCEDE", None, "conditional" if how.conditional else "planned", True
    if kind == "REJECT" and lower(scene.cast.reading, m.trigger) == "boycott" and _is_own(scene, m):
        return "THREATEN", "relations", "actual", True
    if kind in HOSTILE and scene.cast.reading.tokens[m.trigger].xpos != "VBG" and _is_own(scene, m):
        return "THREATEN", threatened(m), "actual", True
    return kind, mode, "conditional" if how.conditional else "planned", True


def _is_own(scene: Scene, m: Match) -> bool:
    """Whether a future act is announced by its own doer; a passive without doer counts for those who can do it."""
    speaker, _ = speaker_of(scene.cast, m.trigger)
    if speaker is None:
        return False
    if not m.actors:
        state = is_political(scene.cast.get(speaker)) and speaker not in m.recipients
        return state and bool(m.recipients) and frame(scene.cast.reading, m.trigger).passive
    if relative_head(scene.cast.reading, m.trigger) is not None:
        # "A government that will sack the judges" describes it; it announces nothing.
        return False
    return any(same_side(scene.cast.get(a), scene.cast.get(speaker)) for a in m.actors)


def is_own_duty(scene: Scene, m: Match) -> bool:
    """Whether "must" binds the speaker ("we must thank Chad"): then it is the act itself that is spoken."""
    return m.predicate.type in ("SUPPORT", "ACCUSE") and _is_own(scene, m)


def _is_own_threat(scene: Scene, m: Match, content: Match | None) -> bool:
    """Whether a warning is of the warner's own act, not of a danger."""
    reading, cast = scene.cast.reading, scene.cast
    if content is not None and content.predicate.type in HOSTILE:
        doers = {cast.get(a).id for a in content.actors}
        if any(same_side(cast.get(a), cast.get(d)) for a in m.actors for d in doers):
            return True
    if any(lower(reading, k) in _THREAT_OF for k in m.complements):
        return True
    if complement_threat(reading, tuple(k for k in m.complements if reading.tokens[k].xpos == "VBG")) is not None:
        # "Warned of targeting the convoy": a gerund is the warner's own doing.
        return True
    for word, k in frame(reading, m.trigger).obliques:
        if word in ("of", "with") and lower(reading, k) in _THREAT_OF:
            return True
        if word == "against" and m.recipients and not cast.head(k):
            return True
    if m.recipients and any(marker(reading, k) == "against" for k in kids(reading, m.trigger, "advcl")):
        return True
    below = {i for k in m.complements for i in reading.subtree(k)}
    if any(act.trigger in below and act.type == "THREATEN" for act in scene.acts):
        return True
    return any(
        lower(reading, k) in ("not", "stop", "stay", "leave") or _not_to(reading, k) for k in m.complements
    ) and bool(m.recipients)


def _not_to(reading: Reading, k: int) -> bool:
    return any(reading.tokens[c].text.lower() == "not" for c in reading.children[k]) and not kids(reading, k, "nsubj")
