"""Rows of an archive, or of a record alone, in the shapes that others have programs for. ``docs/exports.md`` has the
columns.

Pure functions over rows: ``polecat`` and ``phoenix`` (events), ``entities`` (FollowTheMoney), ``ics`` (meetings),
``cite`` (one row, for people). Plain tables are the archive's own (``onrecord.archive.flat``).
"""

from onrecord.exports.calendar import ics
from onrecord.exports.citation import cite
from onrecord.exports.followthemoney import entities
from onrecord.exports.phoenix import phoenix
from onrecord.exports.polecat import polecat
from onrecord.exports.rows import rows_of
from onrecord.exports.tsv import tsv

__all__ = ["cite", "entities", "ics", "phoenix", "polecat", "rows_of", "tsv"]
