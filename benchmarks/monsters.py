"""Pages that nobody should have to read, made from a seed: mutations of our own pages, markup that hurts parsers,
characters that hurt everybody, rubbish. The input of ``fuzz.py``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]

TRAPS = (
    "\u202eesrever",  # right to left from here
    "\u2066isolate",
    "\u200b\u200c\u200d\ufeff",  # of no width
    "\u0130stanbul",  # longer in lower case
    "stra\u00dfe \u0149 \ufb03",  # longer in upper case
    "e\u0301\u0301\u0301\u0301",
    "a" + "\u0300" * 300,
    "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e",  # ends of lines to some
    "\x00\x01\x02\x7f\x9f",
    "\ud800",  # half of a character
    "\udfff\ud83d",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3f4\U000e0067\U000e007f",
    "\U0010ffff\ufffe\uffff\ue000",
    "\u00a0\u2009\u3000\u180e\u00ad",
    "“‘«„”’»‟" * 9,
    "\"'`´′″" * 9,
    "...…。．!?;" * 9,
    "—–-−‐" * 9,
    "9" * 400,
    "٣٤٥ 二月 Ⅻ ½ ²",
    "x" * 5_000,
    "supercalifragil" * 40 + ".",
    "((((([[[[[{{{{{<<<<<",
    "&amp;lt;&#x0;&#1114112;&#55296;&nbsp;&bogus;",
    "]]><!--<![CDATA[--!><?php",
    "ﷺ" * 50,
    "\u0e01\u0e33" * 50,
    "𝕬𝖗𝖒𝖊𝖓𝖎𝖆 ＮＡＴＯ",
)

DATES = (
    "February 30, 2026",
    "31 June",
    "29 February 1900",
    "the year 0",
    "0000-00-00",
    "9999-12-31",
    "December 31, 9999",
    "January 1, 0001",
    "99999999999 days ago",
    "3,000,000 years later",
    "in minus two weeks",
    "the 45th of March",
    "25:61 on 13/13/13",
    "1/2/3",
    "from Monday to last century until next millennium",
    "2026-W53-7",
    "1939–",
    "spring of the 1990s to the early 2030s",
    "next next next Tuesday",
    "two Fridays ago last year tomorrow",
)

WORDS = (
    "Togo Mali NATO Lomé Kremlin Georgia Jordan Moscow she he it they who whom officials ministers the a an of to by "
    "on with against said told denied warned threatened promised met will would if unless should until that which not "
    "never rejected arrested attacked accused urged signed visited President Addo Minister Diallo spokesman army "
    "government parliament yesterday Tuesday 2025 , . ; : “ ” \" ' — ( ) ’s"
).split(" ")

TAGS = (
    "div p span a b i table tr td th ul ol li dl dt dd h1 h2 h3 h6 article main section header footer nav aside figure "
    "figcaption img picture time blockquote q pre code form input select option button svg math template iframe "
    "noscript script style title meta link base br hr center font marquee frameset object embed video audio details "
    "summary ruby"
).split(" ")


def own_pages() -> list[bytes]:
    """The pages that the repository carries, all of them invented."""
    folders = (ROOT / "tests" / "pages", ROOT / "examples" / "pages")
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in (".html", ".txt"))
    return [path.read_bytes() for path in paths]


@dataclass(frozen=True, slots=True)
class Monster:
    """One input: what made it, and its bytes."""

    kind: str
    data: bytes


def monster(seed: int, number: int, pages: list[bytes]) -> Monster:
    """The ``number``-th monster of a seed; the same in every run."""
    draw = Random(f"{seed}:{number}")
    kind = draw.choice(list(MAKERS))
    data = MAKERS[kind](draw, pages)
    if draw.random() < 0.1:
        data = _recoded(draw, data)
    return Monster(kind, data)


def _recoded(draw: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    how = draw.choice(
        ("utf-16", "utf-32", "cp1251", "latin-1", "shift-jis", "utf-7", "gzip", "cut gzip", "bom", "cp037")
    )
    if how.endswith("gzip"):
        packed = gzip.compress(data)
        return packed[: draw.randrange(1, len(packed))] if how.startswith("cut") else packed
    return b"\xef\xbb\xbf" * 3 + data if how == "bom" else text.encode(how, "replace")


def _bytes_changed(draw: Random, pages: list[bytes]) -> bytes:
    """A page of ours, some of its bytes flipped, cut out, doubled or swapped."""
    data = bytearray(draw.choice(pages))
    for _ in range(draw.randint(1, 30)):
        at = draw.randrange(len(data) or 1)
        length = draw.choice((1, 2, 8, 60, 400))
        action = draw.randrange(5)
        if action == 0:
            data[at : at + length] = draw.randbytes(length)
        elif action == 1:
            del data[at : at + length]
        elif action == 2:
            data[at:at] = data[at : at + length] * draw.choice((1, 3, 40))
        elif action == 3:
            other = draw.choice(pages)
            start = draw.randrange(len(other))
            data[at:at] = other[start : start + length]
        else:
            data[at:at] = draw.choice(TRAPS).encode("utf-8", "surrogatepass")
    return bytes(data[: draw.randrange(len(data))] if data and draw.random() < 0.1 else data)


def _page_of_traps(draw: Random, pages: list[bytes]) -> bytes:
    """A page of ours, traps and impossible dates put between its words."""
    words = draw.choice(pages).decode("utf-8", "replace").split(" ")
    for _ in range(draw.randint(1, 25)):
        words.insert(draw.randrange(len(words) + 1), draw.choice(TRAPS + DATES))
    return draw.choice((" ", " ", " ", "\n", "\u00a0")).join(words).encode("utf-8", "surrogatepass")


def _words(draw: Random, pages: list[bytes]) -> bytes:
    """Text that is news by its words only."""
    paragraphs = []
    for _ in range(draw.randint(1, 8)):
        words = [draw.choice(WORDS) for _ in range(draw.choice((1, 5, 30, 200, 900)))]
        for _ in range(draw.randint(0, 4)):
            words.insert(draw.randrange(len(words)), draw.choice(TRAPS + DATES))
        paragraphs.append(" ".join(words))
    return draw.choice(("\n\n", "\n", "\r\n", "\n \n\n\n")).join(paragraphs).encode("utf-8", "surrogatepass")


def _said(draw: Random, pages: list[bytes]) -> bytes:
    """Attributions in attributions, quotations in quotations, one clause in another."""
    said = (
        "the {0} ministry said that {1}",
        "“{1},” said {0} President Addo",
        "{0} denied that it had warned {1}",
        "if {1}, {0} will attack",
        "{0}, which met {1}, accused",
        "according to {0}, “{1}",
        "‘{1}’ she told {0}",
        "{0}’s refusal to {1}",
    )
    clause = "Mali arrested two envoys of Togo"
    for _ in range(draw.choice((2, 6, 20, 60))):
        clause = draw.choice(said).format(draw.choice(WORDS), clause)
    return f"Envoys meet in Lomé\n\n{clause}.\n\n{clause.swapcase()}".encode()


def _markup(draw: Random, pages: list[bytes]) -> bytes:
    """Tags without sense, some of them with text from a page of ours."""
    inside = draw.choice(pages).decode("utf-8", "replace").split("\n")
    parts = ["<html>" if draw.random() < 0.7 else "", "<body>"]
    for _ in range(draw.choice((5, 60, 800))):
        tag = draw.choice(TAGS)
        number = draw.choice((1, 1, 1, 30, 300))
        parts.append(
            draw.choice(
                (
                    f"<{tag}>",
                    f"</{tag}>" * number,
                    f"<{tag}>" * number,
                    f"<{tag} {_attributes(draw)}>",
                    f"<{tag} {_attributes(draw)}",
                    f"<{tag}/>",
                    draw.choice(inside),
                    draw.choice(TRAPS + DATES),
                    "<!--" * number,
                    "-->",
                    "<![CDATA[",
                    "<!DOCTYPE html [<!ENTITY a '&a;&a;'>]>&a;",
                    "\0",
                )
            )
        )
    return "".join(parts).encode("utf-8", "surrogatepass")


def _attributes(draw: Random) -> str:
    names = (
        "class",
        "id",
        "href",
        "src",
        "alt",
        "datetime",
        "itemprop",
        "property",
        "content",
        "lang",
        "style",
        "x:y",
        "\u0130",
    )
    values = (
        "byline", "article-body", "caption", "share", "datePublished", "javascript:x", "http://[::bad", "//", "%00",
        "http://user:pw@harbour-post.example:99999/2026/02/30/x?y=" + "z" * 300, *TRAPS, *DATES,
    )  # fmt: skip
    opens, closes = ('"', "'", ""), ('" ', "' ", " ", "")
    pairs = (draw.choice(names) + "=" + draw.choice(opens) + draw.choice(values) for _ in range(draw.randint(0, 6)))
    return draw.choice(closes).join(pairs)


def _metadata(draw: Random, pages: list[bytes]) -> bytes:
    """A page whose JSON-LD and meta tags say anything."""

    def value(depth: int = 0) -> object:
        simple: list[object] = [None, True, -1, 1e308, 10**30, "", *draw.sample(TRAPS, 2), *draw.sample(DATES, 3)]
        if depth > 4 or draw.random() < 0.5:
            return draw.choice(simple)
        if draw.random() < 0.5:
            return [value(depth + 1) for _ in range(draw.randint(0, 3))]
        return {draw.choice(keys): value(depth + 1) for _ in range(draw.randint(0, 4))}

    keys = (
        "@type", "@graph", "headline", "datePublished", "dateModified", "author", "name", "publisher", "url", "@id",
        "mainEntityOfPage", "articleSection", "itemListElement", "inLanguage", "articleBody", "creator", "logo",
    )  # fmt: skip
    news = {"@type": draw.choice(("NewsArticle", ["Article", 3], {"a": 1})), **{key: value() for key in keys[1:]}}
    told = json.dumps(news, ensure_ascii=draw.random() < 0.5, allow_nan=True)
    names = (
        "og:title",
        "article:published_time",
        "og:url",
        "og:site_name",
        "author",
        "date",
        "article:section",
        "og:locale",
    )
    ways = ("property", "name", "itemprop")
    metas = "".join(
        f"<meta {draw.choice(ways)}='{draw.choice(names)}' content=\"{draw.choice(TRAPS + DATES)}\">"
        for _ in range(draw.randint(0, 12))
    )
    script = (
        f"<script type='application/ld+json'>{told}</script><link rel=canonical href='{draw.choice(TRAPS + DATES)}'>"
    )
    page = draw.choice(pages).decode("utf-8", "replace")
    head = f"<html lang='{draw.choice(TRAPS)}'><head>{metas}{script}</head><body>"
    return (head + page).encode("utf-8", "surrogatepass")


def _large(draw: Random, pages: list[bytes]) -> bytes:
    """Something small, very often."""
    small = draw.choice(
        (
            "<div>", "<b>x</b>", "<p>word", "<table><tr><td>", "<a href=x>", "<", "<!--", "&amp;", "“", "(", "said ",
            "Mali said. ", "\n", "\n\nx", "x\u0300", "<li>Togo said Mali", "<span class=a>said</span> ", "<br>Mali\n",
            "if ", "2026 ", "a.b",
        )
    )  # fmt: skip
    head = draw.choice(("", "<html><body>", "<html><body><article><p>", "Envoys of Mali met in Togo on Tuesday.\n\n"))
    return (head + small * draw.choice((300, 3_000, 30_000))).encode()


def _rubbish(draw: Random, pages: list[bytes]) -> bytes:
    """Bytes, of which the first may promise something."""
    head = draw.choice(
        (b"", b"", b"<html>", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b\x08", b"<?xml version='1.0' encoding='x'?>")
    )
    some = draw.randbytes(draw.choice((0, 1, 2, 50, 3_000)))
    return head + (some if draw.random() < 0.5 else bytes(byte % 96 + 32 for byte in some))


MAKERS: dict[str, Callable[[Random, list[bytes]], bytes]] = {
    "bytes changed": _bytes_changed,
    "page of traps": _page_of_traps,
    "words": _words,
    "said": _said,
    "markup": _markup,
    "metadata": _metadata,
    "large": _large,
    "rubbish": _rubbish,
}
