"""Writes: entering with the token, and reviews of items. By a form of a session, or by a program with the token."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.archive.codec import TABLE_OF
from onrecord.archive.query import Kind
from onrecord.archive.rows import Review
from onrecord.errors import OnrecordError
from onrecord.record import Record
from onrecord.web.asked import KINDS, AskedError, address
from onrecord.web.fields import FIELDS, corrections, missed
from onrecord.web.formats import json_response
from onrecord.web.keys import MARK, MAX_NAME, Keys, Session, from_elsewhere
from onrecord.web.render import page
from onrecord.web.shelf import Shelf

ACTIONS = ("accept", "correct", "reject", "add")


class Refused(OnrecordError):
    """Somebody may not write, or not so."""


async def form(request: Request) -> dict[str, list[str]]:
    """The fields of a form. The guard has limited the size of the body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise AskedError("a form is sent as application/x-www-form-urlencoded")
    body = (await request.body()).decode("utf-8", "replace")
    return parse_qs(body, keep_blank_values=True, max_num_fields=200)


def one(fields: dict[str, list[str]], name: str) -> str:
    """A field's only value."""
    return fields.get(name, [""])[0].strip()


def writer(request: Request, keys: Keys, fields: dict[str, list[str]]) -> Session:
    """Who sends this form; ``Refused`` unless it is a session of ours, from a page of ours."""
    session = keys.session(request)
    if from_elsewhere(request):
        raise Refused("the request comes from another site")
    if session is None:
        raise Refused("enter the token first")
    if not keys.marked(session, one(fields, MARK)):
        raise Refused("the form is not from this session; go back, reload and send it again")
    return session


async def enter(request: Request, keys: Keys) -> Response:
    """The door: a name and the token for a session."""
    if request.method == "GET":
        return page(request, "enter.html", wrong=False, back=_back(request.query_params.get("back", "")))
    fields = await form(request)
    back = _back(one(fields, "back"))
    if from_elsewhere(request):
        raise Refused("the request comes from another site")
    name = one(fields, "name")[:MAX_NAME]
    if not name or not keys.opens(one(fields, "token")):
        return page(request, "enter.html", status=403, wrong=True, back=back)
    answer = RedirectResponse(back, 303)
    keys.admit(answer, name)
    return answer


async def review_form(request: Request, keys: Keys, shelf: Shelf) -> Response:
    """A review from the queue or from a page: kept, and back to where it came from."""
    fields = await form(request)
    session = writer(request, keys, fields)
    review = await run_in_threadpool(from_form, shelf, fields, session.reviewer)
    back = _back(one(fields, "back"))
    return RedirectResponse(f"{back}#{review.item}" if review.action == "add" else back, 303)


async def review_json(request: Request, keys: Keys, shelf: Shelf) -> Response:
    """A review from a program."""
    if not keys.bearer(request):
        return json_response({"error": "a review needs the token: Authorization: Bearer TOKEN"}, 401)
    try:
        told = json.loads(await request.body())
    except ValueError:
        raise AskedError("the body is no JSON") from None
    needed = (
        "action",
        "by",
        *(("page", "kind") if isinstance(told, dict) and told.get("action") == "add" else ("item",)),
    )
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in needed):
        raise AskedError(f"a review is an object with {', '.join(needed)}")
    changes, note = told.get("changes"), told.get("note")
    if not (changes is None or isinstance(changes, dict)) or not (note is None or isinstance(note, str)):
        raise AskedError("changes is an object, note is text")
    by = told["by"].strip()[:MAX_NAME]
    if told["action"] == "add":
        kept_ = await run_in_threadpool(added, shelf, told["page"], told["kind"], changes or {}, by, note)
    else:
        kept_ = await run_in_threadpool(kept, shelf, told["item"], told["action"], by, changes, note)
    return json_response(kept_)


def from_form(shelf: Shelf, fields: dict[str, list[str]], by: str) -> Review:
    """The review that a form tells, kept."""
    action, note = one(fields, "action"), one(fields, "note") or None
    if action == "add":
        kind = next((kind for kind in KINDS if kind == one(fields, "kind-of-item")), None)
        with shelf.reading() as archive:
            record = archive.record(one(fields, "page"))
            if record is None or kind is None:
                raise AskedError("there is no such page to add to")
            told = named(archive, record, kind, missed(kind, fields, record.page))
        return added(shelf, record.page.id, kind, told, by, note)
    if action != "correct":
        return kept(shelf, one(fields, "item"), action, by, None, note)
    with shelf.reading() as archive:
        row = archive.item(one(fields, "item"))
        record = archive.record(row.page.id) if row else None
        if row is None or record is None:
            raise AskedError("there is no such item")
        kind = cast(Kind, TABLE_OF[type(row.item)])
        changes = named(archive, record, kind, corrections(row.item, kind, fields, record.page))
    if not changes:
        return kept(shelf, row.item.id, "accept", by, None, note)  # sent as it stood: nothing in it is wrong
    return kept(shelf, row.item.id, "correct", by, changes, note)


def named(archive: Archive, record: Record, kind: Kind, told: dict[str, Any]) -> dict[str, Any]:
    """What is told, its parties by their ids: one that is written by its name is whom the archive calls so."""
    here = {actor.id for actor in record.actors}

    def id_of(party: str) -> str:
        if party in here or archive.actor(party):
            return party
        found = [row.id for row in archive.actors(party, limit=50).rows if party in (row.name, *row.names)]
        if len(found) != 1:
            count = "nobody" if not found else f"{len(found)} actors"
            raise AskedError(f"{party[:60]!r} is the name of {count} here; give an id")
        return found[0]

    made = dict(told)
    for field in FIELDS[kind]:
        if field.sort == "party" and told.get(field.name):
            made[field.name] = id_of(told[field.name])
        elif field.sort == "parties" and field.name in told:
            made[field.name] = list(dict.fromkeys(map(id_of, told[field.name])))
    return made


def kept(shelf: Shelf, item: str, action: str, by: str, changes: dict[str, Any] | None, note: str | None) -> Review:
    """The review of an item, kept."""
    if action not in ACTIONS:
        raise AskedError(f"action: one of {', '.join(ACTIONS)}")
    with shelf.writing() as archive:
        return archive.review(item, action, by=by, changes=changes, note=note)


def added(shelf: Shelf, page_id: str, kind: str, told: dict[str, Any], by: str, note: str | None) -> Review:
    """An item that the machine missed, kept."""
    with shelf.writing() as archive:
        return archive.add_missed(page_id, cast(Kind, kind), told, by=by, note=note)


def _back(told: str) -> str:
    """Where to go on: a path of this server, never elsewhere."""
    parts = urlsplit(told)
    own = told.startswith("/") and not told.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return told if own and told.isprintable() else address("/review", [])
