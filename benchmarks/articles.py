"""All articles through the whole job: ``python -m benchmarks.articles``. No crash, and every record sound.

Sound means: every span slices to its text, none touches furniture, ids are unique, parties exist (``soundness.py``).
"""

from __future__ import annotations

import argparse
from collections import Counter
from io import BytesIO
from pathlib import Path

from benchmarks.soundness import check_sound
from onrecord import sources
from onrecord.read import read
from onrecord.reader import Reader


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    options = parser.parse_args()
    reader = Reader(threads=2)
    counts: Counter[str] = Counter()
    for item in sources.pages([str(options.corpora / "articles.jsonl.gz")], stdin=BytesIO()):
        if isinstance(item, sources.Failure):
            counts["failed"] += 1
            print(f"  {item.error}")
            continue
        record = read(item, reader)
        try:
            check_sound(record)
        except AssertionError as error:
            counts["unsound"] += 1
            print(f"  {item.source}: {error}")
        counts["articles"] += 1
        counts["without a speaker"] += sum(s.speaker is None for s in record.statements)
        for name in ("statements", "events", "commitments", "meetings", "actors", "dates"):
            counts[name] += len(getattr(record, name))
    print(f"Articles: {counts['articles']} read, {counts['failed']} failed, {counts['unsound']} unsound")
    print("  " + ", ".join(f"{counts[name]} {name}" for name in ("statements", "without a speaker", "events")))
    print("  " + ", ".join(f"{counts[name]} {name}" for name in ("commitments", "meetings", "actors", "dates")))


if __name__ == "__main__":
    main()
