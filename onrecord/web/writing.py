"""Writes: entering with the token, and reviews of items. By a form of a session, or by a program with the token."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import ArchiveError, OnrecordError
from onrecord.web.asked import AskedError, address
from onrecord.web.formats import json_response
from onrecord.web.keys import MARK, MAX_NAME, Keys, Session, from_elsewhere
from onrecord.web.render import page
from onrecord.web.shelf import Shelf

ACTIONS = ("accept", "correct", "reject")
# What the form may correct, by kind of item. Spans are corrected by a program, or by rejecting and adding anew.
ONE = frozenset({"kind", "type", "status", "speaker", "by"})
MANY = frozenset({"addressees", "about", "actors", "recipients", "to", "who"})
FLAGS = frozenset({"denial", "repeated", "asserted", "explicit"})


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
    action = one(fields, "action")
    changes = await run_in_threadpool(changed, shelf, one(fields, "item"), fields) if action == "correct" else None
    if action == "correct" and not changes:
        action, changes = "accept", None  # the form was sent as it stood: nothing in it is wrong
    await run_in_threadpool(
        kept, shelf, one(fields, "item"), action, session.reviewer, changes, one(fields, "note") or None
    )
    return RedirectResponse(_back(one(fields, "back")), 303)


async def review_json(request: Request, keys: Keys, shelf: Shelf) -> Response:
    """A review from a program."""
    if not keys.bearer(request):
        return json_response({"error": "a review needs the token: Authorization: Bearer TOKEN"}, 401)
    try:
        told = json.loads(await request.body())
    except ValueError:
        raise AskedError("the body is no JSON") from None
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in ("item", "action", "by")):
        raise AskedError("a review is an object with item, action and by")
    changes, note = told.get("changes"), told.get("note")
    if not (changes is None or isinstance(changes, dict)) or not (note is None or isinstance(note, str)):
        raise AskedError("changes is an object, note is text")
    kept_ = await run_in_threadpool(
        kept, shelf, told["item"], told["action"], told["by"].strip()[:MAX_NAME], changes, note
    )
    return json_response(kept_)


def kept(shelf: Shelf, item: str, action: str, by: str, changes: dict[str, Any] | None, note: str | None) -> Any:
    """The review, kept."""
    if action not in ACTIONS:
        raise AskedError(f"action: one of {', '.join(ACTIONS)}")
    with shelf.writing() as archive:
        return archive.review(item, action, by=by, changes=changes, note=note)


def changed(shelf: Shelf, item: str, fields: dict[str, list[str]]) -> dict[str, Any]:
    """The fields of a form that differ from the item as it stands."""
    with shelf.reading() as archive:
        row = archive.item(item)
    if row is None:
        raise ArchiveError(f"{item[:40]}: no such item")
    changes: dict[str, Any] = {}
    for name in (ONE | MANY | FLAGS) & set(type(row.item).__dataclass_fields__):
        if f"has-{name}" not in fields:
            continue
        told: Any = [value for value in fields.get(name, []) if value]
        if name in ONE:
            told = told[0] if told else None
        elif name in FLAGS:
            told = bool(told)
        now = getattr(row.item, name)
        if told != (list(now) if name in MANY else now):
            changes[name] = told
    return changes


def _back(told: str) -> str:
    """Where to go on: a path of this server, never elsewhere."""
    parts = urlsplit(told)
    own = told.startswith("/") and not told.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return told if own and told.isprintable() else address("/review", [])
