"""Titles and the names right behind them made one mention, where the tree has them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.actors.mention import Mention
from onrecord.reading import Reading, Token


def titled(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Mentions with a title and the name right behind it made one, where the tree has them apart."""
    found: list[Mention] = []
    for mention in mentions:
        while found and mention.named and found[-1].form == "nominal" and _is_title_of(found[-1], mention):
            found.pop()
        before = found[-1] if found else None
        if (
            before is not None
            and before.form == "nominal"
            and mention.profiles
            and mention.profile.person
            and before.last in (mention.first, mention.named[0] if mention.named else -1)
            and before.profile.category in ("person", "carrier")
            and not before.profile.plural
        ):
            title = before.profile
            profile = replace(
                mention.profile,
                country=title.country or mention.profile.country,
                sectors=title.sectors or mention.profile.sectors,
                role=title.role,
                head=title.head,
                former=title.former,
                own_country=title.own_country,
            )
            head = before.head if reading.tokens[mention.head].head == before.head else mention.head
            found[-1] = replace(
                mention,
                first=before.first,
                head=head,
                profiles=(profile,),
                named=(*mention.named, before.head, mention.head),
            )
            while len(found) > 1 and found[-2].form == "nominal" and _is_within(found[-2], found[-1]):
                found.pop(-2)
        elif before is not None and _holds_both(reading.tokens, before, mention):
            title, name = before.profile, mention.profile
            profile = replace(
                name,
                country=name.country or title.country,
                sectors=title.sectors or name.sectors,
                role=title.role,
                head=title.head,
                former=title.former and name.former,
                own_country=name.own_country or title.own_country,
            )
            found[-1] = replace(mention, first=before.first, profiles=(profile,))
        else:
            found.append(mention)
    return found


def _is_title_of(nominal: Mention, mention: Mention) -> bool:
    """Whether a nominal is all within the words before the last of a name that the name's mention has taken in."""
    return mention.first <= nominal.first and nominal.last <= max(mention.named[0], mention.named[-1])


def _is_within(nominal: Mention, mention: Mention) -> bool:
    """Whether a nominal is one of the titles within a mention: "the Prime Minister | Sheikh Per Dal"."""
    titled = nominal.profile.category in ("person", "carrier", "title") and not nominal.profile.plural
    return titled and mention.first <= nominal.first and nominal.last <= mention.last


def _holds_both(tokens: Sequence[Token], before: Mention, mention: Mention) -> bool:
    """Whether the one named has the office before the "and" as well: "Commerce Minister and Democrat leader Per Dal".

    "The president and Prime Minister Per Dal" are two: an office with an article is somebody by itself.
    """
    if not mention.named or mention.first >= mention.named[0] or before.form != "nominal" or len(before.profiles) != 1:
        return False
    title = before.profile
    return (
        tokens[before.last].text == "and"
        and mention.first == before.last + 1
        and title.category in ("person", "carrier")
        and not title.plural
        and tokens[before.first].text[:1].isupper()
        and tokens[before.first].text.lower() not in ("the", "a", "an")
        and mention.profile.role is not None
    )
