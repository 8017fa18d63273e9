"""What a site allows: its ``robots.txt``, by RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

AGENT = "onrecord"
MAX_BYTES = 500 * 1024  # what the RFC says must be read
LONGEST = 300.0  # seconds between two pages; a site that asks for more is asked as seldom as this


@dataclass(frozen=True, slots=True)
class Robots:
    """Rules of one site. ``delay`` is the seconds between two requests that it asks for, 0 if none."""

    rules: RobotFileParser | None
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether ``url`` may be fetched."""
        return self.rules is None or self.rules.can_fetch(AGENT, url)


EVERYTHING = Robots(None)


def robots(data: bytes) -> Robots:
    """The rules in the bytes of a ``robots.txt``. Lines that cannot be understood say nothing."""
    rules = RobotFileParser()
    lines = data[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    rules.parse(line for line in lines if len(line) <= 2_000)
    try:
        delay = float(rules.crawl_delay(AGENT) or 0)
    except (ValueError, TypeError):
        delay = 0.0
    return Robots(rules, min(max(delay, 0.0), LONGEST))
