"""The language of a page that declares none, where a quick look is sure."""

from __future__ import annotations

from resiliparse.parse.lang import detect_fast

_SURE = 600  # distance to the nearest profile: the 899 news articles of the corpus lie between 154 and 517
_ENOUGH = 200  # characters; less says too little


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where the text is too short or the detector not sure."""
    if len(text) < _ENOUGH:
        return None
    code, _distance = detect_fast(text[:5000], cutoff=_SURE)
    return None if code == "unknown" else str(code)
