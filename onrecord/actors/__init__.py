"""Who is who on a page: mentions to actors, with country, sector and role."""

from onrecord.actors.cast import Actors
from onrecord.actors.find import find_actors
from onrecord.actors.persons import Known
from onrecord.actors.profile import resolve_mention

__all__ = ["Actors", "Known", "find_actors", "resolve_mention"]
