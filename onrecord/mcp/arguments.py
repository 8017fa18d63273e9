"""The arguments of the tools: their types, and what an assistant is told of each. The filters are those of the API."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from onrecord.archive.query import Kind, Order, Reviewed
from onrecord.web.openapi import FILTERS, PLACE

MOST = 50
"""Items of one answer: an assistant reads every one of them."""

LONGEST = 8000
"""Code points of a page in one answer."""


def _told(name: str, **limits: Any) -> Any:
    return Field(description={**FILTERS, **PLACE}[name], **limits)


Some = list[str] | str | None
ListOf = Annotated[Kind, _told("kind")]
Text = Annotated[str | None, _told("text")]
Who = Annotated[Some, _told("who")]
To = Annotated[Some, _told("to")]
About = Annotated[Some, _told("about")]
Anybody = Annotated[Some, _told("party")]
Type = Annotated[Some, _told("type")]
Status = Annotated[Some, _told("status")]
Outlet = Annotated[Some, _told("outlet")]
Since = Annotated[str | None, _told("since")]
Until = Annotated[str | None, _told("until")]
SaidIn = Annotated[bool | None, Field(description="true: only what somebody is reported to have said; false: only the "
                                      "page's own voice")]  # fmt: skip
Asserted = Annotated[bool | None, Field(description="of events: true, what is reported as such; false, the content of "
                                        "accusations and demands")]  # fmt: skip
Confidence = Annotated[float | None, _told("confidence", ge=0, le=1)]
Looked = Annotated[Reviewed | None, _told("reviewed")]
OpenOn = Annotated[str | None, _told("open_on")]
OfPage = Annotated[str | None, _told("page")]
OfStory = Annotated[str | None, _told("story")]
Once = Annotated[bool, Field(description="a story and a saying count once; false: every report")]
By = Annotated[Order | None, _told("order")]
Limit = Annotated[int, Field(ge=1, le=MOST, description=f"how many, {MOST} at most")]
After = Annotated[str | None, Field(max_length=200, description="`next` of the answer before, to go on behind it")]
Day = Annotated[str | None, Field(max_length=20, description="the day to look from, 2026-03-12; today by default")]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
