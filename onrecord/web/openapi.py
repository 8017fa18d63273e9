"""The API described: OpenAPI 3.1, made of the table of pages and of the types that they show."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.archive.query import Kind, Order, Reviewed
from onrecord.archive.rows import Review
from onrecord.read import version
from onrecord.record import Record
from onrecord.web.asked import KINDS, MANY, MAX_PAGE, PAGE, YES_NO
from onrecord.web.formats import FORMATS
from onrecord.web.pages import PAGES, Page
from onrecord.web.views.review import Reviews
from onrecord.web.writing import ACTIONS

Schema = dict[str, Any]
FILTERS: dict[str, str] = {
    "text": 'words that must stand in the item: all of them; "a phrase", prefix*, -not, a OR b',
    "who": "who speaks, acts, commits, meets: an actor's id, a country or code in capitals, or a name",
    "to": "to whom: addressees, recipients",
    "about": "of whom a statement speaks",
    "party": "anybody who plays any part",
    "type": "kind of statement, commitment or meeting; type of event, or TYPE/mode",
    "status": "of an event or a meeting",
    "outlet": "name or domain of the outlet",
    "since": "first day: 2026, 2026-03 or 2026-03-12",
    "until": "last day",
    "said_in": "yes: only what somebody is reported to have said; no: only the page's own voice",
    "asserted": "of events: yes, what is reported as such; no, the content of accusations and demands",
    "confidence": "at least this, 0 to 1",
    "reviewed": "what people found: all but what was rejected by default",
    "open_on": "commitments whose deadline has not passed, meetings planned, on this day",
    "page": "of one page, by its id",
    "story": "of one story, by the id of one of its pages",
    "once": "yes (default): a story and a saying count once; no: every report",
}
PLACE: dict[str, str] = {
    "kind": "which list",
    "order": "newest, oldest or relevance",
    "limit": f"how many, {PAGE} by default, {MAX_PAGE} at most",
    "after": "the place to go on from, as the answer before gave it",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind), "order": get_args(Order), "reviewed": get_args(Reviewed), "format": FORMATS,
}  # fmt: skip
ERROR: Schema = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
REFUSED = {"414": "The address is too long.", "421": "Not a name of this server.", "429": "Too many requests."}


def described(base: str = "/api/v1") -> Schema:
    """The description."""
    known: dict[str, Schema] = {}
    paths: dict[str, Any] = {}
    for page in PAGES:
        paths["/week" if page.path == "/" else page.path] = {"get": _operation(page, known)}
    paths["/pages/{id}"] = {
        "get": {
            "operationId": "record",
            "summary": "The record of one page, as the machine read it.",
            "parameters": [_id()],
            "responses": _responses(_of(Record, known)),
        }
    }
    paths["/reviews"] = {"get": _reviews(known), "post": _review(known)}
    paths["/feed"] = {"servers": [{"url": "/"}], "get": _feed()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": version(),
            "description": "Everything that the pages show, as JSON; with format=csv or format=parquet, as a table.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": {**known, "Error": ERROR},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(page: Page, known: dict[str, Schema]) -> Schema:
    told = {**FILTERS, **PLACE, **page.own, "format": "json by default; csv and parquet give the page's table"}
    parameters = [_parameter(name, about) for name, about in told.items()]
    if "{id}" in page.path:
        parameters.insert(0, _id())
    return {
        "operationId": page.name,
        "summary": page.about,
        "parameters": parameters,
        "responses": _responses(_of(page.shows, known), tables=True),
    }


def _feed() -> Schema:
    return {
        "operationId": "feed",
        "summary": "Any search as an Atom feed (RFC 4287), newest first.",
        "parameters": [_parameter(name, about) for name, about in {**FILTERS, **PLACE}.items()],
        "responses": {
            "200": {
                "description": "The feed.",
                "content": {"application/atom+xml": {"schema": {"type": "string"}}},
            },
            "default": {"description": "A page for people that says what is wrong."},
        },
    }


def _parameter(name: str, about: str) -> Schema:
    schema: Schema = {"type": "string"}
    if name in MANY:
        schema = {"type": "array", "items": {"type": "string"}}
    elif name in YES_NO:
        schema = {"type": "string", "enum": ["yes", "no"]}
    elif name in CHOICES:
        schema = {"type": "string", "enum": list(CHOICES[name])}
    elif name in ("confidence", "limit"):
        schema = {"type": "number" if name == "confidence" else "integer"}
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


def _id() -> Schema:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _responses(schema: Schema, *, tables: bool = False) -> Schema:
    content: Schema = {"application/json": {"schema": schema}}
    if tables:
        content |= {"text/csv": {"schema": {"type": "string"}}, "application/vnd.apache.parquet": {}}
    told = {"400": "What was asked cannot be meant so.", "404": "Not here.", "503": "Too broad, or too many at once."}
    return {"200": {"description": "What was asked for.", "content": content}, **_errors(told | REFUSED)}


def _errors(told: Mapping[str, str]) -> Schema:
    schema = {"$ref": "#/components/schemas/Error"}
    return {
        status: {"description": line, "content": {"application/json": {"schema": schema}}}
        for status, line in sorted(told.items())
    }


def _reviews(known: dict[str, Schema]) -> Schema:
    about = {"page": "of one page, by its id", "item": "of one item, by its id"}
    return {
        "operationId": "reviews",
        "summary": "What people found, the first one first.",
        "parameters": [_parameter(name, told) for name, told in about.items()],
        "responses": _responses(_of(Reviews, known)),
    }


def _review(known: dict[str, Schema]) -> Schema:
    return {
        "operationId": "keep_review",
        "summary": "Accept, correct or reject an item, or add one that was missed.",
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["action", "by"],
                        "properties": {
                            "item": {"type": "string", "description": "its id; not of one that is added"},
                            "action": {"type": "string", "enum": list(ACTIONS)},
                            "by": {"type": "string", "description": "who says so"},
                            "page": {"type": "string", "description": "of what is added: the id of its page"},
                            "kind": {"type": "string", "enum": list(KINDS), "description": "of what is added"},
                            "changes": {"type": "object", "description": "fields of the record; spans [start, end]"},
                            "note": {"type": "string"},
                        },
                    }
                }
            },
        },
        "responses": {
            "200": {"description": "Kept.", "content": {"application/json": {"schema": _of(Review, known)}}},
            **_errors(
                {"400": "No such item or correction.", "401": "No token.", "413": "The body is too large."} | REFUSED
            ),
        },
    }


def _of(type_: Any, known: dict[str, Schema]) -> Schema:
    """The JSON Schema of a type; dataclasses by name, each once."""
    origin, arguments = get_origin(type_), get_args(type_)
    if is_dataclass(type_) and isinstance(type_, type):
        name = type_.__name__ if type_.__module__.startswith("onrecord.web") else f"Record{type_.__name__}"
        if name not in known:
            known[name] = {}  # a type may hold itself
            hints = get_type_hints(type_)
            names = [field.name for field in fields(type_)]
            known[name].update(
                type="object", properties={each: _of(hints[each], known) for each in names}, required=names
            )
        return {"$ref": f"#/components/schemas/{name}"}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(each, known) for each in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return {"type": "array", "items": _of(arguments[0], known)}
    if origin is tuple:
        count = len(arguments)
        told = [_of(each, known) for each in arguments]
        return {"type": "array", "prefixItems": told, "minItems": count, "maxItems": count}
    if origin is list:
        return {"type": "array", "items": _of(arguments[0], known)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object"}
    plain = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": plain[type_]} if type_ in plain else {}
