"""The application: routes made of the table of pages, the article, the feed, the API, and the writes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from onrecord.errors import OnrecordError
from onrecord.web import article, plots, writing
from onrecord.web.asked import Asked, AskedError, address, asked, pairs
from onrecord.web.feed import atom
from onrecord.web.formats import FORMATS, json_response, table_response
from onrecord.web.guard import READS, WRITES, Guard, Rate
from onrecord.web.hits import hits
from onrecord.web.kept import Kept
from onrecord.web.keys import Keys
from onrecord.web.openapi import FILTERS, described
from onrecord.web.pages import PAGES, Page
from onrecord.web.render import page as rendered
from onrecord.web.render import static
from onrecord.web.shelf import Busy, Shelf, Unready
from onrecord.web.views import calendar, search, stories, topic, words
from onrecord.web.views.review import Reviews

log = logging.getLogger(__name__)  # what a reader is not told; the person who runs the server is
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
API = "/api/v1"
EXPORTED = 2000  # rows of a file at most, newest first; ``after`` goes on behind them


@dataclass(frozen=True, slots=True)
class View:
    """What a template is given besides its page's data: the addresses of other forms of the same."""

    page: Page
    data: Any
    exports: tuple[tuple[str, str], ...]
    feed: str
    here: str


def create(
    path: Path,
    *,
    keys: Keys | None = None,
    hosts: frozenset[str] = LOCAL,
    reads: Rate | None = READS,
    writes: Rate | None = WRITES,
) -> ASGIApp:
    """The application over an archive. ``hosts`` are the names it answers to; without ``keys`` a new token is made."""
    shelf = Shelf(path)
    keys = keys or Keys()
    kept = Kept()

    @asynccontextmanager
    async def life(_app: Starlette) -> Any:
        yield
        shelf.close()

    async def enter(request: Request) -> Response:
        return await writing.enter(request, keys)

    async def review_form(request: Request) -> Response:
        return await writing.review_form(request, keys, shelf)

    async def review_json(request: Request) -> Response:
        return await writing.review_json(request, keys, shelf)

    routes: list[BaseRoute] = []
    for each in PAGES:
        route = each.path.replace("{id}", "{id:path}")
        routes.append(Route(route, _endpoint(each, shelf, keys, None, kept), methods=["GET"]))
        under = API + ("/week" if route == "/" else route)
        routes.append(Route(under, _endpoint(each, shelf, keys, "json", kept), methods=["GET"]))
    routes += [
        Route("/pages/{id:path}", _article(shelf, keys), methods=["GET"]),
        Route(API + "/pages/{id:path}", _record(shelf), methods=["GET"]),
        Route("/feed", _feed(shelf), methods=["GET"]),
        Route("/docs", lambda request: rendered(request, "docs.html", pages=PAGES, filters=FILTERS), methods=["GET"]),
        Route(API + "/openapi.json", lambda _: JSONResponse(described(API)), methods=["GET"]),
        Route("/enter", enter, methods=["GET", "POST"]),
        Route("/reviews", review_form, methods=["POST"]),
        Route(API + "/reviews", _reviews(shelf), methods=["GET"]),
        Route(API + "/reviews", review_json, methods=["POST"]),
        Route("/favicon.ico", lambda _: RedirectResponse(static("icon.svg")), methods=["GET"]),
        Route("/api", lambda _: RedirectResponse("/docs"), methods=["GET"]),
        Mount("/static", _Static(packages=[("onrecord.web", "static")])),
    ]
    handlers: dict[Any, Callable[..., Any]] = {OnrecordError: _told, 404: _told, 405: _told, 500: _told}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=life)
    return Guard(app, hosts=hosts, reads=reads, writes=writes)


class _Static(StaticFiles):
    """Files of the package. Their addresses change when they do, so they may be kept."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _endpoint(page: Page, shelf: Shelf, keys: Keys, default: str | None, kept: Kept) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        params = request.query_params
        form = params.get("format", default)
        if form is not None and form not in FORMATS:
            raise AskedError(f"format: one of {', '.join(FORMATS)}")
        wanted = asked(params, own=(*page.own, "format"))
        wanted = replace(wanted, rest={n: v for n, v in (wanted.rest or {}).items() if n != "format"})
        if form in ("csv", "parquet") and "limit" not in params:
            wanted = replace(wanted, limit=EXPORTED)

        def look() -> Any:
            with shelf.reading() as archive:
                return page.look(archive, wanted, *request.path_params.values())

        rest = tuple(sorted((wanted.rest or {}).items()))
        data = kept.get((page.name, replace(wanted, rest=None), rest), look) if page.kept else look()
        if data is None:
            return _missing(request, default)
        if form == "json":
            return json_response(data)
        if form is not None:
            return table_response(page.name, form, page.rows(data))
        view = _view(request, page, wanted, data)
        session = keys.session(request)
        return rendered(request, page.template, view=view, session=session, mark=keys.mark(session), columns=_COLUMNS)

    return endpoint


_COLUMNS = {
    "timeline": plots.TIMELINE, "pairs": plots.PAIRS, "overlap": stories.OVERLAP, "map": calendar.COLUMNS,
    "topic": topic.COLUMNS, "words": words.COLUMNS, "addressed": topic.ADDRESSED,
}  # fmt: skip


def _view(request: Request, page: Page, wanted: Asked, data: Any) -> View:
    told = pairs(wanted)
    path = request.url.path
    api = API + ("/week" if path == "/" else path)
    exports = (
        ("CSV", address(path, [*told, ("format", "csv")])),
        ("JSON", address(api, told)),
        ("Parquet", address(path, [*told, ("format", "parquet")])),
    )
    return View(page, data, exports, address("/feed", told), address(path, told))


def _article(shelf: Shelf, keys: Keys) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        id_, params = request.path_params["id"], request.query_params
        form = params.get("format")
        if form not in (None, *FORMATS):
            raise AskedError(f"format: one of {', '.join(FORMATS)}")
        with shelf.reading() as archive:
            if form in ("csv", "parquet") and archive.page(id_):
                return table_response("page", form, article.table(archive, id_))
            told = {name: params.get(name, "") for name in ("correct", "add", "at")}
            found = article.look(archive, id_, **told)
            if found and form == "json":
                return json_response(archive.record(id_))
        if found is None:
            return _missing(request, form)
        session = keys.session(request)
        return rendered(request, "article.html", article=found, session=session, mark=keys.mark(session))

    return endpoint


def _record(shelf: Shelf) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with shelf.reading() as archive:
            record = archive.record(request.path_params["id"])
        return _missing(request, "json") if record is None else json_response(record)

    return endpoint


def _reviews(shelf: Shelf) -> Callable[[Request], Response]:
    """What people found: of a page, of an item, or all."""

    def endpoint(request: Request) -> Response:
        page, item = (request.query_params.get(name) or None for name in ("page", "item"))
        with shelf.reading() as archive:
            return json_response(Reviews(archive.reviews(page=page, item=item)))

    return endpoint


def _feed(shelf: Shelf) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        wanted = asked(request.query_params)
        wanted = replace(wanted, order="newest")
        with shelf.reading() as archive:
            found = search.find(archive, wanted)
        told = pairs(wanted)
        words = ", ".join(f"{name} {value}" for name, value in told if name != "order")
        return atom(
            hits(found.rows), title=f"onrecord: {words or wanted.kind}", own=address("/feed", told),
            page=address("/search", told), site=str(request.base_url).rstrip("/"),
        )  # fmt: skip

    return endpoint


def _missing(request: Request, form: str | None) -> Response:
    if form == "json":
        return json_response({"error": "not here"}, 404)
    return rendered(request, "error.html", status=404, told="There is nothing here.", code=404)


async def _told(request: Request, error: Exception) -> Response:
    """An error for a person: one line, no trace, no path of this machine."""
    status, told = told_of(error)
    if status >= 500:
        log.error("%s: %s", request.url.path, error)
    if request.url.path.startswith(API):
        return json_response({"error": told}, status)
    return rendered(request, "error.html", status=status, told=told, code=status)


def told_of(error: Exception) -> tuple[int, str]:
    """Status and line of an error."""
    if isinstance(error, OnrecordError):
        status = 503 if isinstance(error, (Busy, Unready)) else 403 if isinstance(error, writing.Refused) else 400
        return status, _sentence(str(error))
    status = getattr(error, "status_code", 500)
    return status, {404: "There is nothing here.", 405: "That cannot be done here."}.get(
        status, "Something went wrong."
    )


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:] + ("" if line.endswith((".", "?", "!")) else ".")
