"""Events in the columns of POLECAT, the published event data of the PLOVER ontology (Halterman et al., 2023).

Names and order are those of its weekly files. What we do not know stays empty. After the published columns stand ours:
what makes a row checkable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.archive.pairs import QUADS
from onrecord.archive.rows import Row
from onrecord.exports.dyads import Dyad, dyads
from onrecord.exports.tsv import Cell
from onrecord.record import Actor, Event, Where
from onrecord.tables import rows

PUBLISHED = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
OURS = (
    "Page ID",
    "Story ID",
    "URL",
    "Evidence",
    "Evidence Start",
    "Evidence End",
    "Trigger",
    "Said In",
    "CAMEO",
    "Confidence",
    "Reports",
    "Sources",
    "Reviewed By",
)
COLUMNS = PUBLISHED + OURS

_QUADS = {
    "VC": "VERBAL COOPERATION",
    "MC": "MATERIAL COOPERATION",
    "VX": "VERBAL CONFLICT",
    "MX": "MATERIAL CONFLICT",
}


def polecat(events: Iterable[Row[Event]]) -> Iterator[dict[str, Cell]]:
    """One row a pair (``dyads``), with all of ``COLUMNS``."""
    for row in events:
        for dyad in dyads(row):
            yield dict.fromkeys(COLUMNS) | _told(dyad)


def _told(dyad: Dyad) -> dict[str, Cell]:
    row, event, page = dyad.row, dyad.row.item, dyad.row.page
    return {
        "Event ID": dyad.id,
        "Event Date": row.day,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.goldstein,
        "Quad Code": _QUADS[QUADS[event.type]],
        "Contexts": ";".join(event.contexts),
        **_party("Actor", dyad.actor),
        **_party("Recipient", dyad.recipient),
        **(_place(event.where) if event.where else {}),
        "Source": page.outlet or page.domain,
        "Publication Date": page.published and page.published[:10],
        "Version": page.reader,
        "Page ID": page.id,
        "Story ID": page.story,
        "URL": page.url,
        "Evidence": event.evidence.text,
        "Evidence Start": event.evidence.start,
        "Evidence End": event.evidence.end,
        "Trigger": event.trigger.text,
        "Said In": event.said_in,
        "CAMEO": event.cameo,
        "Confidence": event.confidence,
        "Reports": row.reports,
        "Sources": row.sources,
        "Reviewed By": row.review.by if row.review else None,
    }


def _party(part: str, actor: Actor | None) -> dict[str, Cell]:
    if actor is None:
        return {}
    return {
        f"{part} Name": actor.name,
        f"{part} Country": actor.country,
        f"{part} COW": _cow().get(actor.country or ""),
        f"Primary {part} Sector": actor.sector,
        f"{part} Sectors": ";".join(actor.sectors),
        f"{part} Title": actor.role,
        f"{part} Name Raw": actor.mentions[0].text if actor.mentions else None,
    }


def _place(where: Where) -> dict[str, Cell]:
    return {
        "Placename": where.name,
        "Country": where.country,
        "Latitude": where.lat,
        "Longitude": where.lon,
        "Raw Placename": where.span.text,
    }


@cache
def _cow() -> dict[str, int]:
    """Correlates of War state numbers by ISO code, of the states that have one."""
    return {row["code"]: int(row["cow"]) for row in rows("cow.tsv")}
