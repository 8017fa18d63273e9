"""What counts once: pages that carry one text, statements that report one saying, and the sources that are independent.

For a batch: ``stories(reports)``, ``sayings(statements, origins)``, or both by ``once(records)``. For an archive that
grows: keep ``signature(page)`` and its ``bands`` in an indexed table, look a new page's bands up, ask ``same_story`` of
those that share one, and likewise with ``said``, ``saying_bands`` and ``same_saying``; ``story`` and ``saying``
describe a group.
"""

from onrecord.stories.once import once
from onrecord.stories.saying import Said, Saying, said, same_saying, saying, saying_bands, sayings
from onrecord.stories.signature import bands, is_current, same_story, shared, signature
from onrecord.stories.story import Report, Story, origin, report, sources, stories, story

__all__ = [
    "Report",
    "Said",
    "Saying",
    "Story",
    "bands",
    "is_current",
    "once",
    "origin",
    "report",
    "said",
    "same_saying",
    "same_story",
    "saying",
    "saying_bands",
    "sayings",
    "shared",
    "signature",
    "sources",
    "stories",
    "story",
]
