"""Events in the columns of Phoenix, the published event data of the CAMEO ontology (Open Event Data Alliance).

Twenty-six columns, tab-separated, no header in the published files: programs read them by place, so nothing is added.
The evidence is found through ``SentenceID`` and ``URLs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.archive.rows import Row
from onrecord.exports.dyads import Dyad, dyads
from onrecord.exports.tsv import Cell
from onrecord.record import Actor, Event, Where

COLUMNS = (
    "EventID",
    "Date",
    "Year",
    "Month",
    "Day",
    "SourceActorFull",
    "SourceActorEntity",
    "SourceActorRole",
    "SourceActorAttribute",
    "TargetActorFull",
    "TargetActorEntity",
    "TargetActorRole",
    "TargetActorAttribute",
    "EventCode",
    "EventRootCode",
    "PentaClass",
    "GoldsteinScore",
    "Issues",
    "Lat",
    "Lon",
    "LocationName",
    "StateName",
    "CountryCode",
    "SentenceID",
    "URLs",
    "NewsSources",
)

NOBODY = "---"
"""What CAMEO coders write for an actor that is not known."""

# PLOVER's sectors are CAMEO's roles but for two: CAMEO's MED is the media, and those who heal are HLH.
_ROLES = {"JRN": "MED", "MED": "HLH"}


def phoenix(events: Iterable[Row[Event]]) -> Iterator[dict[str, Cell]]:
    """One row a pair (``dyads``), with all of ``COLUMNS``. An event without a CAMEO code gives none."""
    for row in events:
        if row.item.cameo is not None:
            for dyad in dyads(row):
                yield _told(dyad, row.item.cameo)


def penta_class(root: str) -> int:
    """0 a statement, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, from a CAMEO root code."""
    number = int(root)
    return 0 if number <= 2 else 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def _told(dyad: Dyad, cameo: str) -> dict[str, Cell]:
    row, event, page = dyad.row, dyad.row.item, dyad.row.page
    day = row.day
    return dict.fromkeys(COLUMNS) | {
        "EventID": dyad.id,
        "Date": day and day.replace("-", ""),
        "Year": day and int(day[:4]),
        "Month": day and int(day[5:7]),
        "Day": day and int(day[8:10]),
        **_party("Source", dyad.actor),
        **_party("Target", dyad.recipient),
        "EventCode": cameo,
        "EventRootCode": cameo[:2],
        "PentaClass": penta_class(cameo[:2]),
        "GoldsteinScore": event.goldstein,
        "Issues": ";".join(f"{context.upper()},1" for context in event.contexts),
        **(_place(event.where) if event.where else {}),
        "SentenceID": f"{page.id}_{event.evidence.start}_{event.evidence.end}",
        "URLs": page.url,
        "NewsSources": page.domain or page.outlet,
    }


def _place(where: Where) -> dict[str, Cell]:
    return {"Lat": where.lat, "Lon": where.lon, "LocationName": where.name, "CountryCode": where.country}


def _party(part: str, actor: Actor | None) -> dict[str, Cell]:
    roles = (
        [_ROLES.get(sector, sector) for sector in dict.fromkeys((actor.sector, *actor.sectors)) if sector]
        if actor
        else []
    )
    entity = actor.country if actor else None
    return {
        f"{part}ActorFull": "".join([entity or "", *roles]) or NOBODY,
        f"{part}ActorEntity": entity,
        f"{part}ActorRole": roles[0] if roles else None,
        f"{part}ActorAttribute": ";".join(roles[1:]) or None,
    }
