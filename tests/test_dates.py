"""Dates: invented sentences against the days they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import anchor, find_dates, infer_published, is_day, when_at
from onrecord.reading import Quotation, Reading, Sentence, Token
from onrecord.record import Block, Outlet, Page, PublishedFrom, Role, When

WORDLESS = Reading((), (), (), (), ())


def page_of(
    *paragraphs: str | tuple[Role, str], published: str | None = None, published_from: PublishedFrom | None = None
) -> Page:
    """A page of these paragraphs; a plain one is body."""
    text, blocks = "", []
    for paragraph in paragraphs:
        role: Role = "body" if isinstance(paragraph, str) else paragraph[0]
        words = paragraph if isinstance(paragraph, str) else paragraph[1]
        text += "\n\n" if text else ""
        blocks.append(Block(role, len(text), len(text) + len(words)))
        text += words
    return Page(
        id="", source="", url=None, outlet=None, section=(), title=None, authors=(), published=published,
        published_from=published_from or ("given" if published else None), fetched=None, language="en", credit=None,
        text=text, blocks=tuple(blocks), digest="",
    )  # fmt: skip


def tree(text: str, *rows: str) -> Reading:
    """A reading of one sentence from rows "form lemma xpos head deprel" (head counts from 1; 0 is the root)."""
    upos = {"NNP": "PROPN", "CD": "NUM", "IN": "ADP", "TO": "PART", "MD": "AUX", "DT": "DET", "RB": "ADV", ".": "PUNCT",
            "JJ": "ADJ", "PRP": "PRON", "POS": "PART"}  # fmt: skip
    tokens, at = [], 0
    for i, row in enumerate(rows):
        form, lemma, xpos, head, deprel = row.split()
        at = text.index(form, at)
        kind = "AUX" if deprel.startswith(("aux", "cop")) else upos.get(xpos, "VERB" if xpos[0] == "V" else "NOUN")
        tokens.append(Token(i, at, at + len(form), form, lemma, kind, xpos, int(head) - 1, deprel, 0))
        at += len(form)
    children = tuple(tuple(t.i for t in tokens if t.head == i) for i in range(len(tokens)))
    return Reading(tuple(tokens), (Sentence(0, len(tokens), 0, len(text), 0),), (), (), (), children)


def days(whens: tuple[When, ...]) -> list[tuple[str, str, str]]:
    return [(when.span.text, when.first, when.last) for when in whens if when.span]


def one(text: str, first: str, last: str | None = None) -> list[tuple[str, str, str]]:
    return [(text, first, last or first)]


# 2024-06-12 is a Wednesday, 2026-02-02 a Monday, 2023-12-31 a Sunday, 2024-02-29 a Thursday.
WED, MON, SUN, LEAP = "2024-06-12", "2026-02-02", "2023-12-31", "2024-02-29"

RESOLVED = [
    # written out: no page's date needed
    (None, "The envoy died on 3 March 1987.", one("3 March 1987", "1987-03-03")),
    (None, "The envoy died on March 3, 1987, in Oslo.", one("March 3, 1987", "1987-03-03")),
    (None, "Signed Tuesday, March 3, 1987.", one("Tuesday, March 3, 1987", "1987-03-03")),
    (None, "Signed on the 3rd of March 1987.", one("3rd of March 1987", "1987-03-03")),
    (None, "Signed Mar. 3, 1987.", one("Mar. 3, 1987", "1987-03-03")),
    (None, "MARCH 3, 1987", one("MARCH 3, 1987", "1987-03-03")),
    (None, "Filed 1987-03-03 by the clerk.", one("1987-03-03", "1987-03-03")),
    (None, "Filed 23/03/1987 by the clerk.", one("23/03/1987", "1987-03-23")),
    (None, "Filed 03/23/1987 by the clerk.", one("03/23/1987", "1987-03-23")),
    (None, "Filed 03.04.1987 by the clerk.", one("03.04.1987", "1987-04-03")),
    (None, "Talks began in May 2011.", one("May 2011", "2011-05-01", "2011-05-31")),
    (None, "Talks began in early May 2011.", one("early May 2011", "2011-05-01", "2011-05-10")),
    (None, "Talks began in mid-May 2011.", one("mid-May 2011", "2011-05-11", "2011-05-20")),
    (None, "Talks began in late February 2012.", one("late February 2012", "2012-02-21", "2012-02-29")),
    (None, "It opened in 1974.", one("1974", "1974-01-01", "1974-12-31")),
    (None, "It opened at the end of 1974.", one("the end of 1974", "1974-09-01", "1974-12-31")),
    (None, "Its 1974 constitution was short.", one("1974", "1974-01-01", "1974-12-31")),
    (None, "The 1974 elections were close.", one("1974", "1974-01-01", "1974-12-31")),
    (None, "He served between 1974 and 1981.", one("between 1974 and 1981", "1974-01-01", "1981-12-31")),
    (None, "He served from 1974 to 1981.", one("from 1974 to 1981", "1974-01-01", "1981-12-31")),
    (None, "The premier (1974–1981) is ill.", one("1974–1981", "1974-01-01", "1981-12-31")),
    (None, "In the 2014-15 session it failed.", one("2014-15", "2014-01-01", "2015-12-31")),
    (None, "From 3 to 5 May 2011 they met.", one("From 3 to 5 May 2011", "2011-05-03", "2011-05-05")),
    (None, "The fair ran May 3-5, 2011.", one("May 3-5, 2011", "2011-05-03", "2011-05-05")),
    (None, "The fair ran from March to August 2011.", one("from March to August 2011", "2011-03-01", "2011-08-31")),
    (None, "From November 2010 to March 2011.", one("From November 2010 to March 2011", "2010-11-01", "2011-03-31")),
    (None, "From 28 April to 3 May 2011.", one("From 28 April to 3 May 2011", "2011-04-28", "2011-05-03")),
    (None, "28 December to 3 January 2011.", one("28 December to 3 January 2011", "2010-12-28", "2011-01-03")),
    (None, "In March and April 2011 it rained.",
     [("March", "2011-03-01", "2011-03-31"), ("April 2011", "2011-04-01", "2011-04-30")]),
    (None, "In the 1990s it grew.", one("the 1990s", "1990-01-01", "1999-12-31")),
    (None, "In the nineties it grew.", one("the nineties", "1990-01-01", "1999-12-31")),
    (None, "In the early 1980s it grew.", one("the early 1980s", "1980-01-01", "1984-12-31")),
    (None, "In the 19th century it grew.", one("the 19th century", "1800-01-01", "1899-12-31")),
    (None, "A seventeenth-century fort.", one("seventeenth-century", "1600-01-01", "1699-12-31")),
    (None, "In the first quarter of 2014 exports fell.", one("the first quarter of 2014", "2014-01-01", "2014-03-31")),
    (None, "Exports fell in Q3 2014.", one("Q3 2014", "2014-07-01", "2014-09-30")),
    (None, "In the second half of 2014 they rose.", one("the second half of 2014", "2014-07-01", "2014-12-31")),
    (None, "In the first week of May 2014 they met.", one("the first week of May 2014", "2014-05-01", "2014-05-07")),
    (None, "On the last day of February 2012.", one("the last day of February 2012", "2012-02-29")),
    (None, "The troops must leave by the end of 2026.", one("the end of 2026", "2026-12-31", "2026-12-31")),
    (None, "Fan Expo Lima 2016 was full.", one("2016", "2016-01-01", "2016-12-31")),
    (None, "In the summer of 2014 they met.", one("the summer of 2014", "2014-06-01", "2014-09-30")),
    (None, "In the winter of 2013-14 they met.", one("the winter of 2013-14", "2013-12-01", "2014-03-31")),
    (None, "Founded in 842 AD by monks.", one("842 AD", "0842-01-01", "0842-12-31")),
    (None, "After the September 11 attacks, flights stopped.", one("September 11 attacks", "2001-09-11")),
    (None, "On 9/11 the towers fell.", one("9/11", "2001-09-11")),
    (None, "From late 2013 to early 2014 they met.", one("From late 2013 to early 2014", "2013-09-01", "2014-04-30")),
    (None, "From 2020 until the end of 2023.", one("From 2020 until the end of 2023", "2020-01-01", "2023-12-31")),
    (None, "Between late May and early June 2014.",
     one("Between late May and early June 2014", "2014-05-21", "2014-06-10")),
    (None, "He was born on 4 July 1976 (Sunday).", one("4 July 1976 (Sunday)", "1976-07-04")),
    (None, "In the first six months of 2023 it fell.", one("the first six months of 2023", "2023-01-01", "2023-06-30")),
    (None, "In the last three days of May 2023.",
     one("the last three days of May 2023", "2023-05-29", "2023-05-31")),
    (None, "In the last week of May 2023 it fell.", one("the last week of May 2023", "2023-05-25", "2023-05-31")),
    (None, "In the week of 5 June 2024 it fell.", one("the week of 5 June 2024", "2024-06-03", "2024-06-09")),
    (None, "Profits fell in H1 2023.", one("H1 2023", "2023-01-01", "2023-06-30")),
    (None, "The Jan. 6 Capitol riot.", one("Jan. 6 Capitol riot", "2021-01-06")),
    # counted from the page's date
    (WED, "The minister left today.", one("today", "2024-06-12")),
    (WED, "The minister left yesterday evening.", one("yesterday evening", "2024-06-11")),
    (WED, "They arrive tomorrow.", one("tomorrow", "2024-06-13")),
    (WED, "They arrive the day after tomorrow.", one("the day after tomorrow", "2024-06-14")),
    (WED, "Shots were heard last night.", one("last night", "2024-06-11")),
    (WED, "The council met this morning.", one("this morning", "2024-06-12")),
    (WED, "The council met on Monday.", one("Monday", "2024-06-10")),
    (WED, "The council met on Wednesday.", one("Wednesday", "2024-06-12")),
    (WED, "The council met on Friday night.", one("Friday night", "2024-06-07")),
    (WED, "Monday's statement was brief.", one("Monday", "2024-06-10")),
    (MON, "In a note released Monday, aides agreed.", one("Monday", "2026-02-02")),
    (MON, "It is to take place this week.", one("this week", "2026-02-02", "2026-02-08")),
    (SUN, "It took place this week.", one("this week", "2023-12-25", "2023-12-31")),
    (WED, "The council met last Thursday.", one("last Thursday", "2024-06-06")),
    (WED, "The council met last Wednesday.", one("last Wednesday", "2024-06-05")),
    (WED, "The council meets next Monday.", one("next Monday", "2024-06-17")),
    (WED, "The council meets this Friday.", one("this Friday", "2024-06-14")),
    (WED, "The council met on Tuesday last week.", one("Tuesday last week", "2024-06-04")),
    (WED, "The council meets on Tuesday of next week.", one("Tuesday of next week", "2024-06-18")),
    (WED, "The council met last week.", one("last week", "2024-06-03", "2024-06-09")),
    (WED, "The council met earlier this week.", one("earlier this week", "2024-06-10", "2024-06-12")),
    (WED, "The council meets later this month.", one("later this month", "2024-06-12", "2024-06-30")),
    (WED, "The council met last month.", one("last month", "2024-05-01", "2024-05-31")),
    (SUN, "The council meets next month.", one("next month", "2024-01-01", "2024-01-31")),
    (WED, "The council meets early next month.", one("early next month", "2024-07-01", "2024-07-10")),
    (WED, "The council met late last year.", one("late last year", "2023-09-01", "2023-12-31")),
    (WED, "The council met this year.", one("this year", "2024-01-01", "2024-12-31")),
    (WED, "Growth slowed last quarter.", one("last quarter", "2024-01-01", "2024-03-31")),
    (WED, "Growth slowed in the first half of this year.",
     one("the first half of this year", "2024-01-01", "2024-06-30")),
    (WED, "The council met three days ago.", one("three days ago", "2024-06-09")),
    (WED, "The council met two weeks ago.", one("two weeks ago", "2024-05-27", "2024-06-02")),
    (WED, "The council met twenty-five years ago.", one("twenty-five years ago", "1999-01-01", "1999-12-31")),
    (WED, "Prices rose over the past two weeks.", one("the past two weeks", "2024-05-29", "2024-06-12")),
    (LEAP, "Prices rose over the past year.", one("the past year", "2023-03-01", "2024-02-29")),
    (WED, "In the past five years it shrank.", one("the past five years", "2019-06-13", "2024-06-12")),
    (WED, "Over the next three months it grows.", one("the next three months", "2024-06-12", "2024-09-11")),
    (WED, "It is at war since 2014.", one("since 2014", "2014-01-01", "2024-06-12")),
    (WED, "It is at war since late February 2022.", one("since late February 2022", "2022-02-21", "2024-06-12")),
    (WED, "The premier (2019–present) is ill.", one("2019–present", "2019-01-01", "2024-06-12")),
    (WED, "The hall opened last summer.", one("last summer", "2023-06-01", "2023-09-30")),
    (WED, "They played last weekend.", one("last weekend", "2024-06-08", "2024-06-09")),
    (WED, "They played over the weekend.", one("the weekend", "2024-06-08", "2024-06-09")),
    (WED, "By the end of the year all must go.", one("the end of the year", "2024-12-31", "2024-12-31")),
    (WED, "From Monday to Wednesday they met.", one("From Monday to Wednesday", "2024-06-10", "2024-06-12")),
    (SUN, "Between Friday and Sunday they met.", one("Between Friday and Sunday", "2023-12-29", "2023-12-31")),
    # a part left out
    ("2011-01-30", "He was killed on 27 January.", one("27 January", "2011-01-27")),
    ("2011-01-05", "He was killed on 27 December.", one("27 December", "2010-12-27")),
    ("2011-12-20", "The vote is due on January 9.", one("January 9", "2012-01-09")),
    ("2011-01-30", "Thursday, 27 January was calm.", one("Thursday, 27 January", "2011-01-27")),
    (WED, "The fair ran from 3 to 5 May.", one("from 3 to 5 May", "2024-05-03", "2024-05-05")),
    (WED, "In April prices fell.", one("April", "2024-04-01", "2024-04-30")),
    (WED, "Last August prices fell.", one("Last August", "2023-08-01", "2023-08-31")),
    (WED, "In March last year prices fell.", one("March last year", "2023-03-01", "2023-03-31")),
    (WED, "On 27 May last year prices fell.", one("27 May last year", "2023-05-27")),
    (WED, "The fair runs June 10-July 3.", one("June 10-July 3", "2024-06-10", "2024-07-03")),
    (WED, "The fair ran Sunday-Tuesday.", one("Sunday-Tuesday", "2024-06-09", "2024-06-11")),
    (WED, "On the 21st of last month it fell.", one("the 21st of last month", "2024-05-21")),
    (WED, "In the last week of last month it fell.", one("the last week of last month", "2024-05-25", "2024-05-31")),
    (WED, "By end-June all must go.", one("end-June", "2024-06-21", "2024-06-30")),
    # counted from the story
    (WED, "On 3 March 1987 he fled. Two days later he was caught.",
     [("3 March 1987", "1987-03-03", "1987-03-03"), ("Two days later", "1987-03-05", "1987-03-05")]),
    (WED, "He spoke on Monday. Two days earlier, a bridge fell.",
     [("Monday", "2024-06-10", "2024-06-10"), ("Two days earlier", "2024-06-08", "2024-06-08")]),
    (WED, "He fled in 1987. That same year his party split.",
     [("1987", "1987-01-01", "1987-12-31"), ("That same year", "1987-01-01", "1987-12-31")]),
    (WED, "At the start of the 2014 games he left.", one("2014", "2014-01-01", "2014-12-31")),
    (WED, "He sang from May to June 1981 and left in March the same year.",
     [("from May to June 1981", "1981-05-01", "1981-06-30"), ("March the same year", "1981-03-01", "1981-03-31")]),
    (WED, "In 1655 he left. The next five years he served.", one("1655", "1655-01-01", "1655-12-31")),
    (WED, "On 30 May 1832 he fell. On 5 June riots began.",
     [("30 May 1832", "1832-05-30", "1832-05-30"), ("5 June", "1832-06-05", "1832-06-05")]),
    (WED, "He died in 1987. On 27 May his party met.", [("1987", "1987-01-01", "1987-12-31")]),
    (WED, "He fled on 3 March 1987 and was caught the next day.",
     [("3 March 1987", "1987-03-03", "1987-03-03"), ("the next day", "1987-03-04", "1987-03-04")]),
]  # fmt: skip

ABSENT = [
    (None, "The council met on Monday."),
    (None, "The council met last week, and on 27 January."),
    (WED, "It lasted for two weeks, after a three-day visit by the 72-year-old."),
    (WED, "Two days earlier, a bridge fell."),
    (WED, "A few days ago, in recent weeks, and years later."),
    (WED, "Nearly two years ago, or more than three weeks ago."),
    (WED, "The Sunday Times and the Daily Mail were shown on Black Friday and Good Friday."),
    (WED, "Cars were parked on 7 October Street near the 6 October Bridge."),
    (WED, "Prayers are held every Monday, on Fridays, and each Tuesday."),
    (WED, "Some 1500 soldiers and 2000 people came; it cost $1999 or 1900 euros."),
    (WED, "Under Resolution 1701 and at 1800 GMT."),
    (WED, "Filed 03/04/2015 by the clerk."),
    (WED, "On Friday, 3 March 1987."),
    (WED, "On 31 April 2015."),
    (WED, "On 12 Ramadan 1435 and in Esfand 1402 the moon was seen."),
    (WED, "In 400 BC, or the 4th century BC, the wall stood."),
    (WED, "They may march on; Prime Minister Theresa May said so, and March too."),
    (WED, "The council meets next Friday."),
    (WED, "In fiscal year 2023 exports fell."),
    (WED, "In the winter of 2010 it snowed."),
    (WED, "Today's world is not yesterday's world."),
    (WED, "The meeting came 12 hours and 40 minutes late, 10 May Day songs on."),
    (WED, "The post-2015 agenda."),
    (WED, "He died on 30 September 420, in a December of 384 storms."),
    (WED, "He left the following Friday, that Monday, and on Thursday nights."),
]


@pytest.mark.parametrize(("published", "text", "expected"), RESOLVED)
def test_expressions_resolve_to_days(published: str | None, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert days(find_dates(page_of(text, published=published), WORDLESS)) == expected


@pytest.mark.parametrize(("published", "text"), ABSENT)
def test_what_names_no_certain_day_is_absent(published: str | None, text: str) -> None:
    found = days(find_dates(page_of(text, published=published), WORDLESS))
    assert [span for span, _, _ in found] == []


def test_story_does_not_reach_past_the_next_paragraph() -> None:
    near = page_of("He fled on 3 March 1987.", "Two days later he was caught.", published=WED)
    far = page_of("He fled on 3 March 1987.", "Nobody knew.", "Two days later he was caught.", published=WED)
    assert len(find_dates(near, WORDLESS)) == 2
    assert len(find_dates(far, WORDLESS)) == 1


def test_story_moves_on_with_a_time_nobody_can_place() -> None:
    page = page_of("He fled on 3 March 1987. Weeks later he spoke. The next day he left.", published=WED)
    assert len(find_dates(page, WORDLESS)) == 1


def test_seasons_of_southern_outlets_are_left_open() -> None:
    page = page_of("In the summer of 2014 they met.", published=WED)
    southern = replace(page, outlet=Outlet("Example", "example.org", "NZL"))
    assert len(find_dates(page, WORDLESS)) == 1
    assert find_dates(southern, WORDLESS) == ()


def test_furniture_is_not_read() -> None:
    page = page_of("It began on Monday.", ("furniture", "Updated on Tuesday, 3 May 2011"), published=WED)
    assert days(find_dates(page, WORDLESS)) == one("Monday", "2024-06-10")


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("It fell in May 2011.", "explicit"),
        ("It fell on Monday.", "relative"),
        ("It fell early last month.", "relative"),
        ("It fell on 27 May.", "inferred"),
        ("It fell in March last year.", "relative"),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert [when.basis for when in find_dates(page_of(text, published=WED), WORDLESS)] == [basis]


# --- tense, from the tree ---------------------------------------------------------------------------------------------

WILL_MEET = ("They will meet on Monday.", "They they PRP 3 nsubj", "will will MD 3 aux", "meet meet VB 0 root",
             "on on IN 5 case", "Monday Monday NNP 3 obl", ". . . 3 punct")  # fmt: skip
MET = ("They met on Monday.", "They they PRP 2 nsubj", "met meet VBD 0 root", "on on IN 4 case",
       "Monday Monday NNP 2 obl", ". . . 2 punct")  # fmt: skip
PLAN_TO_MEET = ("They plan to meet Monday.", "They they PRP 2 nsubj", "plan plan VBP 0 root", "to to TO 4 mark",
                "meet meet VB 2 xcomp", "Monday Monday NNP 4 obl:unmarked", ". . . 2 punct")  # fmt: skip
IS_TO_BE_HELD = ("It is to be held Monday.", "It it PRP 5 nsubj:pass", "is be VBZ 5 aux", "to to TO 5 mark",
                 "be be VB 5 aux:pass", "held hold VBN 0 root", "Monday Monday NNP 5 obl:unmarked")  # fmt: skip
RELEASED = ("A note released Monday angered him.", "A a DT 2 det", "note note NN 5 nsubj", "released release VBN 2 acl",
            "Monday Monday NNP 3 obl:unmarked", "angered anger VBD 0 root", "him he PRP 5 obj")  # fmt: skip
SCHEDULED = ("A vote scheduled for Monday angered him.", "A a DT 2 det", "vote vote NN 6 nsubj",
             "scheduled schedule VBN 2 acl", "for for IN 5 case", "Monday Monday NNP 3 obl",
             "angered anger VBD 0 root", "him he PRP 6 obj")  # fmt: skip
VOTE_WILL = ("Monday's vote will decide.", "Monday Monday NNP 3 nmod:poss", "'s 's POS 1 case", "vote vote NN 5 nsubj",
             "will will MD 5 aux", "decide decide VB 0 root")  # fmt: skip
ATTACK_WILL = ("Monday's attack will matter.", "Monday Monday NNP 3 nmod:poss", "'s 's POS 1 case",
               "attack attack NN 5 nsubj", "will will MD 5 aux", "matter matter VB 0 root")  # fmt: skip
AHEAD_OF = ("He spoke ahead of Monday's vote.", "He he PRP 2 nsubj", "spoke speak VBD 0 root", "ahead ahead RB 7 case",
            "of of IN 3 fixed", "Monday Monday NNP 7 nmod:poss", "'s 's POS 5 case", "vote vote NN 2 obl")  # fmt: skip
UNTIL = ("It was closed until Monday.", "It it PRP 3 nsubj:pass", "was be VBD 3 aux:pass", "closed close VBN 0 root",
         "until until IN 5 case", "Monday Monday NNP 3 obl")  # fmt: skip
BY = ("They demand he leave by Monday.", "They they PRP 2 nsubj", "demand demand VBP 0 root", "he he PRP 4 nsubj",
      "leave leave VB 2 ccomp", "by by IN 6 case", "Monday Monday NNP 4 obl")  # fmt: skip
COULD_NOT = ("He could not be reached Monday.", "He he PRP 5 nsubj:pass", "could could MD 5 aux", "not not RB 5 advmod",
             "be be VB 5 aux:pass", "reached reach VBN 0 root", "Monday Monday NNP 5 obl:unmarked")  # fmt: skip
COULD = ("They could meet Monday.", "They they PRP 3 nsubj", "could could MD 3 aux", "meet meet VB 0 root",
         "Monday Monday NNP 3 obl:unmarked")  # fmt: skip
OPENS = ("The summit opens Monday.", "The the DT 2 det", "summit summit NN 3 nsubj", "opens open VBZ 0 root",
         "Monday Monday NNP 3 obl:unmarked")  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (WILL_MEET, "2024-06-17"),
        (MET, "2024-06-10"),
        (PLAN_TO_MEET, "2024-06-17"),
        (IS_TO_BE_HELD, "2024-06-17"),
        (RELEASED, "2024-06-10"),
        (SCHEDULED, "2024-06-17"),
        (VOTE_WILL, "2024-06-17"),
        (ATTACK_WILL, None),
        (AHEAD_OF, "2024-06-17"),
        (OPENS, "2024-06-17"),
        (UNTIL, None),
        (BY, "2024-06-17"),
        (COULD_NOT, "2024-06-10"),
        (COULD, None),
    ],
)
def test_tense_tells_which_monday(sentence: tuple[str, ...], expected: str | None) -> None:
    text, *rows = sentence
    found = find_dates(page_of(text, published=WED), tree(text, *rows))
    assert [when.first for when in found] == ([expected] if expected else [])


@pytest.mark.parametrize("sentence", [WILL_MEET, MET, PLAN_TO_MEET, VOTE_WILL, ATTACK_WILL])
def test_on_a_monday_every_monday_is_that_day(sentence: tuple[str, ...]) -> None:
    text, *rows = sentence
    assert [when.first for when in find_dates(page_of(text, published=MON), tree(text, *rows))] == [MON]


def test_a_yearless_date_follows_the_tense() -> None:
    for verb, xpos, expected in (("left", "VBD", "2023-12-05"), ("leave", "VB", "2024-12-05")):
        helper = ["will will MD 2 aux"] if xpos == "VB" else ["then then RB 2 advmod"]
        text = f"{helper[0].split()[0]} {verb} on 5 December"
        reading = tree(text, *helper, f"{verb} leave {xpos} 0 root", "on on IN 4 case", "5 5 CD 2 obl",
                       "December December NNP 4 nmod:unmarked")  # fmt: skip
        assert [when.first for when in find_dates(page_of(text, published=WED), reading)] == [expected]


def test_a_yearless_date_of_a_noun_is_absent_where_this_years_is_to_come() -> None:
    text = "They recalled the 24 December raid."
    reading = tree(text, "They they PRP 2 nsubj", "recalled recall VBD 0 root", "the the DT 6 det", "24 24 CD 6 nummod",
                   "December December NNP 4 nmod:unmarked", "raid raid NN 2 obj", ". . . 2 punct")  # fmt: skip
    assert find_dates(page_of(text, published="2024-12-01"), reading) == ()
    assert [when.first for when in find_dates(page_of(text, published="2025-01-10"), reading)] == ["2024-12-24"]


def test_a_damaged_tree_is_survived() -> None:
    text = "They met on Monday."
    loop = tree(text, "They they PRP 2 nsubj", "met meet NN 4 nmod", "on on IN 4 case", "Monday Monday NNP 2 obl")
    assert len(find_dates(page_of(text, published=WED), loop)) == 1


# --- the date of a word -----------------------------------------------------------------------------------------------


def when_of(sentence: tuple[str, ...], word: str) -> str | None:
    text, *rows = sentence
    reading = tree(text, *rows)
    i = next(token.i for token in reading.tokens if token.text == word)
    when = when_at(find_dates(page_of(text, published=WED), reading), reading, i)
    return when.first if when else None


SAID_IN_NOTE = ("In a note released Monday, aides said little.", "In in IN 3 case", "a a DT 3 det",
                "note note NN 7 obl",
                "released release VBN 3 acl", "Monday Monday NNP 4 obl:unmarked",
                "aides aide NNS 7 nsubj",
                "said say VBD 0 root", "little little JJ 7 obj")  # fmt: skip
SAID_AFTER = ("He spoke after Monday.", "He he PRP 2 nsubj", "spoke speak VBD 0 root", "after after IN 4 case",
              "Monday Monday NNP 2 obl")  # fmt: skip
SAID_HE_WILL = ("He said Monday they would meet Friday.", "He he PRP 2 nsubj", "said say VBD 0 root",
                "Monday Monday NNP 2 obl:unmarked", "they they PRP 6 nsubj", "would would MD 6 aux",
                "meet meet VB 2 ccomp", "Friday Friday NNP 6 obl:unmarked")  # fmt: skip
TALKS_HELD = ("Talks were held on Monday.", "Talks talk NNS 3 nsubj:pass", "were be VBD 3 aux:pass",
              "held hold VBN 0 root", "on on IN 5 case", "Monday Monday NNP 3 obl")  # fmt: skip
CONDEMNED = ("They condemned the attack on Monday.", "They they PRP 2 nsubj", "condemned condemn VBD 0 root",
             "the the DT 4 det", "attack attack NN 2 obj", "on on IN 6 case", "Monday Monday NNP 2 obl")  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        (MET, "met", "2024-06-10"),
        (PLAN_TO_MEET, "meet", "2024-06-17"),
        (VOTE_WILL, "vote", "2024-06-17"),
        (SAID_IN_NOTE, "said", "2024-06-10"),
        (SAID_AFTER, "spoke", None),
        (SAID_HE_WILL, "said", "2024-06-10"),
        (SAID_HE_WILL, "meet", "2024-06-14"),
        (TALKS_HELD, "Talks", "2024-06-10"),
        (CONDEMNED, "condemned", "2024-06-10"),
        (CONDEMNED, "attack", None),
        (AHEAD_OF, "spoke", None),
    ],
)
def test_a_word_has_the_date_of_its_own_clause(sentence: tuple[str, ...], word: str, expected: str | None) -> None:
    assert when_of(sentence, word) == expected


def test_no_token_no_date() -> None:
    assert when_at((), WORDLESS, 3) is None


# --- the page's own date ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ((("caption", "Envoys in Accra, Ghana, March 9, 2021. (Photo: Agency)"), "They met."), "2021-03-09"),
        ((("caption", "FILE - Envoys in Accra, March 9, 2021."), "They met."), None),
        ((("caption", "Envoys, March 9, 2021."), ("caption", "Envoys, March 8, 2021.")), "2021-03-09"),
        ((("caption", "Envoys, March 9, 2021."), ("caption", "Envoys, June 8, 2019.")), None),
        ((("caption", "Envoys, March 9, 2021."), "They met on 5 May 2022 in Lima."), None),
        ((("caption", "Envoys in March 2021."), "They met."), None),
        (("Tuesday, March 9, 2021", "They met in Accra, and that was all that they did."), "2021-03-09"),
        ((("byline", "By A. Writer, 9 March 2021, 10:15"), "They met."), "2021-03-09"),
        ((("lead", "ACCRA, March 9, 2021 (Agency) - They met."),), "2021-03-09"),
        ((("lead", "They met on March 9, 2021 in Accra."),), None),
        ((("furniture", "March 9, 2021"), "They met."), None),
        (("They met.",), None),
    ],
)
def test_a_page_without_a_date_is_dated_by_its_captions(
    paragraphs: tuple[str | tuple[Role, str], ...], expected: str | None
) -> None:
    assert infer_published(page_of(*paragraphs)) == expected


def test_anchor_says_where_it_comes_from() -> None:
    caption: tuple[Role, str] = ("caption", "Envoys in Accra, March 9, 2021.")
    declared = anchor(page_of(caption, published="2021-03-10T08:00:00Z"))
    told = anchor(page_of(caption, published="2021-03-09", published_from="inferred"))
    inferred = anchor(page_of(caption))
    assert declared is not None and (declared.day, declared.origin) == (date(2021, 3, 10), "published")
    assert told is not None and told.origin == "inferred"
    assert inferred is not None and (inferred.day, inferred.origin) == (date(2021, 3, 9), "inferred")
    assert anchor(page_of("They met.", published="0001-13-40")) is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2021-03-10", True), ("2021-03-10T08:00:00Z", True), ("2021-02-30", False), ("0001-01-01", False),
     ("20210310", False), ("March 10", False), ("", False), ("2021-03-10 or so", False)],
)  # fmt: skip
def test_is_day(moment: str, expected: bool) -> None:
    assert is_day(moment) is expected


# --- whatever the text ------------------------------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    ["on Monday", "since", "from", "to", "between", "and", "2014", "May", "3", "early", "next month", "the", "first",
     "half of", "1990s", "two days later", "last", "year", "-", "–", ",", "(", ")", "\n", "31", "February", "end of",
     "9999", "0001", "years ago", "9998 years ago", "100 centuries ago", "Fridays", "é", "日", "next week", "Q1", "AD"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=14).map(" ".join), st.sampled_from([None, WED, "0001-01-01", "9999-12-31"]))
def test_spans_slice_and_intervals_run_forwards(text: str, published: str | None) -> None:
    page = page_of(text, published=published)
    found = find_dates(page, WORDLESS)
    end = 0
    for when in found:
        assert when.span is not None and page.text[when.span.start : when.span.end] == when.span.text
        assert when.span.start >= end
        assert when.first <= when.last
        end = when.span.end


def test_a_page_of_another_time_has_no_days_near_its_own_date() -> None:
    told = (
        "He was born in 1811. In 1829 he left. In 1830 he rode.",
        "He died in 1832.",
        "It rained.",
        "It was 2 June.",
    )
    assert "2 June" not in {text for text, _, _ in days(find_dates(page_of(*told, published=WED), WORDLESS))}
    news = ("He was born in 1811. In 2023 he left. In 2024 he rode.", *told[1:])
    assert "2 June" in {text for text, _, _ in days(find_dates(page_of(*news, published=WED), WORDLESS))}


def test_tomorrow_in_a_quotation_counts_from_its_saying() -> None:
    text = "“We vote tomorrow,” she said on Monday."
    reading = tree(
        text, "We we PRP 2 nsubj", "vote vote VBP 5 ccomp", "tomorrow tomorrow NN 2 obl", "she she PRP 5 nsubj",
        "said say VBD 0 root", "on on IN 7 case", "Monday Monday NNP 5 obl",
    )  # fmt: skip
    quoted = replace(reading, quotations=(Quotation(0, text.index("”") + 1, True),))
    assert one("tomorrow", "2024-06-11")[0] in days(find_dates(page_of(text, published=WED), quoted))
    assert one("tomorrow", "2024-06-13")[0] in days(find_dates(page_of(text, published=WED), reading))
