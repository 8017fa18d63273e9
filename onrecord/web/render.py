"""Templates to HTML. Escaping is always on, and an undefined name is an error, never an empty place."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord.terminal import ORIGINS
from onrecord.web.cards import label, summary
from onrecord.web.shown import clip, outside, seen, shown

NAV = (
    ("/", "This week"),
    ("/search", "Search"),
    ("/actors", "Actors"),
    ("/pairs", "Pairs"),
    ("/topic", "Topic"),
    ("/words", "Words"),
    ("/warnings", "Warnings"),
    ("/calendar", "Calendar"),
    ("/stories", "Stories"),
    ("/outlets", "Outlets"),
    ("/review", "Review"),
)


@cache
def environment() -> Environment:
    """The templates, with the few functions that they may call."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # an update of the package must not change the pages of a server that runs older code
    )
    made.globals.update(
        nav=NAV,
        static=static,
        shown=shown,
        seen=seen,
        clip=clip,
        outside=outside,
        summary=summary,
        label=label,
        origin=ORIGINS.get,
    )
    return made


@cache
def static(name: str) -> str:
    """The address of a file of ``static/``, which changes when the file does, so that browsers may keep it."""
    content = files("onrecord.web").joinpath("static", *name.split("/")).read_bytes()
    return f"/static/{name}?{hashlib.blake2b(content, digest_size=6).hexdigest()}"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as a response."""
    html = environment().get_template(template).render(request=request, **values)
    return HTMLResponse(html, status_code=status, headers={"cache-control": "no-cache"})
