"""Pages that name no political actor, told before they are read."""

from __future__ import annotations

import pytest

from onrecord.actors import names_political_actor
from onrecord.page import article_page, read_page
from onrecord.read import SKIMMED, read, read_many

CAKE = "The baker said on Monday that the cakes would be ready by noon. “We use more butter,” she said."


@pytest.mark.parametrize(
    "text",
    [
        "Norway will close the strait, a fisherman said.",
        "Two Danes were seen at the lake.",
        "The minister said nothing.",
        "Rebels took the bridge.",
        "NATO met.",
        "The Kremlin was silent.",
        "A court in the valley heard the case.",
    ],
)
def test_a_state_a_body_or_an_office_makes_a_page_political(text: str) -> None:
    assert names_political_actor(article_page({"text": text}, source="-"))


@pytest.mark.parametrize("text", [CAKE, "Turkey is best with chestnuts, the cook told us.".replace("T", "t", 1)])
def test_others_are_not(text: str) -> None:
    assert not names_political_actor(article_page({"text": text}, source="-"))


def test_furniture_makes_no_page_political() -> None:
    body = "".join(f"<p>{CAKE} The oven is old, and nobody knows how long it will last.</p>" for _ in range(4))
    html = f"<html><body><nav><a href='/w'>Norway</a></nav><article><h1>Cakes</h1>{body}</article></body></html>"
    assert not names_political_actor(read_page(html, source="-"))


def test_what_is_not_read_says_so_and_nothing_else_changes() -> None:
    cake, talks = (
        article_page({"text": text}, source="-") for text in (CAKE, "Norway said that it would meet envoys of Chad.")
    )
    whole, skimmed = read(cake), read(cake, everything=False)
    assert whole.statements and not whole.reader.endswith(SKIMMED)
    assert (skimmed.statements, skimmed.events, skimmed.actors) == ((), (), ())
    assert skimmed.page == cake and skimmed.reader == f"{whole.reader}-{SKIMMED}"
    assert list(read_many([cake, talks], everything=False)) == [skimmed, read(talks)]
