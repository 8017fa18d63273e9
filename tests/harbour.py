"""Invented pages about a harbour, and what a batch wrote of them, for the tests of batches."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from warcs import record

BAD = (sys.executable, str(Path(__file__).with_name("bad_hand.py")))
"""The program of a hand that misbehaves when it is told to."""

WORDS = (
    "The harbour council of ward {n} said on Monday that it had asked the port authority to reopen the north pier. "
    '"We will not wait another winter," council leader Ida Halvorsen told reporters. '
)
GERMAN = (
    "Der Hafenrat teilte am Montag mit, er habe die Hafenbehörde gebeten, den Nordpier wieder zu öffnen. "
    "Man werde nicht noch einen Winter warten, sagte die Vorsitzende vor Journalisten in der Stadt. "
)


def article(n: int, text: str = WORDS) -> str:
    return json.dumps({"text": text.format(n=n), "url": f"https://harbour-post.example/{n}", "published": "2026-03-02"})


def site(n: int, text: str = WORDS) -> bytes:
    page = f"<html><body><h1>Pier {n} to reopen</h1><p>{text.format(n=n)}</p><p>{text.format(n=n)}</p></body></html>"
    return record(f"https://harbour-post.example/w{n}", page.encode())


def bytes_of(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }
