"""All pages in one table: where each is, what it shows, which parameters are its own. Routes, exports, the API and its
description are made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.web.views import actors, calendar, pairs, review, search, stories, topic, warnings, week, words


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``look`` gives what it shows, of an archive, what is asked, and the id in its path if it has one.

    ``rows`` gives the same as lines of a table. ``own`` are its parameters besides the filters, with their meaning.
    ``kept``: it goes through the whole archive, and may show what was there a minute ago.
    """

    path: str
    name: str
    about: str
    template: str
    look: Callable[..., Any]
    shows: type
    rows: Callable[[Any], list[dict[str, Any]]]
    own: Mapping[str, str] = field(default_factory=dict)
    kept: bool = False


ON = {"on": "the day to look from, ISO; today by default"}
STRETCH = {"by": "day, week, month, quarter or year"}
PAGES = (
    Page("/", "week", "The last week: warnings, changes, meetings, sayings.", "week.html", week.week, week.Week,
         week.table, ON),
    Page("/search", "search", "Statements, events, commitments or meetings by every filter, with facets.",
         "search.html", search.search, search.Search, search.table),
    Page("/actors", "actors", "Actors by name, id or country.", "actors.html", actors.actors, actors.Actors,
         actors.actors_table, {"country": "ISO 3166 alpha-3"}, kept=True),
    Page("/actors/{id}", "actor", "What one actor said, did and received, with whom, over time; offices by evidence.",
         "actor.html", actors.actor, actors.ActorView, actors.actor_table, STRETCH),
    Page("/pairs", "pairs", "The busiest pairs of countries.", "pairs.html", pairs.pairs, pairs.Pairs,
         pairs.pairs_table),
    Page("/pair", "pair", "Two actors over time, with the statements and events under each point.", "pair.html",
         pairs.pair, pairs.Pair, pairs.pair_table,
         {"a": "the one: a country, an actor's id or name", "b": "the other", **STRETCH,
          "split": "what the timeline counts: class (verbal or material, cooperation or conflict) or type"}),
    Page("/topic", "topic", "Who says what about a phrase.", "topic.html", topic.topic, topic.Topic, topic.table),
    Page("/words", "words", "How one speaker's words change over time, and how outlets report them.", "words.html",
         words.look, words.Words, words.table, STRETCH),
    Page("/warnings", "warnings", "Threats, ultimatums, promises and offers by state.", "warnings.html",
         warnings.warnings, warnings.Warnings, warnings.table, {"state": "open, passed or met", **ON}),
    Page("/calendar", "calendar", "Meetings held and planned.", "calendar.html", calendar.calendar,
         calendar.Calendar, calendar.table, ON),
    Page("/stories", "stories", "Stories with their reports.", "stories.html", stories.stories, stories.Stories,
         stories.stories_table, {"least": "only stories with so many reports; 2 by default"}),
    Page("/stories/{id}", "story", "One story: all reports, and who copied whom.", "story.html", stories.story,
         stories.Story, stories.story_table),
    Page("/outlets", "outlets", "Outlets: how much of each is here, and what they share.", "outlets.html",
         stories.outlets, stories.Outlets, stories.outlets_table, kept=True),
    Page("/review", "review", "What nobody has looked at yet, the least certain first; precision and agreement so far.",
         "review.html", review.queue, review.Queue, review.table,
         {"look": "first, second (what others have looked at), differ", "reviewer": "of a second look: whose"}),
)  # fmt: skip
