"""The pages in a real browser: Debian's Chromium through Playwright. Skipped only where no browser can be had."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from archive_records import OTHER_TEXT, make
from web_hostile import ADDRESSES, PAYLOADS

from onrecord import Archive
from onrecord.record import Outlet, Span, Where
from onrecord.web import create
from onrecord.web.keys import Keys

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install 'onrecord[dev]'")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here, and `make test` could not install one")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
OWN = ("http://127.0.0.1:", "data:")
TOKEN = "a token of the tests"
POST = Outlet("Belmark Post", "post.example", "BEL")


def fill(path: Path) -> None:
    """Two stories, one of them in two outlets, and one page that is nobody's copy."""
    first = make()
    where = Where("Kest", "BEL", 46.2, 6.1, Span(0, 8, first.page.text[:8]))
    with Archive(path) as archive:
        archive.add(replace(first, meetings=tuple(replace(meeting, where=where) for meeting in first.meetings)))
        archive.add(make(url="https://post.example/copy", outlet=POST, published="2026-03-03"))
        archive.add(
            make(a=("Belmark", "BEL"), b=("Ardania", "ARD"), person="Olof Reker", thing="old bridge", outlet=POST,
                 url="https://post.example/bridge", published="2026-03-04", template=OTHER_TEXT)
        )  # fmt: skip


class Site:
    """An archive served on a free port of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        app = create(path, keys=Keys(TOKEN), reads=None, writes=None)
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listening]}, daemon=True)

    def __enter__(self) -> Site:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.listening.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser with a fresh profile."""
    with sync_api.sync_playwright() as playwright:
        profile = tmp_path_factory.mktemp("profile")
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=FLAGS, viewport={"width": 1280, "height": 900}
        )
        yield context
        context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive that is only read."""
    path = tmp_path_factory.mktemp("site") / "archive.onrecord"
    fill(path)
    with Site(path) as served:
        yield served


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """An archive that a test writes to."""
    fill(tmp_path / "own.onrecord")
    with Site(tmp_path / "own.onrecord") as served:
        yield served


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A tab in which nothing may go wrong: no script error, no break of the policy, nothing asked of anybody else."""
    tab = browser.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    tab.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    tab.on("request", lambda asked: None if asked.url.startswith(OWN) else wrong.append(asked.url))
    tab.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    yield tab
    tab.close()
    assert wrong == []


def article(page: Any, site: Site) -> None:
    """Open the article of the first statement, by clicking."""
    page.goto(f"{site.base}/search?about=BEL&once=no")
    page.locator(".hit blockquote a").last.click()
    page.wait_for_selector("article.text")


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


def test_a_review_by_keyboard(page: Any, own_site: Site) -> None:
    page.goto(f"{own_site.base}/enter#{TOKEN}")
    assert "#" not in page.url
    page.fill("input[name=name]", "Mira")
    page.press("input[name=name]", "Enter")
    page.wait_for_selector("[data-queue]")
    items = page.locator("[data-item]")
    waiting, first = items.count(), items.first.get_attribute("data-item")
    page.keyboard.press("a")
    page.wait_for_function("n => document.querySelectorAll('[data-item]').length === n", arg=waiting - 1)
    page.keyboard.press("j")
    second = items.nth(1).get_attribute("data-item")
    page.keyboard.press("x")
    page.wait_for_function("n => document.querySelectorAll('[data-item]').length === n", arg=waiting - 2)
    page.goto(f"{own_site.base}/review?kind=events")
    third = items.first.get_attribute("data-item")
    page.keyboard.press("c")
    page.select_option("[data-item] >> nth=0 >> select[name=status]", "denied")
    page.locator("[data-item] >> nth=0").locator("button[value=correct]").click()
    page.wait_for_load_state()
    with Archive(own_site.path, read_only=True) as archive:
        found = {review.item: (review.action, review.by) for review in archive.reviews()}
        assert found == {first: ("accept", "Mira"), second: ("reject", "Mira"), third: ("correct", "Mira")}
        corrected = archive.item(third)
    assert corrected and corrected.item.status == "denied"


def enter(page: Any, site: Site, back: str) -> None:
    """Come in as a reviewer, by the form."""
    page.goto(f"{site.base}/enter?back={quote(back, safe='')}#{TOKEN}")
    page.fill("input[name=name]", "Mira")
    page.press("input[name=name]", "Enter")
    page.wait_for_url(f"**{back}")


def mark(page: Any, words: str) -> None:
    """Mark words of the text, as the pointer does."""
    page.evaluate(
        """words => {
          const text = document.querySelector("[data-text]");
          const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const places = [];
          while (nodes.nextNode()) {
            for (let n = 0; n < nodes.currentNode.length; n++) places.push([nodes.currentNode, n]);
          }
          const at = places.map(([node, n]) => node.data[n]).join("").indexOf(words);
          const [[start, from], [end, to]] = [places[at], places[at + words.length - 1]];
          getSelection().setBaseAndExtent(start, from, end, to + 1);
        }""",
        words,
    )


def test_an_article_is_reviewed_in_place_by_keyboard(page: Any, own_site: Site) -> None:
    with Archive(own_site.path, read_only=True) as archive:
        record = archive.record(archive.pages(limit=1).rows[0].id)
    assert record is not None
    enter(page, own_site, f"/pages/{record.page.id}")
    judged = []
    for key in ("a", "x"):
        page.keyboard.press("j")
        item = page.locator("[data-card][aria-current]").get_attribute("id")
        page.keyboard.press(key)
        page.wait_for_selector(f"[id='{item}'] .findings .state")
        judged.append(item)
        assert page.locator("[data-card][aria-current]").get_attribute("id") != item  # a key goes on to the next
    assert page.locator(".card.rejected").get_attribute("id") == judged[1]
    page.goto(f"{own_site.base}/pages/{record.page.id}#{record.events[0].id}")
    page.wait_for_selector(f"[id='{record.events[0].id}'][aria-current]")
    page.keyboard.press("c")
    page.wait_for_selector("form#correct textarea:focus")
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/pages/{record.page.id}#{record.events[0].id}")
    assert page.locator("form#correct").count() == 0
    page.keyboard.press("c")
    page.wait_for_selector("form#correct textarea:focus")
    page.select_option("form#correct select[name=status]", "denied")
    mark(page, "a legitimate target")
    page.locator("form#correct [data-take]").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".state.corrected")
    with Archive(own_site.path, read_only=True) as archive:
        found = {review.item: review.action for review in archive.reviews()}
        event = archive.item(record.events[0].id)
    assert found == {judged[0]: "accept", judged[1]: "reject", record.events[0].id: "correct"}
    assert event and (event.item.status, event.item.trigger.text) == ("denied", "a legitimate target")


def test_what_was_missed_is_added_from_the_words_that_are_marked(page: Any, own_site: Site) -> None:
    with Archive(own_site.path, read_only=True) as archive:
        id_ = archive.pages(limit=1).rows[0].id
    enter(page, own_site, f"/pages/{id_}")
    words = "Insurers raised their rates"
    mark(page, words)
    page.keyboard.press("e")
    page.wait_for_selector("form#add")
    unlit = """() => {
      const actor = [...document.querySelectorAll(".m.actor")].find((each) => !each.closest(".speaker"));
      return getComputedStyle(actor).color === getComputedStyle(actor.closest("[data-start]")).color;
    }"""
    assert page.evaluate(unlit)  # the form's ticked parties light no actors in the text
    assert page.locator("form#add textarea[name=trigger]").input_value() == words
    page.select_option("form#add select[name=type]", "SANCTION")
    page.check("form#add input[name=actors][value=bel]")
    page.locator("form#add button.main").click()
    page.wait_for_selector(".state.added")
    page.wait_for_selector("[data-card][aria-current]")
    assert words in page.locator("[data-card][aria-current]").inner_text()
    assert page.locator(".m.trigger.held").all_inner_texts() == [words]
    page.go_back()
    page.go_back()
    assert page.locator("article.text").is_visible()


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
