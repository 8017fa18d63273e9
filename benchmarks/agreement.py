"""How far two annotators agree on the fifteen articles that both read: ``python -m benchmarks.agreement``.

The second annotation is scored against the first as if it were a system's, by the measures of the other benchmarks:
what a reader can be asked to reach is not far above this.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from benchmarks.gold.load import annotated
from benchmarks.statements import matched, words_in

Interval = tuple[int, int]


def touches(a: list[int] | None, b: list[int] | None) -> bool:
    """Whether two spans share a character; two missing ones do too."""
    if a is None or b is None:
        return a is b
    return a[0] < b[1] and b[0] < a[1]


def percent(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{100 * part / whole if whole else 0:5.1f}  ({part} of {whole})"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    options = parser.parse_args()
    first = {a["id"]: (text, a) for text, a in annotated(options.corpora, "both")}
    second = {a["id"]: a for _, a in annotated(options.corpora, "both", annotator="second")}
    n: dict[str, int] = {}

    def count(name: str, by: int = 1) -> None:
        n[name] = n.get(name, 0) + by

    for name, b in second.items():
        text, a = first[name]

        def contents(annotation: dict[str, Any], text: str = text) -> list[set[int]]:
            return [words_in(text, [(c[0], c[1]) for c in s["content"]]) for s in annotation["statements"]]

        count("statements first", len(a["statements"]))
        count("statements second", len(b["statements"]))
        for i, j in matched(contents(b), contents(a)):
            count("matched")
            mine, theirs = b["statements"][i], a["statements"][j]
            count("speaker", touches(mine["speaker"], theirs["speaker"]))
            count("country and sector", (mine["country"], mine["sector"]) == (theirs["country"], theirs["sector"]))
            count("kind", mine["kind"] == theirs["kind"])
        for core in (False, True):
            kind = "core events" if core else "events"
            mine_events = [e for e in b["events"] if e["core"] or not core]
            count(f"{kind} second", len(mine_events))
            count(f"{kind} first", sum(e["core"] or not core for e in a["events"]))
            for e in mine_events:
                hits = [f for f in a["events"] if touches(e["trigger"], f["trigger"])]
                count(f"{kind} trigger", bool(hits))
                count(f"{kind} trigger and type", any(e["type"] == f["type"] for f in hits))
    print(f"Agreement of two annotators, {len(second)} articles")
    print(f"  statements of the first that the second has   {percent(n['matched'], n['statements first'])}")
    print(f"  statements of the second that the first has   {percent(n['matched'], n['statements second'])}")
    for name in ("speaker", "country and sector", "kind"):
        print(f"  {name + ' the same':45} {percent(n[name], n['matched'])}")
    for kind in ("events", "core events"):
        for what in ("trigger", "trigger and type"):
            print(f"  {f'{kind}: {what} the same':45} {percent(n[f'{kind} {what}'], n[f'{kind} second'])}")


if __name__ == "__main__":
    main()
