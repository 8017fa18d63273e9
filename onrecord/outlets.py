"""Who published it: the register of outlets, their mirrors, and the news agencies that others credit.

The register is ``data/outlets.tsv``, facts in columns: ``domain`` (without ``www.``), ``name``, ``country`` (ISO 3166
alpha-3 of the seat of the newsroom, or ``UNO``), ``agency`` (``yes`` for a news agency), ``aliases`` and ``mirrors``
(``;`` between them). A new outlet is a new line there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from onrecord.record import Outlet
from onrecord.tables import rows


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of the register."""

    domain: str
    name: str
    country: str
    agency: bool
    aliases: tuple[str, ...]
    mirrors: tuple[str, ...]


@cache
def listings() -> tuple[Listing, ...]:
    """The register, in file order."""
    return tuple(
        Listing(
            domain=row["domain"],
            name=row["name"],
            country=row["country"],
            agency=row["agency"] == "yes",
            aliases=_several(row["aliases"]),
            mirrors=_several(row["mirrors"]),
        )
        for row in rows("outlets.tsv")
    )


def outlet(*, url: str | None = None, name: str | None = None, addresses: tuple[str, ...] = ()) -> Outlet | None:
    """The publisher of a page, from its URL, the name it gives itself, and the addresses it says it can be reached at.

    A listed domain or name brings the register's name and country; otherwise the page's own words stand and the
    country is unknown. None where the page gives neither an address nor a name.
    """
    host = host_of(url) if url else None
    domain = host or (addresses[0] if addresses else None)
    found = _by_domain(domain) if domain else None
    if found is None and name and host is None:
        found = _by_name().get(_key(name))
    mirrors = tuple(address for address in addresses if address != domain)
    if found is not None:
        return Outlet(name=found.name, domain=domain or found.domain, country=found.country, mirrors=mirrors)
    if name or domain:
        return Outlet(name=name, domain=domain, country=None, mirrors=mirrors)
    return None


def canonical(outlet: Outlet | None) -> str | None:
    """One name for all addresses of an outlet: the register's, else the first of its domains by alphabet, else its
    name.

    Names of the register are unique, and ``agency`` gives the same ones: what is credited to an agency and what the
    agency prints itself go by one name.
    """
    if outlet is None:
        return None
    domains = [domain for domain in (outlet.domain, *outlet.mirrors) if domain]
    listed = next(filter(None, map(_by_domain, domains)), None)
    if listed is None and not domains and outlet.name:
        listed = _by_name().get(_key(outlet.name))
    if listed is not None:
        return listed.name
    return min(map(_bare, domains), default=outlet.name)


def is_agency(name: str) -> bool:
    """Whether a name, as ``canonical`` gives it, is that of a news agency."""
    return _agencies().get(name) == name


def agency(words: str) -> str | None:
    """The news agency that ``words`` name, under its usual name (``The Associated Press`` -> ``Associated Press``)."""
    return _agencies().get(words.strip())


@cache
def agency_pattern() -> str:
    """A regular expression (one group less, case as written) for any name of any news agency, longest first."""
    names = sorted(_agencies(), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name) for name in names) + ")"


def is_outlet(words: str) -> bool:
    """Whether ``words`` are the name of a listed outlet or agency."""
    return _key(words) in _by_name()


def host_of(url: str) -> str | None:
    """The host of a URL, lower case and without a port; None where there is none."""
    try:
        return urlsplit(url).hostname or None
    except ValueError:
        return None


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _bare(domain: str) -> str:
    """A domain without the label that only says which edition of one site it serves."""
    first, _, rest = domain.partition(".")
    return rest if first in ("www", "m", "mobile", "amp") and "." in rest else domain


def _key(name: str) -> str:
    return name.strip().casefold().removeprefix("the ")


@cache
def _agencies() -> Mapping[str, str]:
    return {name: entry.name for entry in listings() if entry.agency for name in (entry.name, *entry.aliases)}


@cache
def _by_name() -> Mapping[str, Listing]:
    return {_key(name): entry for entry in reversed(listings()) for name in (entry.name, *entry.aliases)}


@cache
def _domains() -> Mapping[str, Listing]:
    return {domain: entry for entry in listings() for domain in (entry.domain, *entry.mirrors)}


def _by_domain(domain: str) -> Listing | None:
    """The listing of a domain or of the nearest domain above it: ``amp.edition.cnn.com`` is found as ``cnn.com``."""
    labels = domain.split(".")
    for first in range(len(labels) - 1):
        if found := _domains().get(".".join(labels[first:])):
            return found
    return None
