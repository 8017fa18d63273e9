"""The pages in a real browser: Debian's Chromium through Playwright. Skipped only where no browser can be had."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from archive_records import make
from browsing import Site, article, browser, own_site, page, pytestmark, site
from web_hostile import ADDRESSES, PAYLOADS

from onrecord import Archive
from onrecord.record import Outlet

__all__ = ["browser", "own_site", "page", "pytestmark", "site"]  # fixtures, and the reason to skip all of these


def test_every_page_opens_from_the_front_page(page: Any, site: Site) -> None:
    page.goto(site.base)
    names = page.locator(".top nav a").all_inner_texts()
    for name in names:
        page.locator(".top nav a", has_text=name).first.click()
        page.wait_for_load_state()
        assert page.locator(".top nav [aria-current]").inner_text() == name
        assert page.locator("main h1").count() == 1 and name in " ".join(names)


def test_search_by_the_box_and_by_a_facet_and_back(page: Any, site: Site) -> None:
    page.goto(site.base)
    page.fill("#find", "legitimate")
    page.press("#find", "Enter")
    page.wait_for_url("**/search?text=legitimate")
    before = page.locator(".hit").count()
    assert before == 2
    facet = page.locator(".facet a").first
    count = int(facet.locator("xpath=../span").inner_text())
    facet.click()
    page.wait_for_selector(".chips a >> nth=1")
    assert page.locator(".hit").count() == count
    page.go_back()
    assert page.locator(".hit").count() == before
    page.go_forward()
    page.locator(".chips a").last.click()
    assert page.locator(".hit").count() == before


def test_a_shared_address_opens_the_words(page: Any, site: Site, browser: Any) -> None:
    article(page, site)
    shared = page.url
    assert "#" in shared
    other = browser.new_page()
    other.goto(shared)
    card = other.locator(".card[aria-current]")
    assert card.count() == 1 and card.get_attribute("id") == shared.partition("#")[2]
    assert other.locator(".m.held").first.is_visible()
    other.close()


def test_pointing_shows_who_and_why(page: Any, site: Site) -> None:
    article(page, site)
    page.locator(".m.trigger", has_text="legitimate target").first.hover()
    tip = page.locator("[data-tip]")
    assert tip.is_visible()
    assert "Ana Torun" in tip.inner_text() and "legitimate target" in tip.inner_text()
    page.mouse.move(5, 5)
    assert tip.is_hidden()


def test_a_click_goes_from_mark_to_card_and_back(page: Any, site: Site) -> None:
    article(page, site)
    page.locator(".m.trigger", has_text="attacked").first.click()
    card = page.locator(".card[aria-current]")
    assert "attacked" in card.inner_text()
    assert page.url.endswith("#" + card.get_attribute("id"))
    page.locator(".card.meetings [data-jump]").first.click()
    assert "will meet" in "".join(page.locator(".m.held").all_inner_texts())


def test_the_article_by_keyboard(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/search?kind=statements&about=BEL&once=no")
    page.goto(site.base + page.locator(".hit blockquote a").last.get_attribute("href").partition("#")[0])
    page.keyboard.press("j")
    first = page.locator(".card[aria-current]").get_attribute("id")
    page.keyboard.press("j")
    second = page.locator(".card[aria-current]").get_attribute("id")
    page.keyboard.press("k")
    assert page.locator(".card[aria-current]").get_attribute("id") == first != second
    assert page.evaluate("document.activeElement.dataset.jump") == first
    page.keyboard.press("Escape")
    assert page.locator(".card[aria-current]").count() == 0


def test_what_is_marked_can_be_chosen(page: Any, site: Site) -> None:
    article(page, site)
    trigger = page.locator(".m.trigger").first
    line = "getComputedStyle(document.querySelector('.m.trigger')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.uncheck("input[name=events]")
    assert page.evaluate(line) == "none" and page.locator(".card.events").first.is_hidden()
    trigger.hover()
    assert "threaten" not in page.locator("[data-tip]").inner_text().lower()


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("/pair?a=ARD&b=BEL&once=no", ["timeline"]),
        ("/pairs?once=no", ["matrix", "network"]),
        ("/calendar", ["map"]),
        ("/topic?text=target", ["timeline", "network"]),
        ("/words?who=ARD&once=no", ["timeline"]),
        ("/actors/ard?once=no", ["timeline"]),
        ("/outlets", ["matrix"]),
    ],
)
def test_plots_are_drawn_from_their_tables(page: Any, site: Site, address: str, kinds: list[str]) -> None:
    page.goto(site.base + address)
    for kind in kinds:
        page.wait_for_selector(f"figure[data-plot={kind}][data-drawn] canvas", timeout=8000)
        assert page.locator(f"figure[data-plot={kind}] table tbody tr").count() >= 1


def test_a_click_on_a_bar_shows_what_stands_under_it(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/pair?a=ARD&b=BEL&by=month&once=no")
    page.wait_for_selector("figure[data-drawn] canvas")
    box = page.locator("figure[data-drawn] .canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 60)
    page.wait_for_url("**since=2026-03-01**")


def test_the_map_is_the_world_once(page: Any, site: Site) -> None:
    """Rings over the date line go on a little beyond it; none goes round the world again."""
    page.goto(f"{site.base}/calendar")
    page.wait_for_selector("figure[data-plot=map][data-drawn] canvas")
    low, high = page.evaluate(
        """() => {
          const xs = echarts.getMap("world").geoJSON.features[0].geometry.coordinates.flat(2).map(([x]) => x);
          return [Math.min(...xs), Math.max(...xs)];
        }"""
    )
    assert -190 <= low < -160 and 160 < high <= 195


def test_on_a_phone_a_touch_tells_of_a_mark_and_leads_to_its_card(browser: Any, site: Site, page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    article(page, site)
    page.locator(".m.trigger", has_text="attacked").first.click()
    sheet = page.locator("[data-tip]")
    assert sheet.is_visible() and "attacked" in sheet.inner_text()
    assert page.locator(".m.trigger.held").first.is_visible()
    sheet.locator("a").first.click()
    page.wait_for_function(
        "() => document.querySelector('[data-card][aria-current]').getBoundingClientRect().top < innerHeight"
    )
    assert sheet.is_hidden()


def test_an_export_is_the_page_as_a_table(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/search?kind=events&once=no")
    with page.expect_download() as waiting:
        page.locator(".tools a", has_text="CSV").click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert waiting.value.suggested_filename == "search.csv"
    assert len(lines) == 1 + page.locator(".hit").count()
    with page.expect_download() as waiting:
        page.locator(".tools a", has_text="Parquet").click()
    assert Path(waiting.value.path()).read_bytes()[:4] == b"PAR1"
    hits = page.locator(".hit").count()
    page.locator(".tools a", has_text="JSON").click()
    assert page.evaluate("JSON.parse(document.body.innerText).hits.length") == hits
    page.go_back()
    assert page.locator(".hit").count() == hits


def test_an_empty_archive_says_so(page: Any, tmp_path: Path) -> None:
    Archive(tmp_path / "empty.onrecord").close()
    with Site(tmp_path / "empty.onrecord") as empty:
        for address in (
            "/",
            "/search",
            "/actors",
            "/pairs",
            "/warnings",
            "/calendar",
            "/stories",
            "/outlets",
            "/words",
            "/review",
        ):
            page.goto(empty.base + address)
            assert page.locator(".empty").first.is_visible(), address


def test_an_archive_that_is_written_to_meanwhile(page: Any, own_site: Site) -> None:
    done = threading.Event()

    def write() -> None:
        with Archive(own_site.path) as archive:
            for n in range(60):
                if done.is_set():
                    return
                archive.add(make(url=f"https://courier.example/{n}", thing=f"quay {n}", published="2026-03-05"))

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    for _ in range(6):
        assert page.goto(f"{own_site.base}/search?once=no").status == 200
        seen.append(int(page.locator("h1").inner_text().split()[0].rstrip("+")))
    writer.join(30)
    done.set()
    page.goto(f"{own_site.base}/search?once=no")
    seen.append(int(page.locator("h1").inner_text().split()[0].rstrip("+")))
    assert seen == sorted(seen) and seen[-1] == 6 + 120


def test_hostile_pages_do_nothing(page: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.onrecord"
    with Archive(path) as archive:
        for n, attack in enumerate(PAYLOADS):
            archive.add(
                make(a=(attack, "ARD"), person=f"{attack} {n}", thing=attack, credit=attack, source=f"{n}.html",
                     url=f"{ADDRESSES[n % len(ADDRESSES)]}#{n}", outlet=Outlet(attack, f"{n}.example", None))
            )  # fmt: skip
        articles = ["/pages/" + ref.id for ref in archive.pages(limit=100).rows]
    with Site(path) as hostile:
        lists = ["/", "/search?once=no&limit=100", "/actors?limit=100", "/topic?text=target&once=no",
                 "/warnings?once=no", "/stories?least=1", "/review"]  # fmt: skip
        for address in (*lists, *articles[::4]):
            page.goto(hostile.base + address)
            if address in articles:
                page.locator(".m").first.hover()
            assert page.evaluate("window.hurt") is None, address
            assert page.url == hostile.base + address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is pushed wide"


def test_the_policy_stops_what_a_page_would_add(page: Any, site: Site, browser: Any) -> None:
    tab = browser.new_page()  # one in which breaking the policy is the point
    tab.goto(site.base + "/search")
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hurt=1>')")
    script = "const e = document.createElement('script'); e.text = 'window.hurt=1'; document.body.append(e);"
    tab.evaluate(f"() => {{ {script} }}")
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.hurt") is None
    tab.close()
    page.goto(site.base + "/docs")
