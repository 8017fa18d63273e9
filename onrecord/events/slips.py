"""What a parser gets wrong around the names it knows, put right before anything is read from a tree.

Parsers know little of names: they hang "premier" and "Leo" of "the premier Leo Varadkar" on different words, or call a
party an object though "with" leads it in. Who is mentioned where is known by other means (``onrecord.actors``), and
a mention is one phrase: it has one head, and the preposition before it is its own. Of 7,500 mentions of newswire 4%
hung in pieces, and 1% were subjects or objects behind a preposition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from onrecord.events.parties import Actors
from onrecord.reading import Reading

# Relations of a phrase to the words around it, the most telling first; what is not here is a modifier's.
_OUTWARD = ("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "obl", "nmod", "conj", "appos", "ccomp", "xcomp", "root")
_PARTS = frozenset({"nmod:desc", "nmod", "compound", "flat", "appos"})
_CORE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})
_LEADING = frozenset(
    {"in", "on", "at", "by", "with", "from", "to", "of", "for", "against", "between", "among", "into", "over", "near"}
)
_COUNTING = frozenset({"least", "most", "best", "once"})

_GERUND = frozenset({"of", "for", "over", "from", "against"})
# Relations that no noun before its verb has.
_OWNING = frozenset({"nmod:poss", "compound", "nmod"})
_FRONTED = frozenset({"obj", "iobj", "obl:agent"}) | _OWNING
_CONDITIONS = frozenset({"if", "unless", "once", "until"})
_TODAY = frozenset("yesterday today monday tuesday wednesday thursday friday saturday sunday tonight".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_REACH = 3
_FAR = 6

Tree = list[tuple[int, str]]


def mended(reading: Reading, actors: Actors) -> Reading:
    """The reading with each mention of an actor as one phrase under one head, led in by the preposition before it."""
    given = [(token.head, token.deprel) for token in reading.tokens]
    tree = given.copy()
    for first, last, head in _mentions(reading, actors):
        _gather(reading, tree, first, last, head)
        _lead(reading, tree, first, last, head)
        _follow(reading, tree, first, last, head)
        _precede(reading, tree, first, last, head)
    _within(reading, tree)
    _raise(reading, tree)
    _own(reading, tree)
    _front(reading, tree)
    _part_subjects(reading, tree)
    _conjoin(reading, tree)
    _reduce(reading, tree)
    _unloop(reading, given, tree)
    changed = [k for k, own in enumerate(given) if tree[k] is not own and tree[k] != own]
    if not changed:
        return reading
    tokens = list(reading.tokens)
    for k in changed:
        tokens[k] = replace(tokens[k], head=tree[k][0], deprel=tree[k][1])
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head >= 0:
            children[token.head].append(token.i)
    return replace(reading, tokens=tuple(tokens), children=tuple(map(tuple, children)))


def _unloop(reading: Reading, given: Tree, tree: Tree) -> None:
    """Give a sentence its own tree back where the changes to it, each sound alone, together closed a circle."""
    for sentence in reading.sentences:
        words = slice(sentence.first, sentence.last)
        if tree[words] == given[words]:
            continue
        sound: set[int] = set()
        for k in range(sentence.first, sentence.last):
            path: list[int] = []
            while k >= 0 and k not in sound and k not in path:
                path.append(k)
                k = tree[k][0]
            if k in path:
                tree[words] = given[words]
                break
            sound.update(path)


def _mentions(reading: Reading, actors: Actors) -> Iterator[tuple[int, int, int]]:
    """First token, the one past the last, and the head of each mention of one actor that lies in one sentence."""
    starts = [token.start for token in reading.tokens]
    for actor in actors.actors:
        for span in actor.mentions:
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            if last == first + 1:
                yield first, last, first
                continue
            named = [k for k in range(first, last) if actors.of_token(k) == actor.id]
            if named and reading.tokens[first].sentence == reading.tokens[last - 1].sentence:
                outward = [k for k in named if not first <= reading.tokens[k].head < last]
                yield first, last, (outward or named)[0]


def _gather(reading: Reading, tree: Tree, first: int, last: int, head: int) -> None:
    """Hang all words of a mention on its head, and the head where the most telling of them hung."""
    tops = [k for k in range(first, last) if not first <= tree[k][0] < last and reading.tokens[k].upos != "PUNCT"]
    if tops == [head] or not tops:
        return
    best = min(tops, key=lambda k: (_rank(tree[k][1]), k != head))
    if _rank(tree[best][1]) == len(_OUTWARD) or _hangs_below(tree, tree[best][0], first, last):
        return
    outer = tree[best]
    for k in (k for top in tops for k in reading.children[top]):
        if not first <= k < last and tree[k][1] in ("case", "cc", "mark"):
            tree[k] = (head, tree[k][1])
    for k in tops:
        tree[k] = (head, "flat" if reading.tokens[k].upos == "PROPN" and k > head else "nmod:desc")
    tree[head] = outer


def _rank(deprel: str) -> int:
    return _OUTWARD.index(deprel) if deprel in _OUTWARD else len(_OUTWARD)


def _lead(reading: Reading, tree: Tree, first: int, last: int, head: int) -> None:
    """Give a mention the preposition before it, and the relation of what a preposition leads in."""
    tokens = reading.tokens
    above, relation = tree[head]
    lead = _preposition_before(reading, tree, first, head)
    if lead is None or above < 0:
        return
    if above > last and lead > 0 and tokens[lead - 1].upos == "VERB" and relation in ("obl", *_CORE):
        if tokens[above].upos in ("VERB", "AUX"):
            tree[head] = (lead - 1, "obl")  # "called on Chad to leave": it hangs on the verb before
        return
    if relation == "obl" and _is_made_by(reading, tree, lead, above):
        tree[head] = (lead - 1, "nmod")  # "accepted the demands by strikers"
    if relation not in _CORE:
        return
    if tree[lead][0] != head:
        if last <= tree[lead][0] and _hangs_below(tree, head, tree[lead][0], tree[lead][0] + 1):
            return  # "from Chad's ministers": it leads in what Chad stands before
        tree[lead] = (head, "case")
    before = lead - 1
    noun = before >= 0 and tokens[before].upos in ("NOUN", "PROPN") and tokens[before].sentence == tokens[head].sentence
    if head < above and noun:
        # "Teachers from Lima went": the noun before is what went.
        if tree[before][0] in (head, above):
            tree[before] = (above, relation)
        tree[head] = (before, "nmod")
    elif head > above and noun and tokens[lead].text.lower() in ("of", "by") and tree[before][0] == above:
        tree[head] = (before, "nmod")  # "the decision by Laos"
    elif head > above:
        tree[head] = (above, "obl" if tokens[above].upos in ("VERB", "ADJ") else "nmod")


def _is_made_by(reading: Reading, tree: Tree, lead: int, above: int) -> bool:
    """Whether "by" right behind the object of an active verb tells who made the object."""
    made = reading.tokens[lead].text.lower() == "by" and lead > 0 and tree[lead - 1] == (above, "obj")
    return made and not any(reading.tokens[c].deprel == "aux:pass" for c in reading.children[above])


def _follow(reading: Reading, tree: Tree, first: int, last: int, head: int) -> None:
    """Make the mention right behind a verb its object, where a parser made it a subject or part of a later phrase.

    "Criticizing President Meta", "charged a former minister with contempt", "accuses Chad of arming them". The subject
    of a clause with a finite verb stays ("said Chad would"), and so does the speaker behind a verb of saying.
    """
    tokens = reading.tokens
    verb = _verb_before(reading, tree, first, head)
    if verb is None:
        return
    above, relation = tree[head]
    own = [k for k, (top, name) in enumerate(tree[verb + 1 : first], verb + 1) if top == verb and name == "obj"]
    if own or relation in ("obj", "iobj", "ccomp", "xcomp", "root"):
        return
    bare = tokens[verb].xpos in ("VB", "VBG", "VBN")
    if above == verb and relation == "nsubj" and (bare or _has_subject_before(reading, tree, verb)):
        tree[head] = (verb, "obj")
    elif relation in _PARTS and (0 <= above < verb or (above == verb and relation not in ("nmod", "appos"))):
        tree[head] = (verb, "obj")  # "Ada Lind will meet President Omar Bello": no part of what stands before the verb
    elif above > last and above - last < _FAR and tokens[above].sentence == tokens[head].sentence:
        marks = [k for k in range(last, above) if tree[k] == (above, "mark")]
        gerund = tokens[above].xpos == "VBG" and any(tokens[k].text.lower() in _GERUND for k in marks)
        modifier = relation in ("nmod", "compound", "obl", "appos") and tokens[last].upos == "ADP"
        if modifier or (relation == "nsubj" and gerund):
            tree[head] = (verb, "obj")


def _verb_before(reading: Reading, tree: Tree, first: int, head: int) -> int | None:
    """The active verb that a mention stands right behind."""
    for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
        token = reading.tokens[k]
        if token.sentence != reading.tokens[head].sentence:
            return None
        if token.upos == "VERB":
            passive = any(reading.tokens[c].deprel == "aux:pass" for c in reading.children[k])
            return None if passive or (token.xpos == "VBN" and token.deprel in ("acl", "amod")) else k
        if token.upos not in ("DET", "ADJ", "PROPN", "NUM") or tree[k][0] != head:
            return None
    return None


def _has_subject_before(reading: Reading, tree: Tree, verb: int) -> bool:
    first = reading.sentences[reading.tokens[verb].sentence].first
    return any(tree[k][0] == verb and tree[k][1] == "nsubj" for k in range(first, verb))


def _preposition_before(reading: Reading, tree: Tree, first: int, head: int) -> int | None:
    """The preposition that leads a mention in, over words of its phrase that are not part of it ("with the Irish")."""
    tokens = reading.tokens
    for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
        token = tokens[k]
        if token.sentence != tokens[head].sentence:
            return None
        if token.upos == "ADP":
            leads = token.text.lower() in _LEADING and tree[k][1] == "case"
            return k if leads and tokens[k + 1].text.lower() not in _COUNTING else None
        if token.upos not in ("DET", "ADJ", "PROPN") or tree[k][0] != head:
            return None
    return None


def _hangs_below(tree: Tree, i: int, first: int, last: int) -> bool:
    """Whether ``i`` is or hangs somewhere below one of the words ``first`` to ``last``."""
    for _ in range(len(tree)):  # the changes so far may have closed a circle
        if i < 0:
            return False
        if first <= i < last:
            return True
        i = tree[i][0]
    return True


def _precede(reading: Reading, tree: Tree, first: int, last: int, head: int) -> None:
    """Make the mention right before a finite verb that has no subject its subject, whatever it hung on.

    "KUWAIT: the premier yesterday submitted", hung on the dateline; "said Xia sounded", as if Xia were said.
    """
    tokens = reading.tokens
    above, relation = tree[head]
    if relation in ("nsubj", "nsubj:pass", "root", "conj") and above >= last:
        return
    verb = last
    helped = False
    while verb < len(tokens) and (tokens[verb].upos in ("ADV", "AUX") or tokens[verb].text.lower() in _TODAY):
        helped = helped or tokens[verb].xpos in _FINITE
        verb += 1
    if verb == len(tokens) or tokens[verb].sentence != tokens[head].sentence or tokens[verb].upos != "VERB":
        return
    clear = helped or tokens[verb].xpos in ("VBZ", "VBP")
    if not clear and not (tokens[verb].xpos == "VBD" and tree[verb][1] in ("root", "ccomp", "parataxis")):
        return
    if any(tree[k] == (head, "case") and tokens[k].xpos != "POS" for k in range(max(0, first - _REACH), last)):
        return
    start = reading.sentences[tokens[verb].sentence].first
    below = [name for n in range(start, verb) for top, name in [tree[n]] if top == verb]
    if any(name.startswith(("nsubj", "csubj", "expl")) for name in below) or tree[verb][1] in ("xcomp", "acl:relcl"):
        return
    if _hangs_below(tree, verb, head, head + 1):
        if above < 0 or _hangs_below(tree, above, verb, verb + 1):
            return
        tree[verb] = (above, relation if relation in ("root", "ccomp", "parataxis") else "parataxis")
    tree[head] = (verb, "nsubj:pass" if "aux:pass" in below else "nsubj")


def _within(reading: Reading, tree: Tree) -> None:
    """Keep in a phrase or clause what leads it in or stands in its middle.

    "The presidents of Ghana will meet": what "of" leads in right behind a subject is the subject's. "If Chad closes the
    border, Mali will retaliate": the word of condition is that of the clause it begins, not of the main one.
    """
    tokens = reading.tokens
    for token in tokens:
        above, relation = tree[token.i]
        if relation not in ("case", "mark"):
            continue
        word = token.text.lower()
        if word == "of" and relation == "case" and token.i > 0 and tree[above][1] == "obl":
            noun = token.i - 1
            verb = tree[above][0]
            if tree[noun] in ((verb, "nsubj"), (verb, "nsubj:pass")) and noun < verb and above < verb:
                tree[above] = (noun, "nmod")
        elif word in _CONDITIONS and relation == "mark" and above > token.i:
            for k in range(token.i + 1, above):
                if tree[k] == (above, "advcl") and not any(tokens[c].deprel == "mark" for c in reading.children[k]):
                    tree[token.i] = (k, "mark")
                    break


def _raise(reading: Reading, tree: Tree) -> None:
    """Conjoin a finite verb to a finite one: "asked Peru to sign, but Peru refused" does not go on with the signing."""
    tokens = reading.tokens
    for token in tokens:
        head, relation = tree[token.i]
        if relation != "conj" or token.upos != "VERB":
            continue
        if head > token.i:
            # Nothing is conjoined to what follows it: "criticised and sanctioned Peru".
            if token.i > 1 and tokens[token.i - 2].upos == "VERB" and tokens[token.i - 1].upos == "CCONJ":
                tree[token.i] = (token.i - 2, "conj")
            continue
        if token.xpos not in ("VBD", "VBZ"):
            continue
        top, left = head, _FAR
        while left and tokens[top].xpos == "VB" and tokens[top].upos == "VERB" and tree[top][0] >= 0:
            led = [k for k in reading.children[top] if tokens[k].deprel in ("mark", "aux") and k < top]
            if not any(tokens[k].text.lower() == "to" for k in led):
                break
            top, left = tree[top][0], left - 1
        if top != head and tokens[top].xpos in _FINITE and tokens[top].upos == "VERB":
            tree[token.i] = (top, "conj")


def _own(reading: Reading, tree: Tree) -> None:
    """Hang what carries a possessive 's on the noun behind it, which stands where the owner was hung.

    Of 575 owners in newswire and PLV 30 were called subjects of the verb behind: "Japan's government pledged".
    """
    tokens = reading.tokens
    for token in tokens:
        if token.xpos != "POS" or not 0 <= tree[token.i][0] < token.i:
            continue
        owner = tree[token.i][0]
        above, relation = tree[owner]
        if relation not in _CORE or above < token.i:
            continue
        owned = token.i
        for k in range(token.i + 1, min(above, token.i + _FAR)):
            if tokens[k].upos not in ("ADJ", "NOUN", "PROPN", "NUM"):
                break
            owned = k
        if tokens[owned].upos in ("NOUN", "PROPN"):
            if tree[owned][0] != above or tree[owned][1] not in _CORE:
                tree[owned] = (above, relation)
            tree[owner] = (owned, "nmod:poss")


def _front(reading: Reading, tree: Tree) -> None:
    """Make the bare noun before a finite verb without a subject its subject: English has no objects there.

    "Beijing police have detained ten" is read as if the police were detained, "the US and China have signed a pact" as
    if it were theirs: in one of 50 sentences of newswire and PLV.
    """
    tokens = reading.tokens
    for k, (above, relation) in enumerate(tree):
        if above <= k or relation not in _FRONTED or tokens[k].upos not in ("NOUN", "PROPN"):
            continue
        verb = above if tokens[above].upos == "VERB" else _finite_between(reading, tree, k, above)
        if verb is None or (relation in _OWNING and tokens[verb].deprel not in ("root", "ccomp")):
            continue
        first = reading.sentences[tokens[verb].sentence].first
        before = [(n, *tree[n]) for n in range(first, verb)]
        below = [(n, name) for n, head, name in before if head == verb]
        helpers = [n for n, name in below if name.startswith("aux") and n > k]
        finite = tokens[verb].xpos in _FINITE or any(tokens[n].xpos in _FINITE for n in helpers)
        led = any(head == k and name == "case" and tokens[n].xpos != "POS" for n, head, name in before)
        if finite and not led and not any(name.startswith(("nsubj", "csubj", "expl")) for _, name in below):
            tree[k] = (verb, "nsubj:pass" if any(tree[n][1] == "aux:pass" for n in helpers) else "nsubj")


def _finite_between(reading: Reading, tree: Tree, k: int, above: int) -> int | None:
    """The verb between ``k`` and the noun behind it that a parser hung ``k`` on, as if the verb were not there."""
    for n in range(k + 1, above):
        if reading.tokens[n].upos == "VERB":
            return n if tree[above][0] == n else None
    return None


def _is_cut(reading: Reading, noun: int, verb: int) -> bool:
    """Whether a comma stands between a noun and the verb behind it."""
    return any(token.text == "," for token in reading.tokens[noun + 1 : verb])


def _reduce(reading: Reading, tree: Tree) -> None:
    """Hang a participle right behind a noun on it: "in a statement released Monday, officials said" releases nobody."""
    for token in reading.tokens[1:]:
        noun = reading.tokens[token.i - 1]
        above, relation = tree[token.i]
        bare = (
            token.xpos == "VBN"
            and relation == "advcl"
            and not any(tree[k][1] == "mark" for k in reading.children[token.i])
        )
        if (
            bare
            and noun.upos == "NOUN"
            and noun.sentence == token.sentence
            and tree[noun.i] in ((above, "obl"), (above, "obj"))
        ):
            tree[token.i] = (noun.i, "acl")


def _conjoin(reading: Reading, tree: Tree) -> None:
    """Make what "and" leads in a conjunct where a parser made it another name of the noun before it."""
    for token in reading.tokens:
        above, relation = tree[token.i]
        leads = token.upos == "CCONJ" and relation == "cc" and above > token.i
        if leads and tree[above][1] == "appos" and 0 <= tree[above][0] < token.i:
            tree[above] = (tree[above][0], "conj")


def _is_led_in(reading: Reading, tree: Tree, k: int) -> bool:
    """Whether a day or the like stands behind a preposition of its own: "on Friday"."""
    lead = reading.tokens[k - 1] if k > 0 else None
    return lead is not None and lead.xpos == "IN" and tree[k - 1] == (k, "case")


def _part_subjects(reading: Reading, tree: Tree) -> None:
    """Leave a verb the nearest of the subjects before it; what stands right before that one is part of it."""
    tokens = reading.tokens
    below: dict[int, list[int]] = {}
    for k, (head, deprel) in enumerate(tree):
        if head > k and deprel in ("nsubj", "nsubj:pass") and tokens[k].upos in ("NOUN", "PROPN"):
            below.setdefault(head, []).append(k)
    for head, found in below.items():
        led = [k for k in found if _is_led_in(reading, tree, k)]
        if len(led) < len(found):
            for k in led:
                tree[k] = (head, "obl")  # "Chad on Friday refused"
            found = [k for k in found if k not in led]
        for k, following in pairwise(found):
            between = tokens[k + 1 : following]
            if all(token.upos in ("ADJ", "NOUN", "PROPN", "PART") for token in between):
                owns = bool(between) and between[0].xpos == "POS"
                tree[k] = (following, "nmod:poss" if owns else "compound")
            elif any(token.text in (",", "and", "or") for token in between) and len(between) <= _REACH:
                tree[following] = (k, "conj")  # "Estonia, Latvia and Lithuania"
            elif between[0].text == "," and tokens[following].upos == "NOUN" and _is_cut(reading, following, head):
                tree[following] = (k, "appos")  # "Chad, a key ally in the war, has refused"
            else:
                tree[k] = (head, "dislocated")
