"""A hand that does what a document tells it to: the program of hands in the tests of batches."""

from __future__ import annotations

import os
import signal
import time

from onrecord.batch import hand
from onrecord.batch.outcome import Outcome
from onrecord.reader import Reader
from onrecord.remembered import Remembered
from onrecord.sources import Document

_coded = hand.coded


def coded(document: Document, reader: Reader, *, everything: bool, remembered: Remembered) -> Outcome:
    """Obey, or code the document as any hand does."""
    text = document.data if isinstance(document.data, str) else document.data.decode("utf-8", "replace")
    if "PLEASE CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "PLEASE HANG" in text:
        time.sleep(1_000)
    if "PLEASE LEAVE" in text:
        os._exit(3)
    if "PLEASE SLOW DOWN" in text:
        time.sleep(0.3)
    return _coded(document, reader, everything=everything, remembered=remembered)


if __name__ == "__main__":
    hand.coded = coded
    hand.main()
