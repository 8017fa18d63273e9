"""Reviewing in a real browser, in the queue and on the article, by form and by keyboard."""

from __future__ import annotations

from typing import Any

from browsing import TOKEN, Site, browser, enter, mark, own_site, page, pytestmark, site

from onrecord import Archive

__all__ = ["browser", "own_site", "page", "pytestmark", "site"]  # fixtures, and the reason to skip all of these


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
