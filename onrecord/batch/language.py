"""Whether a page is in English, the one language that the reader knows."""

from __future__ import annotations

from resiliparse.parse.lang import detect_fast

from onrecord.reading import READ_ROLES
from onrecord.record import Page

ENGLISH = "en"
_SURE = 1_000  # characters: from here on the detector names all 899 English articles rightly; of the first 200, 849
_UNLIKE = 0.5  # share of letters that English does not have, above which a shorter text is believed too


def other_language(page: Page) -> str | None:
    """The language of a page that is not English, as ISO 639-1 tells it; None for English, and in doubt.

    Text counts for more than what a page declares, since sites declare their template's language; where the text is
    too short to tell, both must agree.
    """
    text = "\n".join(page.text[block.start : block.end] for block in page.blocks if block.role in READ_ROLES)
    code, _distance = detect_fast(text[:5_000])
    if code in ("unknown", ENGLISH):
        return None
    letters = [letter for letter in text if letter.isalpha()]
    unlike = sum(not letter.isascii() for letter in letters) > _UNLIKE * len(letters)
    declared = (page.language or "").lower().partition("-")[0]
    return str(code) if len(text) >= _SURE or unlike or declared == code else None
