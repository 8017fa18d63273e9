"""Who did what to whom: PLOVER events with their words, their standing to the facts, and their CAMEO code."""

from onrecord.events.find import Places, find_events
from onrecord.events.pair import classify

__all__ = ["Places", "classify", "find_events"]
