"""The reader's attributions set right, by the tree and by the page's layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.reading import Attribution, Token
from onrecord.statements.cues import cues
from onrecord.statements.index import Index, Interval, extent
from onrecord.statements.nested import nested
from onrecord.statements.sources import is_said, sourced


def set_right(index: Index) -> list[Attribution]:
    """All attributions of the page, in the order of their content, an outer one before those inside it."""
    marked = [a for a in index.reading.attributions if a.cue is not None or index.is_saying(a.content)]
    marked = [sourced(index, a) for a in _completed(index, marked)]
    marked = [a for a in marked if is_said(index, a)]
    marked = [part for a in marked for whole in _accompanied(index, a) for part in _coordinated(index, whole)]
    marked += list(_unmarked(index, marked))
    marked = _continued(index, sorted(_parted(index, marked), key=lambda a: a.content[0]))
    marked += list(nested(index, marked))
    return sorted(marked, key=lambda a: (a.content[0][0], -a.content[-1][1]))


def _completed(index: Index, marked: Sequence[Attribution]) -> list[Attribution]:
    """Content that holds the subject of the clause below its cue but not its verb was cut short: the clause is taken.

    "It said the envoys, who had discussed a truce, had to leave" is easily read as "it said the envoys" and "who had
    discussed a truce, had to leave". What was taken for another's words then ends with the relative clause.
    """
    found = list(marked)
    for n, attribution in enumerate(marked):
        clause = _clause_below(index, attribution)
        if clause is None:
            continue
        whole = extent(index, clause.i, index.block_of(clause.start), marks=True)
        start, end = attribution.content[0]
        cut_short = whole is not None and whole[0] == start and end <= clause.start and len(attribution.content) == 1
        if not cut_short or whole is None:
            continue
        found[n] = replace(attribution, content=(whole,))
        for m, other in enumerate(marked):
            if m != n and other.cue is not None and whole[0] <= other.cue[0] < clause.start:
                found[m] = _clipped(index, other)
    return found


def _clause_below(index: Index, attribution: Attribution) -> Token | None:
    """The clause that hangs on the verb of an attribution's cue as its complement."""
    verb = index.head(attribution.cue) if attribution.cue else None
    if verb is None:
        return None
    children = (index.reading.tokens[c] for c in index.reading.children[verb.i])
    return next((c for c in children if c.deprel == "ccomp" and c.i > verb.i), None)


def _clipped(index: Index, attribution: Attribution) -> Attribution:
    """An attribution inside a relative clause, its content ended where the clause ends."""
    verb = index.head(attribution.cue) if attribution.cue else None
    if verb is None or not verb.deprel.startswith("acl"):
        return attribution
    clause = extent(index, verb.i, index.block_of(verb.start))
    if clause is None:
        return attribution
    content = tuple((a, min(b, clause[1])) for a, b in attribution.content if a < clause[1])
    return replace(attribution, content=content or attribution.content)


def _accompanied(index: Index, attribution: Attribution) -> Iterator[Attribution]:
    """The attribution and, apart, what the speaker does "while praising ..." or "while accusing ..." at its end."""
    verb = index.head(attribution.cue) if attribution.cue else None
    start, end = attribution.content[-1]
    tokens = index.reading.tokens
    for token in index.tokens((start, end)) if verb is not None and attribution.source is not None else ():
        cue = cues().get(token.lemma)
        if cue is None or token.xpos != "VBG" or token.deprel != "advcl":
            continue
        marks = (tokens[c] for c in index.reading.children[token.i] if tokens[c].deprel == "mark")
        mark = next((m for m in marks if m.lemma == "while" and m.i == token.i - 1), None)
        inside = any(q.start < token.start < q.end for q in index.reading.quotations)
        if mark is None or inside or mark.start <= start + 1 or token.i + 1 >= len(tokens):
            continue
        before, after = (start, tokens[mark.i - 1].end), (tokens[token.i + 1].start, end)
        if after[0] < end:
            yield replace(attribution, content=(*attribution.content[:-1], before))
            yield replace(attribution, cue=(token.start, token.end), content=(after,))
            return
    yield attribution


def _coordinated(index: Index, attribution: Attribution) -> Iterator[Attribution]:
    """The attribution and, apart, what the same source did next: "said it had arrested ten | and denied using force".

    The second verb of saying is finite, has no subject of its own, and is joined to the cue, or to a verb below it that
    has an auxiliary which the second has not.
    """
    verb = index.head(attribution.cue) if attribution.cue else None
    start, end = attribution.content[-1]
    tokens, children = index.reading.tokens, index.reading.children
    if verb is None or attribution.source is None or verb.xpos != "VBD" or verb.end > start:
        yield attribution
        return
    for token in index.tokens((start, end)):
        cue = cues().get(token.lemma)
        joint = tokens[token.i - 1] if token.i else token
        if cue is None or token.xpos != "VBD" or token.deprel != "conj" or joint.lemma not in ("and", "but"):
            continue
        own = any(tokens[c].deprel.startswith(("nsubj", "aux")) for c in children[token.i])
        helped = any(tokens[c].deprel.startswith("aux") for c in children[token.head])
        inside = any(q.start < token.start < q.end for q in index.reading.quotations)
        if own or inside or not (token.head == verb.i or helped) or token.sentence != verb.sentence:
            continue
        before, after = (start, tokens[joint.i - 1].end), (token.end + 1, end)
        if start < before[1] and after[0] < end:
            yield replace(attribution, content=(*attribution.content[:-1], before))
            yield replace(attribution, cue=(token.start, token.end), content=(after,))
            return
    yield attribution


def _unmarked(index: Index, marked: Sequence[Attribution]) -> Iterator[Attribution]:
    """Quotations of whole sentences that the reader passed over: one that fills its paragraph, or begins it."""
    taken = [interval for a in marked for interval in (*a.content, *((a.source,) if a.source else ()))]
    for quotation in index.reading.quotations:
        if any(quotation.start < end and start < quotation.end for start, end in taken):
            continue
        number = index.block(quotation.start)
        block = index.page.blocks[number]
        if number < 0 or block.role not in ("lead", "body") or quotation.start != block.start:
            continue
        rest = index.page.text[quotation.end : block.end].strip()
        if not rest and index.is_saying([(quotation.start, quotation.end)]):
            yield Attribution(None, None, ((quotation.start, quotation.end),), 0.5)


def _parted(index: Index, marked: Iterable[Attribution]) -> Iterator[Attribution]:
    """A quotation that is closed and opened anew in a later paragraph is a saying of its own, of the same source."""
    whole = list(marked)
    for attribution in whole:
        groups: list[list[Interval]] = [[attribution.content[0]]]
        for before, interval in pairwise(attribution.content):
            apart = index.block(before[0]) != index.block(interval[0])
            if apart and not index.goes_on(before[1]):
                groups.append([])
            groups[-1].append(interval)
        yield replace(attribution, content=tuple(groups[0]))
        for last, group in pairwise(groups):
            gap = (last[-1][1], group[0][0])
            others = any(a is not attribution and a.source and gap[0] <= a.source[0] < gap[1] for a in whole)
            # Somebody else has come in between: whose words these are is told by what stands around them.
            source = None if others else attribution.source
            yield replace(attribution, source=source, cue=None, content=tuple(group))


def _continued(index: Index, marked: list[Attribution]) -> list[Attribution]:
    """Cue-less quotations take the source of the statement that they go on with, or stay without one.

    One left open by its marks is of whoever is named where the quotation ends, paragraphs on. Others go on from the
    statement before when they stand in its paragraph, or fill the next one after a paragraph that ended in its words.
    """
    found = list(marked)
    for n in range(len(found) - 2, -1, -1):
        here, after = found[n], found[n + 1]
        if _is_cueless(here) and after.source is not None and _runs_into(index, here, after):
            found[n] = replace(here, source=after.source)
    for n, attribution in enumerate(found):
        before = found[n - 1] if n else None
        if before is None or before.source is None or not _is_cueless(attribution):
            continue
        if _goes_on_from(index, attribution, before):
            found[n] = replace(attribution, source=before.source)
    return found


def _is_cueless(attribution: Attribution) -> bool:
    return attribution.cue is None and attribution.source is None


def _runs_into(index: Index, here: Attribution, after: Attribution) -> bool:
    """Whether a quotation was left open by its marks and the next paragraph goes on with it."""
    end, start = here.content[-1][1], after.content[0][0]
    block = index.block(start)
    return index.goes_on(end) and block == index.block(end - 1) + 1 and index.page.blocks[block].start == start


def _goes_on_from(index: Index, here: Attribution, before: Attribution) -> bool:
    """Whether a quotation goes on with the words of the statement before: in its paragraph, or filling the next one."""
    place, last = here.content[0], before.content[-1]
    block, there = index.block(place[0]), index.block(last[1] - 1)
    quoted_before = bool(index.quotes(before.content))
    if block == there:
        return quoted_before
    gap = index.page.text[max(last[1], before.cue[1] if before.cue else 0) : place[0]]
    follows = block == there + 1 and index.page.blocks[block].start == place[0] and len(gap.strip()) < _GAP
    fills = not index.page.text[here.content[-1][1] : index.page.blocks[block].end].strip()
    return follows and (quoted_before or fills)


_GAP = 60
"""Characters between a statement and the quotation in the next paragraph that goes on with it."""
