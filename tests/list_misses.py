"""Print the misses of today as ``known_misses.tsv``: ``python tests/list_misses.py > tests/pages/known_misses.tsv``.

For new weights, which move many at once. Read the difference before committing it: each new line is something that went
wrong, and wants a reason.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cases import CASES, LISTS, inventions, item_misses, page_misses


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Page, list, place and what is missed, in the order of the cases."""
    for case in CASES:
        lists = {items: item_misses(case, items) for items in LISTS if items in case.expected}
        for items, misses in {"page": page_misses(case), **lists, "invented": inventions(case)}.items():
            for place, what in misses.items():
                yield case.name, items, place, what


if __name__ == "__main__":
    sys.stdout.writelines("\t".join(row) + "\n" for row in (("page", "list", "place", "what"), *rows()))
