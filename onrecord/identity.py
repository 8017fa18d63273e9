"""Ids from content: the same page and the same item have the same id in every run, on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from onrecord.record import Span


def short_hash(*parts: str) -> str:
    """Sixteen hexadecimal digits of the parts. No two lists of parts share a digest by how they are joined."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def page_id(address: str, digest: str) -> str:
    """A page's id: of its canonical URL, else its source, and of its text's digest."""
    return short_hash("page", address, digest)


def item_id(
    page: str, kind: str, spans: Iterable[Span | None], type_: str, parties: Iterable[str], seen: dict[str, int]
) -> str:
    """An item's id: of its page, kind, spans, type and parties, and an ordinal where all that is equal.

    ``seen`` counts the equal ones of a page so far; start each page with an empty one and pass it along.
    """
    places = ["-" if span is None else f"{span.start}:{span.end}" for span in spans]
    parts = [page, kind, type_, "|".join(places), "|".join(parties)]
    base = short_hash(*parts)
    ordinal = seen.get(base, 0)
    seen[base] = ordinal + 1
    return base if ordinal == 0 else short_hash(*parts, str(ordinal))
