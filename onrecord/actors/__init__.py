"""Who is who on a page: mentions to actors, with country, sector and role."""

from onrecord.actors.cast import Actors
from onrecord.actors.describe import resolve_mention, sector_of
from onrecord.actors.explain import Because, Explained, Reason, explain_actors
from onrecord.actors.find import find_actors
from onrecord.actors.gazetteer import country_code
from onrecord.actors.known import Known, Roll
from onrecord.actors.signs import names_political_actor

__all__ = [
    "Actors",
    "Because",
    "Explained",
    "Known",
    "Reason",
    "Roll",
    "country_code",
    "explain_actors",
    "find_actors",
    "names_political_actor",
    "resolve_mention",
    "sector_of",
]
