"""The API described: OpenAPI 3.1, made of the table of pages and of the types that they show."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.archive.query import Kind, Order, Reviewed
from onrecord.read import version
from onrecord.record import Record
from onrecord.web.asked import MANY, MAX_PAGE, PAGE, YES_NO
from onrecord.web.pages import PAGES, Page

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
CHOICES: Mapping[str, Any] = {"kind": Kind, "order": Order, "reviewed": Reviewed}


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
    paths["/reviews"] = {"post": _review()}
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
            "schemas": {**known, "Error": {"type": "object", "properties": {"error": {"type": "string"}}}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(page: Page, known: dict[str, Schema]) -> Schema:
    parameters = [_parameter(name, about) for name, about in {**FILTERS, **PLACE, **page.own}.items()]
    if "{id}" in page.path:
        parameters.insert(0, _id())
    return {
        "operationId": page.name,
        "summary": page.about,
        "parameters": parameters,
        "responses": _responses(_of(page.shows, known)),
    }


def _parameter(name: str, about: str) -> Schema:
    schema: Schema = {"type": "string"}
    if name in MANY:
        schema = {"type": "array", "items": {"type": "string"}}
    elif name in YES_NO:
        schema = {"type": "string", "enum": ["yes", "no"]}
    elif name in CHOICES:
        schema = {"type": "string", "enum": list(get_args(CHOICES[name]))}
    elif name in ("confidence", "limit"):
        schema = {"type": "number" if name == "confidence" else "integer"}
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


def _id() -> Schema:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _responses(schema: Schema) -> Schema:
    error = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    return {
        "200": {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}},
        "400": {"description": "What was asked cannot be meant so.", **error},
        "404": {"description": "Not here.", **error},
        "503": {"description": "Too broad, or too many at once.", **error},
    }


def _review() -> Schema:
    return {
        "operationId": "review",
        "summary": "Accept, correct or reject an item.",
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["item", "action", "by"],
                        "properties": {
                            "item": {"type": "string"},
                            "action": {"type": "string", "enum": ["accept", "correct", "reject"]},
                            "by": {"type": "string"},
                            "changes": {"type": "object", "description": "fields of the record; spans [start, end]"},
                            "note": {"type": "string"},
                        },
                    }
                }
            },
        },
        "responses": {"200": {"description": "Kept."}, "400": {"description": "No such item or correction."},
                      "401": {"description": "No token."}},
    }  # fmt: skip


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
        return {"type": "array", "prefixItems": [_of(each, known) for each in arguments]}
    if origin is list:
        return {"type": "array", "items": _of(arguments[0], known)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object"}
    plain = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": plain[type_]} if type_ in plain else {}
