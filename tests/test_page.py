"""Pages: roles, metadata with its origin, canonical text. Invented pages only; larger ones stand in ``tests/pages``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import PageError
from onrecord.page import article_page, canonical_url, read_page
from onrecord.record import Page

PAGES = Path(__file__).with_name("layouts")


def page(name: str) -> Page:
    return read_page((PAGES / name).read_bytes(), source=name, fetched="2026-06-01T00:00:00Z")


def texts(page: Page, *roles: str) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks if block.role in roles]


def roles(page: Page) -> list[str]:
    return [block.role for block in page.blocks]


def html(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>A title of a page</title>{head}</head><body>{body}</body></html>"


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


STORY = (
    "<h1>Ministers sign the fishing treaty</h1>"
    "<p>Ministers of five coastal states signed a treaty on fishing in Dakar on Tuesday, after nine years of talks.</p>"
    "<p>The treaty sets a common season and lets the inspectors of each state board the boats of the others.</p>"
    "<p>It enters into force when four parliaments have approved it, which two of them promised to do.</p>"
)


class TestPlainText:
    def test_dump_with_section_caption_credit_and_mirrors(self) -> None:
        read = page("harbour_warning.txt")
        assert read.section == ("News", "Estonia")
        assert read.title == texts(read, "headline")[0]
        assert texts(read, "credit") == ["AFP"]
        assert texts(read, "caption")[0].endswith("Estonia, March 9, 2026.")
        assert read.credit is None  # the photo's, not the article's
        assert roles(read)[4:8] == ["lead", "body", "body", "body"]
        assert set(roles(read)[8:]) == {"furniture"}
        assert read.outlet is not None
        assert read.outlet.name == "Baltic Courier"
        assert read.outlet.domain == "www.balticcourier.example"
        assert read.outlet.mirrors == ("www.balticcourier.test",)
        assert read.outlet.country is None
        assert read.published is None

    def test_byline_date_subhead_and_furniture_between_paragraphs(self) -> None:
        read = page("river_talks.txt")
        assert read.section == ("World", "Africa", "Nile")
        assert read.authors == ("Hiwot Tessema", "Omar Idris")
        assert (read.published, read.published_from) == ("2026-02-03", "text")
        assert texts(read, "credit") == ["Tiksa Negeri/Reuters"]
        assert texts(read, "subhead") == ["What comes next"]
        assert texts(read, "lead")[0].startswith("ADDIS ABABA - Sudan")
        assert texts(read, "body")[-1].startswith("Diplomats in Cairo")
        assert "ADVERTISEMENT" in texts(read, "furniture")
        assert texts(read, "byline")[-1].startswith("(Reporting by")
        assert read.outlet is not None and read.outlet.name == "The Lake Herald"

    def test_wire_copy_without_blank_lines(self) -> None:
        read = page("wire_copy.txt")
        assert read.credit == "Reuters"
        assert (read.published, read.published_from) == ("2026-02-03", "text")
        assert texts(read, "lead")[0].startswith("VILNIUS, Feb 3 (Reuters) - ")
        assert texts(read, "furniture") == ["Share", "Facebook", "Twitter"]

    def test_bare_article_is_body_and_nothing_else(self) -> None:
        read = page("bare_article.txt")
        assert roles(read) == ["lead", "body", "body", "body"]
        assert read.title is None
        assert read.credit == "Xinhua"

    def test_wrapped_lines_are_joined(self) -> None:
        read = page("wrapped_mail.txt")
        assert read.title == "Pacific islands reject seabed licence"
        assert texts(read, "lead")[0].endswith("which a registry in the Caribbean had issued in January.")
        assert len(texts(read, "lead", "body")) == 3

    def test_a_list_of_other_stories_inside_an_article(self) -> None:
        read = page("joint_patrols.txt")
        assert read.section == ("World", "Asia")
        assert (read.published, read.credit) == ("2026-02-03", "AFP")
        assert texts(read, "furniture")[:3] == ["Also read:", "Five things about the pact", "Manila recalls envoy"]
        assert texts(read, "body")[-1] == "The patrols are due to begin in May."

    def test_a_menu_above_the_headline(self) -> None:
        read = page("menu_above.txt")
        assert read.section == ()
        assert read.title == "Kyrgyz parliament refuses to ratify the water accord"
        assert texts(read, "subhead") == ["Deputies want the neighbours to pay for the canal first"]
        assert (read.authors, read.published) == (("Aigerim Toktosunova",), "2026-01-14")
        assert texts(read, "credit") == ["Mountain Post"]
        assert len(texts(read, "lead", "body")) == 3
        assert read.outlet is not None and read.outlet.name == "Mountain Post"

    def test_deck_between_headline_and_byline(self) -> None:
        read = page("deck_above_byline.txt")
        assert read.title == "A border opens, and nobody notices."
        assert texts(read, "subhead")[0].startswith("The quiet agreement")
        assert read.authors == ("Farrukh Nazarov",)
        assert texts(read, "lead")[0].startswith("Uzbekistan and Tajikistan")
        assert texts(read, "furniture") == ["Follow us on Telegram", "Most read", "1. The price of bread"]

    @pytest.mark.parametrize(
        "first",
        [
            "Who will pay for the bridge?",
            "“Nobody told us anything,”",
            "LA PAZ, Bolivia.- A column of miners marched on the ministry of energy to ask for their back pay",
            "1. The ministry has published three reports on the accident, and withdrawn two of them within a day",
            "The ministry listed three reasons:",
        ],
    )
    def test_first_paragraph_of_a_bare_article_is_no_headline(self, first: str) -> None:
        text = f"{first}\n\nThe minister of works told parliament on Monday that the bridge would be closed for a year."
        read = read_page(text, source="x")
        assert roles(read) == ["lead", "body"]
        assert read.title is None

    def test_given_title_makes_the_same_line_the_headline(self) -> None:
        text = "It is over.\n\nThe strike of the ferrymen ended on Sunday when their union accepted the offer."
        assert read_page(text, source="x", title="It is over").blocks[0].role == "headline"

    def test_a_paragraph_that_ends_with_an_agency_credits_the_article(self) -> None:
        text = (
            "The two navies held their first common drill in the strait on Friday, a spokesman of the fleet said.\n\n"
            "A second drill is planned for the autumn, and observers of three states have been invited. (AFP)"
        )
        read = read_page(text, source="x")
        assert (roles(read), read.credit) == (["lead", "body"], "AFP")

    @pytest.mark.parametrize(
        ("line", "credit"),
        [
            ("A soldier guards the gate. (Photo: Jane Roe/AP)", "Jane Roe/AP"),
            ("A soldier guards the gate. [File: Jane Roe/Reuters]", "File: Jane Roe/Reuters"),
            ("A soldier guards the gate. REUTERS/Jane Roe", "REUTERS/Jane Roe"),
            ("A soldier guards the gate. Photo: Jane Roe", "Jane Roe"),
            ("A soldier guards the gate. Photograph: AFP via Getty Images", "AFP via Getty Images"),
            ("A soldier guards the gate | Photo Credit: The Example", "The Example"),
            ("Photo by Jane Roe", "Jane Roe"),
        ],
    )
    def test_credits_in_their_many_forms(self, line: str, credit: str) -> None:
        body = "The council of the province met for the third day without a result, its chairwoman told reporters."
        read = read_page(f"{body}\n\n{line}\n\n{body}", source="x")
        assert texts(read, "credit") == [credit]
        assert texts(read, "body") == [body]


class TestHtml:
    def test_everything_around_the_article(self) -> None:
        read = page("minister_visit.html")
        assert read.title == "Norwegian minister to visit Ottawa for Arctic talks"
        assert read.section == ("World", "Arctic")
        assert read.authors == ("Solveig Aasen",)
        assert (read.published, read.published_from) == ("2026-02-03T07:15:00+01:00", "json-ld")
        assert read.outlet is not None and read.outlet.name == "Fjord Gazette"
        assert read.language == "en"
        assert roles(read) == [
            *("section", "headline", "byline", "caption", "credit", "lead"),
            *("body", "subhead", "body", "furniture", "body", "body"),
        ]
        assert texts(read, "credit") == ["Reuters"]
        assert "newsletter" not in read.text

    def test_site_name_in_h1_is_no_headline(self) -> None:
        read = page("undated_blog.html")
        assert read.title == "Notes on a customs post"
        assert read.published is None  # an update is no publication

    def test_impossible_dates_and_broken_json_are_passed_over(self) -> None:
        read = page("year_one.html")
        assert (read.published, read.published_from) == (None, None)
        assert (read.credit, read.authors) == ("Reuters", ())

    @pytest.mark.parametrize(
        ("head", "published", "origin"),
        [
            ('<meta property="article:published_time" content="2025-03-04T05:06:07Z">', "2025-03-04T05:06:07Z", "meta"),
            ('<meta name="date" content="20250304">', "2025-03-04", "meta"),
            ('<meta name="pubdate" content="Tue, 4 Mar 2025 10:00:00 GMT">', "2025-03-04", "meta"),
            ('<meta property="article:modified_time" content="2025-03-04">', None, None),
            ('<meta name="date" content="2199-03-04">', None, None),
            ('<meta name="date" content="1970-01-01">', None, None),
            ('<meta name="date" content="03/04/2025">', None, None),  # of April or of March?
            ('<link rel="canonical" href="https://example.org/2025/mar/04/treaty">', "2025-03-04", "url"),
            (json_ld('{"@type":["NewsArticle"],"datePublished":"2025-03-04 05:06"}'), "2025-03-04T05:06:00", "json-ld"),
            (json_ld('[{"@type":"Report","datePublished":["2025-03-04"]}]'), "2025-03-04", "json-ld"),
        ],
    )
    def test_declared_dates(self, head: str, published: str | None, origin: str | None) -> None:
        read = read_page(html(STORY, head), source="x", fetched="2026-06-01T00:00:00Z")
        assert (read.published, read.published_from) == (published, origin)

    def test_the_json_ld_of_this_article_among_those_of_others(self) -> None:
        head = (
            '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Another story","datePublished":'
            '"2024-01-01"},{"@type":"NewsArticle","headline":"Ministers sign the fishing treaty","datePublished":'
            '"2025-03-04"}]</script><meta property="og:title" content="Ministers sign the fishing treaty">'
        )
        assert read_page(html(STORY, head), source="x").published == "2025-03-04"

    def test_time_of_another_story_is_not_taken(self) -> None:
        aside = '<aside><ul><li><a href="/b">Old <time datetime="2019-01-01">then</time></a></li></ul></aside>'
        assert read_page(html(STORY + aside), source="x").published is None

    def test_date_line_by_the_headline(self) -> None:
        story = STORY.replace("</h1>", '</h1><div class="when">Published: 4 March 2025, 10:15 GMT</div>')
        read = read_page(html(story), source="x")
        assert (read.published, read.published_from) == ("2025-03-04", "text")
        given = read_page(html(story), source="x", published="2025-03-05")
        assert (given.published, given.published_from) == ("2025-03-05", "given")

    def test_parts_of_an_article_between_advertisements(self) -> None:
        more = "".join(
            f"<p>Inspector number {number} said that the boats had been counted twice and were the same.</p>"
            for number in range(12)
        )
        parts = "".join(f'<div class="chunk">{part}</div><div class="ad">Buy</div>' for part in (STORY, more))
        assert "Inspector number 11" in read_page(html(f"<main>{parts}</main>"), source="x").text

    def test_other_encodings(self) -> None:
        story = html(STORY.replace("Dakar", "Saint-Étienne"), '<meta charset="iso-8859-1">')
        assert "Saint-Étienne" in read_page(story.encode("cp1252"), source="x").text
        assert "Saint-Étienne" in read_page(story.encode("utf-16"), source="x").text


class TestGiven:
    def test_what_the_caller_knows_fills_what_the_page_lacks(self) -> None:
        text = (PAGES / "bare_article.txt").read_text(encoding="utf-8")
        url = "https://www.thehindu.com/news/article1.ece?utm_source=x#top"
        read = read_page(text, source="x", url=url, title="Crossings reopened", published="2026-03-04")
        assert (read.url, read.title) == (url, "Crossings reopened")
        assert (read.published, read.published_from) == ("2026-03-04", "given")
        assert read.outlet is not None and (read.outlet.name, read.outlet.country) == ("The Hindu", "IND")
        assert "headline" not in roles(read)  # the title does not stand in the text

    def test_a_declared_date_goes_before_a_given_one(self) -> None:
        data = (PAGES / "minister_visit.html").read_bytes()
        assert read_page(data, source="x", published="2020-01-01").published_from == "json-ld"

    def test_a_given_date_that_is_none_is_refused(self) -> None:
        with pytest.raises(PageError, match=r"^x: not a date"):
            read_page("Some text.", source="x", published="soon")

    def test_a_given_date_may_be_of_any_year(self) -> None:
        assert read_page("A ship sank.", source="x", published="22 October 1962").published == "1962-10-22"

    def test_article_of_json_lines(self) -> None:
        article = {"text": "A ship sank.", "url": "https://example.org/2025/03/04/ship", "published": 7}
        read = article_page(article, source="a.jsonl:1")
        assert (read.source, read.published, read.published_from) == ("a.jsonl:1", "2025-03-04", "url")
        with pytest.raises(PageError, match=r"a.jsonl:2: no \"text\""):
            article_page({"body": "x"}, source="a.jsonl:2")


class TestIdentity:
    def test_an_id_is_of_address_and_text(self) -> None:
        one = read_page("A ship sank.", source="a.txt", url="https://Example.org:443/x?utm_source=y#z")
        same = read_page("A ship sank.\n", source="b.txt", url="https://example.org/x")
        other = read_page("A ship sank.", source="c.txt", url="https://example.org/y")
        assert one.id == same.id != other.id
        assert len(one.id) == 16 and len(one.digest) == 64

    def test_canonical_url_keeps_what_tells_pages_apart(self) -> None:
        assert canonical_url("http://a.example/p?id=3&fbclid=x&page=2") == "http://a.example/p?id=3&page=2"
        assert canonical_url("http://a.example:8080") == "http://a.example:8080/"
        assert canonical_url("http://[broken") == "http://[broken"


def check(page: Page) -> None:
    """What holds of every page."""
    last = 0
    for block in page.blocks:
        assert last <= block.start < block.end <= len(page.text)
        assert page.text[block.start : block.end].strip() == page.text[block.start : block.end]
        last = block.end
    assert roles(page).count("lead") <= 1
    assert roles(page).count("headline") <= 1
    assert "\r" not in page.text and "\n\n\n" not in page.text
    page.text.encode("utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.iterdir() if path.suffix in (".txt", ".html")))
def test_what_holds_of_every_page(name: str) -> None:
    check(page(name))


LINES = st.sampled_from(
    [
        *(
            "News / Asia",
            "Politics",
            "By Ana Roe and Bo Li",
            "AFP",
            "Published: 3 February 2026",
            "ADVERTISEMENT",
            "Share",
        ),
        *(
            "A short headline here",
            "(Photo: Reuters)",
            "A man walks. (Photo: Reuters)",
            "© 2026 X",
            "Read more: y",
            "www.x.ir",
        ),
        *(
            "X's website can also be visited at these mirror addresses:",
            "Related stories",
            "",
            " ",
            "•",
            "\u00a0",
        ),
        "The minister said on Monday that the government would not accept the conditions of the lenders, and left.",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=120)), max_size=24), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_text_is_a_page_or_a_page_error(lines: list[str], between: str) -> None:
    try:
        check(read_page(between.join(lines), source="x", kind="text"))
    except PageError as error:
        assert "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=400).map(lambda text: html(STORY + text).encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_a_page_or_a_page_error(data: bytes) -> None:
    try:
        check(read_page(data, source="x"))
    except PageError as error:
        assert "\n" not in str(error)
