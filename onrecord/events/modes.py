"""What a request, refusal or threat is about: its mode, from the event in its complement or object."""

from __future__ import annotations

from onrecord.events.clause import lower
from onrecord.events.match import Match
from onrecord.reading import Reading

_WANTED = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "CONSULT": "meet", "AGREE": "meet",
    "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip
_THREATENED = {
    ("SANCTION", "expel"): "expel", ("SANCTION", "withdraw"): "relations", ("SANCTION", "discontinue"): "restrict",
    ("SANCTION", "convict"): "arrest", ("COERCE", "arrest"): "arrest", ("COERCE", "deport"): "expel",
    ("ACCUSE", "allege"): "arrest",
}  # fmt: skip
_THREATENED_TYPE = {
    "ASSAULT": "violence", "MOBILIZE": "violence", "COERCE": "restrict", "PROTEST": "restrict", "REJECT": "relations",
}  # fmt: skip
# What is asked for, where it is a noun that is no trigger of its own.
_WORDS = {
    "assist": "help aid assistance support cooperation loan fund money troop weapon asylum refuge backing peacekeeper"
    " supply vaccine protection extradition membership relief investment",
    "change": "reform resignation election referendum change constitution law policy democracy independence autonomy"
    " recount amendment transition rights freedom transparency",
    "yield": "release ceasefire truce withdrawal halt end pullout disarmament lifting easing restraint calm"
    " de-escalation surrender access return cessation closure apology freeze cease-fire",
    "meet": "talk talks meeting dialogue negotiation summit mediation session settlement visit conference arbitration",
}
_BY_WORD = {word: mode for mode, words in _WORDS.items() for word in words.split()}
_STOPPING = frozenset(
    "stop end halt cease refrain abandon drop lift free release ease withdraw return surrender reopen"
    " reconsider apologise apologize respect".split()
)
_CHANGING = frozenset(
    {"resign", "reform", "change", "amend", "repeal", "hold", "legalise", "step", "quit", "adopt", "pass", "comply"}
)
_HELPING = frozenset(
    "help support provide send give join back assist protect extradite recognise recognize hand accept"
    " cooperate contribute donate supply".split()
)
_MEETING = frozenset({"meet", "talk", "negotiate", "mediate", "discuss", "attend", "return"})


def wanted(
    reading: Reading, content: Match | None, complements: tuple[int, ...], objects: tuple[int, ...]
) -> str | None:
    """The mode of a REQUEST or REJECT: assist, change, yield or meet; None where the words do not say."""
    if content is not None:
        if content.predicate.mode == "resign" or content.predicate.type == "PROTEST":
            return "change"
        found = _WANTED.get(content.predicate.type)
        if found is not None:
            return found
    for k in complements:
        for words, mode in (
            (_MEETING - {"return"}, "meet"),
            (_STOPPING, "yield"),
            (_HELPING, "assist"),
            (_CHANGING, "change"),
        ):
            if lower(reading, k) in words:
                return mode
    for k in objects:
        if lower(reading, k) in _BY_WORD:
            return _BY_WORD[lower(reading, k)]
    # Whatever else somebody is to do is a matter of policy.
    return "change" if complements else None


def threatened(content: Match | None) -> str | None:
    """The mode of a THREATEN: the kind of act threatened; None where the words do not say."""
    if content is None:
        return None
    kind, mode = content.predicate.type, content.predicate.mode
    return _THREATENED.get((kind, mode or ""), _THREATENED_TYPE.get(kind))
