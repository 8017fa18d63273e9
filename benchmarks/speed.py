"""How fast a page becomes a record, beside the limit: ``python -m benchmarks.speed``.

The limit is the bare encoder, the same int8 weights without features' or heads' cost, on the same word pieces in the
same windows. Whole job and bare encoder take turns on small groups of articles, in one process on one thread, so that a
noisy machine hurts both alike. The whole job starts from the article's text: page, reading, all items, JSON.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from importlib import resources
from io import BytesIO
from pathlib import Path

import onnx
import onnxruntime

from onrecord import jsonl, sources
from onrecord.encoding import load_tokenizer, windows, word_features
from onrecord.page import article_page
from onrecord.read import compose
from onrecord.reader import Reader
from onrecord.record import Page

GROUP = 20
WANTED = 1.6


def bare_encoder(threads: int) -> onnxruntime.InferenceSession:
    """The encoder cut out of the shipped network: from its inputs to its last layer."""
    weights = Path(str(resources.files("onrecord") / "data" / "reader.onnx"))
    graph = onnx.load(str(weights)).graph
    last = max(
        (node.output[0] for node in graph.node if node.op_type == "LayerNormalization"),
        key=[output for node in graph.node for output in node.output].index,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bare.onnx"
        onnx.utils.extract_model(str(weights), str(path), ["ids", "features"], [last])
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--articles", type=int, default=899)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    reader = Reader(threads=options.threads)
    bare = bare_encoder(options.threads)
    tokenizer = load_tokenizer(Path(str(resources.files("onrecord") / "data" / "tokenizer.json")))
    articles = [str(options.corpora / "articles.jsonl.gz")]
    pages = [p for p in sources.pages(articles, stdin=BytesIO()) if isinstance(p, Page)][: options.articles]
    whole_time = bare_time = read_time = 0.0
    pieces = 0
    reader.read(pages[0])
    for at in range(0, len(pages), GROUP):
        group = pages[at : at + GROUP]
        cut = []
        for page in group:
            reading = reader.read(page)
            numbers = [reading.sentences[token.sentence].block for token in reading.tokens]
            spans = [(token.start, token.end) for token in reading.tokens]
            features = word_features(page.text, spans, numbers, reading.quotations)
            cut.extend(windows(tokenizer, [token.text for token in reading.tokens], features, numbers))
        began = time.perf_counter()
        for window in cut:
            bare.run(None, {"ids": window.ids[None], "features": window.features[None]})
        bare_time += time.perf_counter() - began
        pieces += sum(len(window.ids) for window in cut)
        for page in group:
            began = time.perf_counter()
            again = article_page({"text": page.text, "url": page.url}, source=page.source)
            before_reading = time.perf_counter()
            reading = reader.read(again)
            read_time += time.perf_counter() - before_reading
            jsonl.line(compose(again, reading, "benchmark"))
            whole_time += time.perf_counter() - began
    n = len(pages)
    print(f"Speed, {n} articles, {pieces} word pieces, {options.threads} thread(s), taken in turns")
    for name, seconds in (("whole job", whole_time), ("of which reader", read_time), ("bare encoder", bare_time)):
        each = f"{1000 * seconds / n:6.1f} ms/article"
        print(f"  {name:16} {n / seconds:6.2f} articles/s  {pieces / seconds:8.0f} pieces/s  {each}")
    print(f"  ratio            {whole_time / bare_time:.2f}   (at most {WANTED} wanted)")


if __name__ == "__main__":
    main()
