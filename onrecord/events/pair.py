"""The type of the event between two given phrases, by the reader's head for pairs."""

from __future__ import annotations

from onrecord.reader import Reader, packaged_reader


def classify(
    sentence: str, actor: tuple[int, int], recipient: tuple[int, int], *, reader: Reader | None = None
) -> dict[str, float]:
    """The probability of each of the 16 PLOVER types for what ``actor`` does to ``recipient`` in a sentence.

    Spans are code points of the sentence, end exclusive; None takes the packaged reader. The head was trained on PLV,
    whose label YIELD stands for CONCEDE or RETREAT: only their sum is meaningful. Raises ValueError where a span
    holds no word.
    """
    return (reader or packaged_reader()).pair_types(sentence, actor, recipient)
