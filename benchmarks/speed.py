"""How fast a page becomes a record, beside the limit: ``python -m benchmarks.speed``.

The limit is the bare encoder: the same int8 weights as they are exported, with ONNX Runtime's own settings, without
features' or heads' cost, on the same word pieces in the same windows. Whole job and bare encoder take turns page by
page, in one process on one thread, and what is counted is processor time, so that a noisy machine hurts both alike;
the wall's clock stands beside it. The whole job starts from the article's text: page, reading, all items, JSON.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from io import BytesIO
from pathlib import Path

import onnx
import onnxruntime

from onrecord import jsonl, sources
from onrecord.encoding import Window, load_tokenizer, windows, word_features
from onrecord.page import article_page
from onrecord.read import compose
from onrecord.reader import Reader
from onrecord.reading import Reading
from onrecord.record import Page

WANTED = 1.25


def bare_encoder() -> onnxruntime.InferenceSession:
    """The encoder cut out of the shipped network: from its inputs to its last layer."""
    weights = Path(str(resources.files("onrecord") / "data" / "reader.onnx"))
    graph = onnx.load(str(weights)).graph
    last = max(
        (node.output[0] for node in graph.node if node.op_type == "LayerNormalization"),
        key=[output for node in graph.node for output in node.output].index,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bare.onnx"
        onnx.utils.extract_model(str(weights), str(path), ["ids", "features"], [last])
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])


class Clock:
    """Seconds by name: of this process's processor time, and of the wall."""

    def __init__(self) -> None:
        self.processor: dict[str, float] = defaultdict(float)
        self.wall: dict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.processor[name] += time.process_time() - processor
        self.wall[name] += time.perf_counter() - wall


def articles(corpora: Path, count: int) -> list[Page]:
    """The first articles of the corpus, as pages."""
    found = sources.pages([str(corpora / "articles.jsonl.gz")], stdin=BytesIO())
    return [page for page in found if isinstance(page, Page)][:count]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--articles", type=int, default=899)
    options = parser.parse_args()
    reader, bare = Reader(), bare_encoder()
    tokenizer = load_tokenizer(Path(str(resources.files("onrecord") / "data" / "tokenizer.json")))

    def cut(page: Page, reading: Reading) -> list[Window]:
        numbers = [reading.sentences[token.sentence].block for token in reading.tokens]
        spans = [(token.start, token.end) for token in reading.tokens]
        features = word_features(page.text, spans, numbers, reading.quotations)
        return windows(tokenizer, [token.text for token in reading.tokens], features, numbers)

    pages = articles(options.corpora, options.articles)
    for page in pages[:3]:  # the first runs pay for memory and tables
        compose(page, reader.read(page), "benchmark")
    gc.freeze()  # as the processes of ``onrecord code`` do
    clock = Clock()
    pieces = 0
    for page in pages:
        with clock("page"):
            again = article_page({"text": page.text, "url": page.url}, source=page.source)
        with clock("reader"):
            reading = reader.read(again)
        with clock("items"):
            record = compose(again, reading, "benchmark")
        with clock("JSON"):
            jsonl.line(record)
        inputs = [{"ids": w.ids[None], "features": w.features[None]} for w in cut(page, reading)]
        with clock("bare encoder"):
            for each in inputs:
                bare.run(None, each)
        pieces += sum(each["ids"].size for each in inputs)
    report(clock, len(pages), pieces)


def report(clock: Clock, n: int, pieces: int) -> None:
    """Print the times and their ratio."""
    print(f"Speed, {n} articles, {pieces} word pieces, one thread, taken in turns; times of the processor (wall)")
    for times in (clock.processor, clock.wall):
        times["whole job"] = sum(times[name] for name in ("page", "reader", "items", "JSON"))
    for name in ("page", "reader", "items", "JSON", "whole job", "bare encoder"):
        seconds, wall = clock.processor[name], clock.wall[name]
        each = f"{1000 * seconds / n:7.2f} ({1000 * wall / n:7.2f}) ms/article"
        print(f"  {name:13}{each}  {n / seconds:8.2f} articles/s  {pieces / seconds:8.0f} pieces/s")
    ratio, by_wall = (times["whole job"] / times["bare encoder"] for times in (clock.processor, clock.wall))
    print(f"  ratio        {ratio:.2f} (by the wall {by_wall:.2f}; at most {WANTED} wanted)")


if __name__ == "__main__":
    main()
