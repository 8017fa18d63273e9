"""How fast ``onrecord code`` is, a core: ``python -m benchmarks.batch``.

The command itself, on a WARC file (a gzip member a record, as Common Crawl writes them) of the 92 real HTML pages and
of as many articles wrapped as HTML, with one worker and with as many as there are cores: pages a second by the wall,
start-up included and without it; and what a month of a news crawl would take at that rate.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
import time
from html import escape
from pathlib import Path

from onrecord import batch

PAGES_A_MONTH = 10_000_000
"""Of Common Crawl's news crawl, in order of size; of these a half is English."""


def warc(corpora: Path, path: Path, articles: int) -> int:
    """Write the file; the number of its pages."""
    bodies = [gzip.decompress(page.read_bytes()) for page in sorted((corpora / "pages" / "html").glob("*.html.gz"))]
    with gzip.open(corpora / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(articles), lines, strict=False):
            paragraphs = "".join(f"<p>{escape(one)}</p>" for one in json.loads(line)["text"].split("\n") if one.strip())
            bodies.append(f"<html><body><article>{paragraphs}</article></body></html>".encode())
    with path.open("wb") as file:
        for number, body in enumerate(bodies):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-02T04:05:06Z\r\n"
                f"WARC-Record-ID: <urn:x:{number}>\r\nWARC-Target-URI: https://page{number}.example/a\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return len(bodies)


def rate(path: Path, workers: int) -> tuple[float, float, int]:
    """Pages a second in all, and from the first page that was done; and how many failed."""
    times: list[float] = []
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        found = batch.code(
            [str(path)], f"{out}/coded", workers=workers, tell=lambda _: times.append(time.perf_counter())
        )
    took = time.perf_counter() - began
    documents = int(found["documents"])
    return documents / took, (documents - 1) / (times[-1] - times[0]), int(found["failures"])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.warc.gz"
        pages = warc(options.corpora, path, options.articles)
        print(f"onrecord code, {pages} pages of HTML in a WARC of {path.stat().st_size / 1e6:.1f} MB, by the wall")
        for workers in dict.fromkeys((1, cores)):
            whole, steady, failed = rate(path, workers)
            name = f"{workers} worker{'s' * (workers > 1)}:"
            print(f"  {name:11} {steady:6.2f} pages a second ({whole:.2f} with start-up), {failed} failed")
    hours = PAGES_A_MONTH / (steady / cores * 3600)
    print(
        f"  {steady / cores:.2f} pages a second and core: {PAGES_A_MONTH:,} pages are {hours:,.0f} core hours,", end=" "
    )
    print(f"{hours / 128:.1f} hours on 128 cores")


if __name__ == "__main__":
    main()
