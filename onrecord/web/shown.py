"""Text of pages, fit to be shown: it cannot act, it cannot turn its surroundings round, it cannot fill the screen.

Templates escape everything by themselves; what is here is about text that is dangerous though escaped.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

LONG = 300  # code points of a headline in a list

# Characters that reorder what is around them, or that no eye can see. Marks of direction (U+200E, U+200F, U+061C) are
# left alone: honest right-to-left text needs them and they reorder nothing by force.
UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def seen(text: str) -> Markup:
    """Text with the unseen made visible, as a small code point where the character stood."""
    parts: list[Markup] = []
    at = 0
    for match in UNSEEN.finditer(text):
        parts.append(escape(text[at : match.start()]))
        parts.append(Markup('<span class="unseen">U+{:04X}</span>').format(ord(match[0])))
        at = match.end()
    return Markup("").join([*parts, escape(text[at:])])


def shown(text: str | None, *, long: int = LONG) -> Markup:
    """Text in a place of its own direction, cut where it would take the page over."""
    if not text:
        return Markup("")
    cut = text if len(text) <= long else text[: long - 1].rstrip() + "…"
    return Markup('<bdi dir="auto">{}</bdi>').format(seen(cut))


def outside(url: str | None) -> str | None:
    """The address if a link may lead there: http and https, with a host, nothing that hides where it goes."""
    if not url or UNSEEN.search(url) or re.search(r"[\s\\]", url):
        return None
    try:
        parts = urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        return None
    sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return url if sound and port_is_sound else None


def clip(text: str, *, long: int = 120) -> str:
    """Text for where markup cannot stand (a title, a label): unseen characters as code points, and cut."""
    plain = UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text[: long + 1])
    return plain if len(text) <= long else plain[: long - 1].rstrip() + "…"
