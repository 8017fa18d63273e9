"""Looks that a machine can measure: WCAG 2.2 AA in both schemes, nothing cut on a phone, right-to-left text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from archive_records import OTHER_TEXT, make
from browsing import Site, browser, enter, own_site, page, pytestmark, site

from onrecord import Archive

__all__ = ["browser", "own_site", "page", "pytestmark", "site"]  # fixtures, and the reason to skip all of these


ALL = (
    "/", "/search?once=no", "/search?kind=events&about=BEL&once=no", "/actors", "/actors/person.ana-torun",
    "/pairs?once=no", "/pair?a=ARD&b=BEL&once=no", "/topic?text=target", "/warnings", "/calendar", "/stories",
    "/outlets", "/review", "/enter", "/docs", "/nothing-here", "ARTICLE", "STORY", "REVIEWER", "CORRECTING", "ADDING",
    "/words?who=ARD&once=no", "/words", "/topic", "/pair", "/search?text=nothing-like-it",
)  # fmt: skip


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("address", ALL)
def test_everybody_can_use_it(browser: Any, site: Site, address: str) -> None:
    """WCAG 2.2 AA as far as axe can tell, in the light look; contrast in the dark one as well; nothing cut at 360."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tab = browser.new_page()
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    with Archive(site.path, read_only=True) as archive:
        first = archive.stories(least=2).rows[0].first.id
        item = archive.items(first)["events"][0].item.id
    asked = {
        "ARTICLE": f"/pages/{first}",
        "STORY": f"/stories/{first}",
        "REVIEWER": "/review?kind=events",
        "CORRECTING": f"/pages/{first}?correct={item}",
        "ADDING": f"/pages/{first}?add=statements&at=3-40",
    }
    if address in ("REVIEWER", "CORRECTING", "ADDING"):
        enter(tab, site, asked[address])
    else:
        tab.goto(site.base + asked.get(address, address))
    if address == "REVIEWER":
        tab.locator("[data-correct] summary").first.click()
    if address == "ARTICLE":
        tab.check("input[name=actors]")
    told = violations(axe.run(tab, options={"runOnly": RULES}))
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
    told += violations(axe.run(tab, options={"runOnly": ["color-contrast"]}))
    for width in (1920, 820, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        if not tab.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            told.append(f"wider than a window of {width}")
    tab.close()
    assert told == []


def violations(found: Any) -> list[str]:
    """What axe has against a page, a line each."""
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for each in found.response["violations"]
        for node in each["nodes"][:3]
    ]


def test_right_to_left_text_keeps_its_direction(page: Any, tmp_path: Path) -> None:
    path = tmp_path / "rtl.onrecord"
    words = "وزيرة الخارجية"
    with Archive(path) as archive:
        archive.add(make(a=("أردانيا", "ARD"), person=words, template="{a} حذر {b} من {thing}\n\n" + OTHER_TEXT))
    with Site(path) as served:
        page.goto(served.base + "/search")
        first = page.locator(".party bdi", has_text=words).first
        assert page.evaluate("e => getComputedStyle(e).direction", first.element_handle()) == "rtl"
        page.locator(".hit blockquote a").first.click()
        heading = page.locator("article h1")
        assert page.evaluate("e => getComputedStyle(e).direction", heading.element_handle()) == "rtl"
        body = page.locator("article p.body, article p.lead").last
        assert page.evaluate("e => getComputedStyle(e).direction", body.element_handle()) == "ltr"
