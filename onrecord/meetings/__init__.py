"""Meetings, visits, talks, summits and calls: held, planned, cancelled, postponed."""

from onrecord.meetings.find import find_meetings

__all__ = ["find_meetings"]
