"""The reader: a page's text to its words, trees, entities and attributions, in one pass of one small encoder.

``Reader`` is the package's one stateful object: it holds the weights, and what the last windows gave. Each window of a
page goes through the encoder alone, so a page reads the same in any company, and a window seen before gives the same.
What the weights are and how good they are: ``docs/model-card.md``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from onrecord import chains, trees
from onrecord.encoding import Window, load_tokenizer, windows, word_features
from onrecord.errors import ReaderError
from onrecord.lemmas import lemma
from onrecord.quotation import quotations
from onrecord.reading import READ_ROLES, Attribution, Entity, Quotation, Reading, Sentence, Token
from onrecord.record import Page
from onrecord.words import words

Floats = NDArray[np.float32]

SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""What ONNX Runtime fuses to no gain: its skip-and-normalise takes three times its two parts, 9% of the encoder."""

REMEMBERED = 2048
"""Windows whose results a reader keeps: some 500 pages, 60 MB."""

_SPAN = 128  # width of one side of a link, fixed by training/model.py


class Reader:
    """The trained weights, ready to read.

    ``folder`` holds ``reader.onnx``, ``reader.json`` and ``tokenizer.json``; None takes the ones in the package.
    ``threads`` is how many cores one window may use. Raises ``ReaderError`` if the files are missing or damaged.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        home = Path(str(resources.files("onrecord") / "data")) if folder is None else folder
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            weights = (home / "reader.onnx").read_bytes()
            labels = (home / "reader.json").read_bytes()
            self._pieces = load_tokenizer(home / "tokenizer.json")
            self._session = onnxruntime.InferenceSession(
                weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
            )
            self._labels = _Labels(json.loads(labels), self._pieces.vocabulary)
        except Exception as error:  # onnxruntime and tokenizers raise types of their own
            raise ReaderError(f"{home}: the reader's weights cannot be loaded: {error}".splitlines()[0]) from error
        self._seen: OrderedDict[bytes, _Parsed] = OrderedDict()
        self._lock = Lock()
        self._wanted_only = onnxruntime.RunOptions()  # leaves out the heads that are not asked for
        self._wanted_only.only_execute_path_to_fetches = True
        self.fingerprint = hashlib.blake2b(weights + labels, digest_size=8).hexdigest()

    def read(self, page: Page) -> Reading:
        """What stands on the page. Furniture is not read."""
        blocks = [(n, block) for n, block in enumerate(page.blocks) if block.role in READ_ROLES]
        spans, numbers = [], []
        for n, block in blocks:
            found = words(page.text, block.start, block.end)
            spans.extend(found)
            numbers.extend([n] * len(found))
        marks = quotations(page.text, [(block.start, block.end) for _, block in blocks])
        return self.read_words(page.text, spans, numbers, marks)

    def read_many(self, pages: Iterable[Page]) -> Iterator[Reading]:
        """``read`` of each page, in order."""
        return map(self.read, pages)

    def read_words(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        blocks: Sequence[int],
        marks: Sequence[Quotation],
        sentences: Sequence[tuple[int, int]] | None = None,
    ) -> Reading:
        """The reading of words given as spans of ``text``, each with the number of its block.

        ``sentences`` (first and last word of each) overrides the reader's own sentence borders; benchmarks use it.
        """
        forms = [text[start:end] for start, end in spans]
        features = word_features(text, spans, blocks, marks)
        cut = blocks if sentences is None else [n for n, (a, b) in enumerate(sentences) for _ in range(a, b)]
        tokens: list[Token] = []
        borders: list[Sentence] = []
        entities: list[Entity] = []
        attributions: list[Attribution] = []
        for window in windows(self._pieces, forms, features, cut):
            at, last = window.first, window.last
            starts = [start for start, _ in spans[at:last]]
            ends = [end for _, end in spans[at:last]]
            if sentences is None:
                part = self._parsed(window, forms[at:last], blocks[at:last])
            else:
                given = [(a - at, b - at) for a, b in sentences if a >= at and b <= last]
                part = self._window(window, forms[at:last], blocks[at:last], given)
            for a, b in part.sentences:
                number = len(borders)
                borders.append(Sentence(at + a, at + b, starts[a], ends[b - 1], blocks[at + a]))
                for k in range(a, b):
                    lemma_, upos, xpos, head, deprel = part.columns[k]
                    above = head if head < 0 else at + head
                    tokens.append(
                        Token(at + k, starts[k], ends[k], forms[at + k], lemma_, upos, xpos, above, deprel, number)
                    )
            entities.extend(Entity(label, at + a, at + b, starts[a], ends[b - 1]) for label, a, b in part.entities)
            attributions.extend(_placed(found, starts, ends) for found in part.attributions)
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head >= 0:
                children[token.head].append(token.i)
        return Reading(
            tuple(tokens),
            tuple(borders),
            tuple(entities),
            tuple(attributions),
            tuple(marks),
            tuple(map(tuple, children)),
        )

    def pair_types(self, text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> dict[str, float]:
        """The probability of each PLOVER type between two phrases of a text, given as spans of its code points.

        Raises ValueError where a span holds no word.
        """
        spans = words(text)
        blocks = [0] * len(spans)
        features = word_features(text, spans, blocks, quotations(text, [(0, len(text))]))
        sides: Floats = np.concatenate(
            [
                self._session.run(["pairs"], _inputs(window))[0]
                for window in windows(self._pieces, [text[a:b] for a, b in spans], features, blocks)
            ]
            or [np.zeros((0, 1), dtype=np.float32)]
        )
        touched = [
            [k for k, (start, end) in enumerate(spans) if start < place[1] and place[0] < end]
            for place in (actor, recipient)
        ]
        if not all(touched):
            raise ValueError("the actor and the recipient must each hold a word of the text")
        of_actor, of_recipient, of_rest = np.split(sides, 3, axis=1)
        pooled = of_actor[touched[0]].mean(0) + of_recipient[touched[1]].mean(0) + of_rest.mean(0)
        hidden = np.array([0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in pooled.tolist()])  # GELU
        scores = self._labels.pair_weight @ hidden + self._labels.pair_bias
        shares = np.exp(scores - scores.max())
        return dict(zip(self._labels.types, (shares / shares.sum()).tolist(), strict=True))

    def _parsed(self, window: Window, forms: Sequence[str], blocks: Sequence[int]) -> _Parsed:
        """What a window gives, from memory if it was seen before: a wire copy costs the network nothing."""
        opens = [number - blocks[0] for number in blocks]
        told = "\0".join(forms).encode(errors="surrogatepass") + window.features.tobytes() + np.array(opens).tobytes()
        key = hashlib.blake2b(told, digest_size=16).digest()
        with self._lock:
            found = self._seen.get(key)
            if found is not None:
                self._seen.move_to_end(key)
                return found
        found = self._window(window, forms, blocks, None)
        with self._lock:
            self._seen[key] = found
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return found

    def _window(
        self,
        window: Window,
        forms: Sequence[str],
        blocks: Sequence[int],
        borders: list[tuple[int, int]] | None,
    ) -> _Parsed:
        """What a window with these words gives; ``borders`` are its sentences, where they are given."""
        tags, arcs, sought, sides, entity, speech, links = self._session.run(
            _OUTPUTS, _inputs(window), self._wanted_only
        )
        labels = self._labels
        if borders is None:
            starts = _starts(tags[:, -1], forms, blocks)
            borders = list(zip(starts, [*starts[1:], len(forms)], strict=True))
        heads, deprels = _parse(arcs, sought, sides, borders, labels)
        columns = _columns(tags, heads, deprels, forms, labels)
        opens = [k for k in range(1, len(forms)) if blocks[k] != blocks[k - 1]]
        _part(entity, labels.entity, opens)
        _part(speech, labels.speech, opens)
        path = chains.best_path(entity, labels.entity_chain, labels.entity)
        places = [(k, k + 1) for k in range(len(forms))]  # words for characters
        attributions = _attributions(speech, links, places, forms, blocks, labels)
        return _Parsed(borders, columns, chains.spans(path, labels.entity), attributions)


@cache
def packaged_reader() -> Reader:
    """The reader with the weights that the package carries, loaded once."""
    return Reader()


_OUTPUTS = ("tags", "arcs", "labels", "sides", "entity", "speech", "links")


def _inputs(window: Window) -> dict[str, NDArray[np.int64]]:
    """A window as the network takes it: a batch of one."""
    return {"ids": window.ids[None], "features": window.features[None], "heads": window.heads[None]}


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What one window gave. All places are words, counted from the window's first; ends are exclusive."""

    sentences: list[tuple[int, int]]
    columns: list[tuple[str, str, str, int, str]]
    entities: list[tuple[str, int, int]]
    attributions: list[Attribution]


def _placed(attribution: Attribution, starts: Sequence[int], ends: Sequence[int]) -> Attribution:
    """An attribution over words as one over the characters where these start and end."""

    def characters(words: tuple[int, int]) -> tuple[int, int]:
        return starts[words[0]], ends[words[1] - 1]

    return Attribution(
        characters(attribution.source) if attribution.source else None,
        characters(attribution.cue) if attribution.cue else None,
        tuple(map(characters, attribution.content)),
        attribution.confidence,
    )


class _Labels:
    """What the numbers that the network puts out stand for."""

    def __init__(self, table: dict[str, Any], vocabulary: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self.tags = [(pair.split(" ")[0], pair.split(" ")[1]) for pair in table["tags"]]
        self.of_upos = np.array([table["upos"].index(upos) for upos, _ in self.tags])
        self.of_xpos = np.array([len(table["upos"]) + table["xpos"].index(xpos) for _, xpos in self.tags])
        self.coarse, self.fine = len(table["upos"]), len(table["xpos"])
        self.deprel: list[str] = table["deprel"]
        self.lemma = [_script(entry) for entry in table["lemma"]]
        self.entity: list[str] = table["entity"]
        self.speech: list[str] = table["speech"]
        self.entity_chain = np.array(table["entity_chain"], dtype=np.float32)
        self.speech_chain = np.array(table["speech_chain"], dtype=np.float32)
        self.types: list[str] = table["types"]
        self.pair_weight = np.array(table["pair_weight"])
        self.pair_bias = np.array(table["pair_bias"])
        self.label_root = np.array(table["label_root"], dtype=np.float32)
        self.label_of_both = np.array(table["label_of_both"], dtype=np.float32).T


def _script(entry: str) -> tuple[bool, int, str]:
    """A lemma script, "lower 3 y", as (lower the case, letters to cut, letters to add)."""
    case, cut, *added = entry.split(" ")
    return case == "lower", int(cut), added[0] if added else ""


@lru_cache(maxsize=50_000)
def edited(form: str, script: tuple[bool, int, str]) -> str:
    """What a lemma script makes of a form."""
    lower, cut, added = script
    base = form.lower() if lower else form
    return (base[: len(base) - cut] if cut else base) + added or form


_FINAL = frozenset({".", "!", "?", "…", "...", ":", ";", "?!", "!!", "??"})
_CLOSING = frozenset("\"”’')]»")

AFTER_FINAL, ELSEWHERE = -1.0, 2.0
"""Scores (log odds) above which a word opens a sentence: after a final mark, and after anything else. Chosen on the
treebanks' training parts: sentences' F1 81 to 86 on GUM and 60 to 80 on EWT against one threshold of zero."""


def _starts(scores: Floats, forms: Sequence[str], blocks: Sequence[int]) -> list[int]:
    """Where sentences begin: at each block, and where the head for it says so, the more readily after a final mark."""
    starts = []
    for k, score in enumerate(scores.tolist()):
        if k == 0 or blocks[k] != blocks[k - 1]:
            starts.append(k)
        elif score > AFTER_FINAL and not (starts[-1] == k - 1 and not forms[k - 1].isalnum()):
            before = k - 1
            while before > starts[-1] and forms[before] in _CLOSING:
                before -= 1
            # "The U.S. has": the full stop is the abbreviation's.
            abbreviated = forms[before].endswith(".") and not forms[k][:1].islower()
            if score > ELSEWHERE or forms[before] in _FINAL or abbreviated:
                starts.append(k)
    return starts


def _part(emissions: Floats, tags: Sequence[str], opens: Sequence[int]) -> None:
    """No span runs on from one block into the next: the first word of a block never continues one."""
    inside = [n for n, tag in enumerate(tags) if tag[0] == "I"]
    for k in opens:
        emissions[k, inside] = 10 * chains.FORBIDDEN


def _parse(
    arcs: Floats, sought: Floats, sides: Floats, borders: Sequence[tuple[int, int]], labels: _Labels
) -> tuple[list[int], list[str]]:
    """Heads (window's word indices, -1 for roots) and relations of all words of a window."""
    heads: list[int] = []
    for a, b in borders:
        local = np.concatenate([arcs[a:b, :1], arcs[a:b, 1 + a : 1 + b]], 1)
        heads.extend(h + a if h >= 0 else -1 for h in trees.tree(local))
    at = np.array(heads)
    chosen = sides[at]
    chosen[at < 0] = labels.label_root
    # A label's score: of the dependent, of the head, and of the product of their vectors, which follow those scores.
    n = len(labels.deprel)
    scores = sought[:, :n] + chosen[:, :n] + (sought[:, n:] * chosen[:, n:]) @ labels.label_of_both
    root = labels.deprel.index("root")
    scores[:, root] = np.where(at < 0, np.inf, -np.inf)
    return heads, [labels.deprel[n] for n in scores.argmax(1).tolist()]


def _columns(
    tags: Floats, heads: Sequence[int], deprels: Sequence[str], forms: Sequence[str], labels: _Labels
) -> list[tuple[str, str, str, int, str]]:
    """Lemma, part of speech, Penn tag, head and relation of each word."""
    ends = labels.coarse + labels.fine, labels.coarse + labels.fine + len(labels.lemma)
    # Both tags at once, as a pair that the treebanks have: each mends the other's slips.
    pairs = (tags[:, labels.of_upos] + tags[:, labels.of_xpos]).argmax(1).tolist()
    scripts = tags[:, ends[0] : ends[1]]
    likeliest = scripts.argmax(1).tolist()
    columns = []
    for k, form in enumerate(forms):
        upos, xpos = labels.tags[pairs[k]]
        guesses = _guesses(form, likeliest[k], scripts[k], labels)
        columns.append((lemma(form, upos, xpos, guesses, labels.vocabulary), upos, xpos, heads[k], deprels[k]))
    return columns


def _guesses(form: str, likeliest: int, scores: Floats, labels: _Labels) -> Iterator[str]:
    """Lemmas by falling score. Most words need the first alone, so the others are sorted only when asked for."""
    yield edited(form, labels.lemma[likeliest])
    for number in np.argsort(-scores)[1:LEMMAS].tolist():
        yield edited(form, labels.lemma[number])


LEMMAS = 5
"""Guesses at a word's lemma that are looked at."""


_OPENING = frozenset("\"“‘'«„")

LEAST, SPARE = 0.4, 0.2
"""Probabilities from which a source, cue or content is marked: by itself, and beside likelier parts of one attribution.

``LEAST`` is half of the F1 that is reached, as decoding for F1 asks. An attribution is kept if its parts pass it on
average: a content whose border is in doubt does not cost a page the attribution."""


def _attributions(
    speech: Floats,
    links: Floats,
    spans: Sequence[tuple[int, int]],
    forms: Sequence[str],
    blocks: Sequence[int],
    labels: _Labels,
) -> list[Attribution]:
    """Spans by the chain, then links: each content to its likeliest cue, each cue to its likeliest source.

    The confidence is the mean probability of the spans being exactly right.
    """
    by_role: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    probability: dict[tuple[int, int], float] = {}
    for span in chains.likely_spans(speech, labels.speech_chain, labels.speech, LEAST, SPARE):
        by_role[span.label].append((span.first, span.last))
        probability[span.first, span.last] = span.probability
    cues, sources, contents = by_role["cue"], by_role["source"], by_role["content"]
    owners, picked = _linked(links, cues, sources, contents, forms, blocks)

    def characters(span: tuple[int, int]) -> tuple[int, int]:
        return spans[span[0]][0], spans[span[1] - 1][1]

    def confidence(*parts: tuple[int, int]) -> float:
        return round(sum(probability[part] for part in parts) / len(parts), 3)

    found = []
    for cue, source in zip(range(len(cues)), picked, strict=True):
        own = [contents[n] for n, owner in enumerate(owners) if owner == cue]
        likeliest = max(own, key=lambda part: probability[part], default=None)
        own = [part for part in own if part is likeliest or probability[part] > LEAST]
        if own:
            used = [cues[cue], *own] if source is None else [cues[cue], *own, sources[source]]
            found.append(
                Attribution(
                    None if source is None else characters(sources[source]),
                    characters(cues[cue]),
                    tuple(map(characters, own)),
                    confidence(*used),
                )
            )
    loose = [content for content, owner in zip(contents, owners, strict=True) if owner is None]
    found.extend(Attribution(None, None, (characters(content),), confidence(content)) for content in loose)
    kept = (attribution for attribution in found if attribution.confidence > LEAST)
    return sorted(kept, key=lambda attribution: min(attribution.content))


def _linked(
    links: Floats,
    cues: Sequence[tuple[int, int]],
    sources: Sequence[tuple[int, int]],
    contents: Sequence[tuple[int, int]],
    forms: Sequence[str],
    blocks: Sequence[int],
) -> tuple[list[int | None], list[int | None]]:
    """The cue of each content and the source of each cue, or None.

    A source stands in its cue's block, and so does a content, but for a quotation that opens one of the next three:
    so it is with all but ten sources and a hundred contents of the 42,000 in PolNeAR's training part.
    """
    cut = np.cumsum([0, _SPAN, _SPAN, _SPAN, _SPAN, 2])
    seeks, sought, source, content, none = (links[:, a:b] for a, b in pairwise(cut))
    cue_at, source_at, content_at = ([a for a, _ in found] for found in (cues, sources, contents))
    to_cue = content[content_at] @ sought[cue_at].T
    to_source = seeks[cue_at] @ source[source_at].T
    for n, a in enumerate(content_at):
        reach = 3 if forms[a] in _OPENING else 0
        for k, b in enumerate(cue_at):
            if not 0 <= blocks[a] - blocks[b] <= reach:
                to_cue[n, k] = -np.inf
    for k, a in enumerate(cue_at):
        for n, b in enumerate(source_at):
            if blocks[a] != blocks[b]:
                to_source[k, n] = -np.inf
    owners = np.concatenate([none[content_at, 1:2], to_cue], 1).argmax(1).tolist()
    picked = np.concatenate([none[cue_at, 0:1], to_source], 1).argmax(1).tolist()
    return [n - 1 if n else None for n in owners], [n - 1 if n else None for n in picked]
