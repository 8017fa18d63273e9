"""The published table: ``make benchmarks``, which is ``python -m benchmarks.table``.

Runs each part of ``make bench`` (and the peers) as the command that it is, keeps what it printed in
``docs/benchmarks.json`` with commit, machine, time and load, and writes ``docs/benchmarks.md`` from that alone. A part
that was run with the same package, weights and script is not run again: a run that was stopped goes on.

    python -m benchmarks.table                    all parts that are missing or out of date
    python -m benchmarks.table speed attribution  these, again
    python -m benchmarks.table --page             the page alone, from what is kept
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import Line, lines

ROOT = Path(__file__).parents[1]
KEPT, PAGE = ROOT / "docs" / "benchmarks.json", ROOT / "docs" / "benchmarks.md"

PARTS: dict[str, tuple[str, ...]] = {
    # what needs a calm machine, first
    "speed": ("speed",),
    "copies": ("stream", "copies"),
    "pair": ("stream", "pair"),
    "memory": ("stream", "memory"),
    "batch": ("batch",),
    "sizes": ("sizes",),
    "archive": ("archive",),
    "peers": ("peers",),
    "pages": ("pages",),
    "reader": ("reader",),
    "attribution": ("attribution",),
    "statements": ("statements",),
    "agreement": ("agreement",),
    "actors": ("actors",),
    "mentions": ("mentions",),
    "coreference": ("coreference",),
    "dates": ("dates",),
    "events": ("events",),
    "pairs": ("pairs",),
    "conditions": ("conditions",),
    "gold_events": ("gold_events",),
    "articles": ("articles",),
    "stories": ("stories",),
    "fuzz": ("fuzz",),
}
"""Part -> module and arguments."""

MISSING = "not in what was printed"

Kept = dict[str, dict[str, Any]]


def run(part: str, corpora: Path, python: str) -> dict[str, Any]:
    """Run a part; what it printed, and where and when. Raises CalledProcessError where it fails."""
    module, *arguments = PARTS[part]
    command = ["python", "-m", f"benchmarks.{module}", *arguments]
    began, load = time.monotonic(), os.getloadavg()[0]
    done = subprocess.run(
        [python, *command[1:], "--corpora", str(corpora)],
        cwd=ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return {
        "command": " ".join(command),
        "made_of": made_of(part),
        "commit": commit(),
        "day": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "load": round(load, 1),
        "seconds": round(time.monotonic() - began),
        # addresses of the corpora's pages are not ours to publish
        "output": [line.rstrip() for line in done.stdout.splitlines() if "://" not in line],
    }


def made_of(part: str) -> str:
    """A digest of the package, its weights, and the part's script."""
    digest = hashlib.blake2b(digest_size=8)
    package = sorted(path for path in (ROOT / "onrecord").rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in (*package, ROOT / "benchmarks" / f"{PARTS[part][0]}.py"):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def commit() -> str:
    """The commit that is checked out; ``+`` after it where files that count were changed since."""
    name = _git("rev-parse", "--short", "HEAD").strip()
    return name + "+" * bool(_git("status", "--porcelain", "onrecord", "benchmarks").strip())


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout


def machine() -> str:
    """Processor, cores, and the versions that speed depends on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def page(kept: Kept, shown: Sequence[Line] | None = None) -> str:
    """The published page, from what is kept alone; a figure that an output lacks is said to be missing."""
    rows = []
    topic = ""
    for line in lines() if shown is None else shown:
        if line.topic != topic:
            topic = line.topic
            rows += [
                "",
                f"## {topic}",
                "",
                "| what | on | ours | wanted | others, as published |",
                "| --- | --- | --- | --- | --- |",
            ]
            if topic == "Peers":
                rows[-2] = "| what | on | theirs | | compare |"
        done = kept.get(line.part)
        try:
            figure = line.figure("\n".join(done["output"])) if done else "not run"
        except LookupError:
            figure = MISSING
        rows.append(f"| {line.what} | {line.on} | **{figure}** | {line.wanted} | {line.others} |")
    told = ("commit", "day", "seconds", "load", "machine")
    runs = [
        " | ".join([f"| `{done['command']}`", *(str(done[name]) for name in told)]) + " |"
        for done in (kept[part] for part in PARTS if part in kept)
    ]
    return "\n".join([*_HEAD, *rows, "", *_RUNS, *runs, ""])


_HEAD = [
    "# Benchmarks",
    "",
    "Made by `make benchmarks` from what each command printed, which is kept whole in `benchmarks.json`: not to be",
    "edited by hand. All quality is on development splits that the reader was not trained on; none is a held-out test.",
    "Others' figures are as they published them, mostly on other splits: compare shapes, not digits. *Peers* were run",
    "here, in the same run. Percent, or F1 in percent, unless a unit stands there.",
]
_RUNS = [
    "## Runs",
    "",
    "Load is the machine's average when the run began: figures of speed count where it was near 0.",
    "",
    "| command | commit | day | seconds | load | machine |",
    "| --- | --- | --- | --- | --- | --- |",
]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--page", action="store_true", help="run nothing")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="the Python that has the peers")
    options = parser.parse_args()
    if unknown := set(options.part) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    kept: Kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    failed = []
    for part in () if options.page else options.part or PARTS:
        if not options.part and kept.get(part, {}).get("made_of") == made_of(part):
            print(f"{part}: as it was", file=sys.stderr)
            continue
        print(f"{part} ...", file=sys.stderr, flush=True)
        try:
            kept[part] = run(part, options.corpora, options.peers if part == "peers" else sys.executable)
        except subprocess.CalledProcessError as error:
            print(f"{part}: failed with status {error.returncode}; its last figures stay", file=sys.stderr)
            failed.append(part)
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    told = page(kept)
    PAGE.write_text(told, encoding="utf-8")
    if MISSING in told:
        print(
            f"{told.count(MISSING)} figures are not in what was printed: mend benchmarks/figures.tsv", file=sys.stderr
        )
    sys.exit(1 if failed or MISSING in told else 0)


if __name__ == "__main__":
    main()
