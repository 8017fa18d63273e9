"""Examples to batches: windows of varying size, grouped by length, with their labels as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.encoding import WINDOW, Window, WordPieces, windows
from training.corpora import Example, lemma_script
from training.model import ENTITY_LABELS, EVENT_TYPES, SPAN_ROLES, bio

Piece = tuple[Example, Window]
Vocabularies = dict[str, list[str]]

_YIELD = ("CONCEDE", "RETREAT")
_BIO = {
    "entity": {t: i for i, t in enumerate(bio(ENTITY_LABELS))},
    "attribution": {t: i for i, t in enumerate(bio(SPAN_ROLES))},
}


MASK = 103
"""BERT's mask among its word pieces; padding and the marks of a window's ends come before it."""

SHORT = 12, 72
"""Word pieces of a short window: a sentence or two."""


def cut(tokenizer: WordPieces, example: Example, chance: random.Random, short: float) -> list[Piece]:
    """An example's windows, of a random size, so that a lone paragraph is as familiar as a full window.

    ``short`` is the share of examples that are cut into short windows.

    A treebank's sentences count as blocks for the cut (a tree must not be torn) but keep their features. A pair stays
    whole, or is left out if its sentence is longer than a window.
    """
    size = WINDOW if chance.random() < 0.6 or example.task == "pair" else chance.randint(40, WINDOW)
    if chance.random() < short and example.task != "pair":
        size = chance.randint(*SHORT)
    blocks = example.blocks
    if example.task == "syntax":
        blocks = [n for n, (first, last) in enumerate(example.labels["sentences"]) for _ in range(first, last)]
    found = windows(tokenizer, example.forms, example.features, blocks, size)
    if example.task == "pair" and len(found) > 1:
        return []
    return [(example, window) for window in found]


def batches(pieces: Sequence[Piece], limit: int, chance: random.Random) -> list[list[Piece]]:
    """Group windows of like length so that a batch holds at most ``limit`` word pieces, padding included."""
    order = sorted(pieces, key=lambda piece: len(piece[1].ids) + chance.random() * 8)
    groups: list[list[Piece]] = [[]]
    for piece in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(piece[1].ids) > limit:
            groups.append([])
        groups[-1].append(piece)
    chance.shuffle(groups)
    return [group for group in groups if group]


def tensors(group: Sequence[Piece], vocabularies: Vocabularies) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Inputs (ids, features, heads, pieces, words) and the labels of the group's task."""
    length = max(len(window.ids) for _, window in group)
    width = max(len(window.heads) for _, window in group)
    inputs = {
        "ids": _stack([window.ids for _, window in group], length, 0),
        "features": _stack([window.features for _, window in group], length, 0),
        "heads": _stack([window.heads for _, window in group], width, 0),
        "pieces": _stack([np.ones_like(window.ids) for _, window in group], length, 0),
        "words": _stack([np.ones_like(window.heads) for _, window in group], width, 0).bool(),
    }
    rows = [_LABELS[example.task](example, window, vocabularies) for example, window in group]
    gold = {}
    for name in rows[0]:
        if name == "types":
            gold[name] = torch.tensor([row[name] for row in rows])
        else:
            filler = -1 if name in ("sentence", "link") else 0
            gold[name] = _stack([np.asarray(row[name]) for row in rows], width, filler)
    return inputs, gold


def hidden(ids: Tensor, share: float) -> Tensor:
    """Word pieces with a share of them, drawn by chance, replaced by BERT's mask; its marks stay."""
    drawn = (torch.rand(ids.shape) < share) & (ids > MASK)
    return ids.masked_fill(drawn, MASK)


def _stack(arrays: Sequence[Any], length: int, filler: int) -> Tensor:
    stacked = np.full((len(arrays), length), filler, dtype=np.asarray(arrays[0]).dtype)
    for row, array in zip(stacked, arrays, strict=True):
        row[: len(array)] = array
    return torch.from_numpy(stacked)


def _inside(spans: Sequence[Any], window: Window) -> Iterator[tuple[int, str, int, int]]:
    """(index, label, first, last) of the spans that lie whole in the window, counted from its first word."""
    for n, (label, first, last) in enumerate(spans):
        if window.first <= first and last <= window.last:
            yield n, label, first - window.first, last - window.first


def _tags(example: Example, window: Window) -> np.ndarray:
    index = _BIO[example.task]
    tags = np.zeros(len(window.heads), dtype=np.int64)
    for _, label, first, last in _inside(example.labels["spans"], window):
        tags[first:last] = index[f"I-{label}"]
        tags[first] = index[f"B-{label}"]
    return tags


def _entity(example: Example, window: Window, _: Vocabularies) -> dict[str, Any]:
    return {"tags": _tags(example, window)}


def _attribution(example: Example, window: Window, _: Vocabularies) -> dict[str, Any]:
    n = len(window.heads)
    is_a = {role: np.zeros(n, dtype=bool) for role in SPAN_ROLES}
    link = np.full(n, -1, dtype=np.int64)
    first_of = {}
    for number, role, first, _last in _inside(example.labels["spans"], window):
        is_a[role][first] = True
        first_of[number] = first
    for sources, cues, contents in example.labels["links"]:
        cue = next((first_of[c] for c in cues if c in first_of), None)
        if cue is None:
            continue
        for source in sources[:1]:
            if source in first_of:
                link[cue] = first_of[source]
        for content in contents:
            if content in first_of:
                link[first_of[content]] = cue
    return {
        "tags": _tags(example, window),
        "is_source": is_a["source"],
        "is_cue": is_a["cue"],
        "is_content": is_a["content"],
        "link": link,
    }


def _syntax(example: Example, window: Window, vocabularies: Vocabularies) -> dict[str, Any]:
    def number(name: str, value: str) -> int:
        return _numbers(vocabularies, name).get(value, -100)

    rows = example.labels["rows"][window.first : window.last]
    sentence = np.zeros(len(rows), dtype=np.int64)
    opens = np.zeros(len(rows), dtype=np.int64)
    for n, (first, last) in enumerate(example.labels["sentences"]):
        if first >= window.first and last <= window.last:
            sentence[first - window.first : last - window.first] = n
            opens[first - window.first] = 1
    heads = [h - window.first if h >= 0 else -1 for h in example.labels["heads"][window.first : window.last]]
    # A sentence longer than a window is torn: a head that fell outside becomes the root, which is the least harm.
    heads = [h if -1 <= h < len(rows) else -1 for h in heads]
    return {
        "upos": [number("upos", row.upos) for row in rows],
        "xpos": [number("xpos", row.xpos) for row in rows],
        "lemma": [number("lemma", lemma_script(row.form, row.lemma)) for row in rows],
        "deprel": [number("deprel", row.deprel) for row in rows],
        "head": heads,
        "sentence": sentence,
        "opens": opens,
    }


_CACHE: dict[int, dict[str, dict[str, int]]] = {}


def _numbers(vocabularies: Vocabularies, name: str) -> dict[str, int]:
    tables = _CACHE.setdefault(id(vocabularies), {})
    if name not in tables:
        tables[name] = {value: n for n, value in enumerate(vocabularies[name])}
    return tables[name]


def _pair(example: Example, window: Window, _: Vocabularies) -> dict[str, Any]:
    weights = {}
    for side in ("actor", "recipient"):
        first, last = example.labels[side]
        weights[side] = np.zeros(len(window.heads), dtype=np.float32)
        weights[side][first:last] = 1.0
    label = example.labels["type"]
    wanted = _YIELD if label == "YIELD" else (label,)
    return {**weights, "types": [0.0 if name in wanted else -1e4 for name in EVENT_TYPES]}


_LABELS = {"entity": _entity, "attribution": _attribution, "syntax": _syntax, "pair": _pair}
