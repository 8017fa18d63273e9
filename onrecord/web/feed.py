"""Any search as an Atom feed (RFC 4287): a reader of feeds becomes an alert."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from starlette.responses import Response

from onrecord.web.cards import summary
from onrecord.web.hits import Hit
from onrecord.web.shown import clip

ATOM = "http://www.w3.org/2005/Atom"
NO_XML = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")


def atom(found: Sequence[Hit], *, title: str, own: str, page: str, site: str) -> Response:
    """The feed. ``own`` is its address, ``page`` that of the search, ``site`` what addresses begin with."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", site + own)
    _add(feed, "updated", _moment(max((each.day or "" for each in found), default="")))
    _link(feed, "self", site + own)
    _link(feed, "alternate", site + page)
    for each in found:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        who = ", ".join(name.name for name in each.card.who) or "Source not told"
        _add(entry, "title", clip(f"{who}: {each.evidence}", long=160))
        _add(entry, "id", f"urn:onrecord:{each.card.item}")
        _add(entry, "updated", _moment(each.day or ""))
        _link(entry, "alternate", site + each.href)
        author = ET.SubElement(entry, f"{{{ATOM}}}author")
        _add(author, "name", each.page.outlet or each.page.domain or "unknown outlet")
        _add(entry, "summary", summary(each.card))
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml; charset=utf-8", headers={"cache-control": "no-cache"})


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = NO_XML.sub("\ufffd", text)


def _link(parent: ET.Element, relation: str, href: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=NO_XML.sub("", href))


def _moment(day: str) -> str:
    """A day as Atom wants it; an item without one is as old as can be told."""
    return f"{day[:10]}T00:00:00Z" if day else datetime.fromtimestamp(0, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
