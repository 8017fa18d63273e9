"""What counts once: pages that carry one text, statements that report one saying, and the sources that are independent.

For a batch: ``stories(reports)``, ``sayings(statements, origins)``, or both by ``once(records)``. For an archive that
grows: keep ``signature(page)`` and its ``bands`` in an indexed table, look a new page's bands up, ask ``same_story`` of
those that share one, and likewise with ``said``, ``saying_bands`` and ``same_saying``; ``story_of`` and ``saying_of``
describe a group.
"""

from onrecord.stories.copies import bands, is_current, same_story, shared, signature
from onrecord.stories.saying import Said, Saying, said, same_saying, saying_bands, saying_of, sayings
from onrecord.stories.story import Report, Story, origin, report, sources, stories, story_of
from onrecord.stories.tally import once

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
    "saying_bands",
    "saying_of",
    "sayings",
    "shared",
    "signature",
    "sources",
    "stories",
    "story_of",
]
