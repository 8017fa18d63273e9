"""Dates of news with the reader's own trees: what a sentence of a Wednesday names. Invented."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.dates import find_dates, when_at
from onrecord.page import read_page
from onrecord.reader import Reader

WEDNESDAY = "2024-05-08"


@cache
def reader() -> Reader:
    return Reader()


def days(text: str, published: str = WEDNESDAY) -> list[tuple[str, str]]:
    page = read_page(f"Something happened\n\n{text} That is all that is known of it.", source="t", published=published)
    return [(when.first, when.last) for when in find_dates(page, reader().read(page))]


def on(day: str) -> list[tuple[str, str]]:
    return [(day, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The talks began on Monday and ended on Tuesday.",
            [("2024-05-06", "2024-05-06"), ("2024-05-07", "2024-05-07")],
        ),
        ("Officials will meet on Friday.", on("2024-05-10")),
        ("Police said on Wednesday that two men had been held.", on("2024-05-08")),
        ("The vote will be held next Wednesday.", on("2024-05-15")),
        ("He resigned last Wednesday.", on("2024-05-01")),
        ("A year ago today, the two sides signed a truce.", on("2023-05-08")),
        ("Three years ago tomorrow, the bridge fell.", on("2021-05-09")),
        ("The camp was shelled a week ago Monday.", on("2024-04-29")),
        ("The court will rule a week from Tuesday.", on("2024-05-21")),
        ("The strike begins two weeks from today.", on("2024-05-22")),
        (
            "He arrived on April 3 and left two days later.",
            [("2024-04-03", "2024-04-03"), ("2024-04-05", "2024-04-05")],
        ),
        (
            "She had been arrested on 14 March. Two days earlier, police searched her home.",
            [("2024-03-14", "2024-03-14"), ("2024-03-12", "2024-03-12")],
        ),
        ("The meeting is set for the 15th.", on("2024-05-15")),
        ("The meeting took place on the 3rd.", on("2024-05-03")),
        ("Ministers meet from May 13 to 15.", [("2024-05-13", "2024-05-15")]),
        ("Ministers meet May 13-15 in Oslo.", [("2024-05-13", "2024-05-15")]),
        ("Ministers met between April 28 and May 2.", [("2024-04-28", "2024-05-02")]),
        ("The summit of 9-10 July 2024 will go ahead.", [("2024-07-09", "2024-07-10")]),
        ("Exports fell in the first quarter of 2024.", [("2024-01-01", "2024-03-31")]),
        ("Growth slowed in the third quarter of last year.", [("2023-07-01", "2023-09-30")]),
        ("Growth slowed in Q4 2023.", [("2023-10-01", "2023-12-31")]),
        ("Sales rose in the second half of 2023.", [("2023-07-01", "2023-12-31")]),
        ("He has ruled since 2014.", [("2014-01-01", "2024-05-08")]),
        ("He has been in jail since March.", [("2024-03-01", "2024-05-08")]),
        ("The ban stays until June 30.", on("2024-06-30")),
        ("The ban stays until the end of June.", on("2024-06-30")),
        ("The ban was in place until last month.", [("2024-04-01", "2024-04-30")]),
        ("The offensive began in early April.", [("2024-04-01", "2024-04-10")]),
        ("A vote is due this autumn.", [("2024-09-01", "2024-12-31")]),
        ("The army said on Tuesday night that it had shelled a town.", on("2024-05-07")),
        (
            "The army shelled the town on Monday evening, and again early on Tuesday.",
            [("2024-05-06", "2024-05-06"), ("2024-05-07", "2024-05-07")],
        ),
        ("The attack took place overnight on Tuesday.", on("2024-05-07")),
        ("They met twice this week.", [("2024-05-06", "2024-05-12")]),
        ("They met last month and earlier this year.", [("2024-04-01", "2024-04-30"), ("2024-01-01", "2024-05-08")]),
        ("On Sunday, May 5, thousands marched.", on("2024-05-05")),
        ("On Sunday (May 5), thousands marched.", on("2024-05-05")),
        ("On Sunday 5 May thousands marched.", on("2024-05-05")),
        ("Thousands marched on 05/05/2024.", on("2024-05-05")),
        ("Thousands marched on 2024-05-05.", on("2024-05-05")),
        ("The law was passed on December 12.", on("2023-12-12")),
        ("The law takes effect on December 12.", on("2024-12-12")),
        ("The law took effect in December.", [("2023-12-01", "2023-12-31")]),
        ("The election will be held in February.", [("2025-02-01", "2025-02-28")]),
        ("The election was held in February.", [("2024-02-01", "2024-02-29")]),
        (
            "He was elected in 2019 and re-elected last year.",
            [("2019-01-01", "2019-12-31"), ("2023-01-01", "2023-12-31")],
        ),
        ("The war began on 24 February 2022.", on("2022-02-24")),
        ("The war began in February of 2022.", [("2022-02-01", "2022-02-28")]),
        ("Three days ago, the ministry denied it.", on("2024-05-05")),
        ("The day before yesterday, the ministry denied it.", on("2024-05-06")),
        ("The ministry will reply the day after tomorrow.", on("2024-05-10")),
        ("In the 2024 budget the sum was cut.", [("2024-01-01", "2024-12-31")]),
        ("The 1990s were a time of unrest.", [("1990-01-01", "1999-12-31")]),
        ("He was jailed from 2012 to 2015.", [("2012-01-01", "2015-12-31")]),
        ("He was jailed in 2012-2015.", [("2012-01-01", "2015-12-31")]),
        ("He was jailed in 2012-13.", [("2012-01-01", "2013-12-31")]),
        ("Monday's statement was short.", on("2024-05-06")),
        ("Yesterday's talks failed.", on("2024-05-07")),
        ("Talks are to resume tomorrow morning.", on("2024-05-09")),
        ("Talks resumed this morning.", on("2024-05-08")),
        ("Tonight the president will speak.", on("2024-05-08")),
        ("The two met on 3 and 4 May.", [("2024-05-03", "2024-05-04")]),
        ("The raid on May 1 came a day after the talks.", on("2024-05-01")),
        ("On 7 Ramadan 1445 prayers were held.", []),
        (
            "Last Thursday's and Friday's sessions were closed.",
            [("2024-05-02", "2024-05-02"), ("2024-05-03", "2024-05-03")],
        ),
        ("In the week of April 22, prices rose.", [("2024-04-22", "2024-04-28")]),
        ("Over the weekend, clashes left four dead.", [("2024-05-04", "2024-05-05")]),
        ("Last weekend clashes left four dead.", [("2024-05-04", "2024-05-05")]),
        ("Next month, the fleet will sail.", [("2024-06-01", "2024-06-30")]),
        ("The week before last the fleet sailed.", [("2024-04-22", "2024-04-28")]),
        ("In mid-June the fleet will sail.", [("2024-06-11", "2024-06-20")]),
        ("The truce, signed on Nov. 26, 2023, has ended.", on("2023-11-26")),
        ("Since Oct. 7, thousands have fled.", [("2023-10-07", "2024-05-08")]),
        ("Since last October thousands have fled.", [("2023-10-01", "2024-05-08")]),
        ("The treaty expires in two weeks.", [("2024-05-20", "2024-05-26")]),
    ],
)
def test_a_sentence_of_a_wednesday(text: str, expected: list[tuple[str, str]]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("dateline", "published", "expected"),
    [
        ("LIMA, June 18 (Agency) - Two ministers resigned yesterday.", "2024-06-19", "2024-06-17"),
        ("LIMA, 18 June 2024 (Agency) - Two ministers resigned yesterday.", "2024-06-19T01:10:00Z", "2024-06-17"),
        ("LIMA, 18 June 2021 (Agency) - Two ministers resigned yesterday.", "2024-06-19", "2024-06-18"),
    ],
)
def test_days_count_from_the_dateline_where_it_is_a_day_or_two_away(
    dateline: str, published: str, expected: str
) -> None:
    assert days(dateline, published)[-1] == (expected, expected)


def test_how_long_something_took_is_no_date() -> None:
    assert days("The army took four towns in two weeks.") == []


NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A date right after a verb is that verb's, whatever else the sentence has.
        ("The merger announced on Monday would close three ports.", on("2024-05-06")),
        ("He was asked about dredging on Friday.", on("2024-05-03")),
        ("The port was scheduled for closure on Thursday.", on("2024-05-09")),
        ("If they vote on Friday, the harbour will close.", on("2024-05-10")),
        ("The victory in Monday's primary is a comfort to her.", on("2024-05-06")),
        ("The primary on Friday is a test for both.", NOTHING),
        ("The outcome of Friday's ballot will please them.", NOTHING),
        ("She spoke at a Monday rally.", on("2024-05-06")),
        ("He faced the crews in a Tuesday town hall.", on("2024-05-07")),
        ("They like to meet on a Monday.", NOTHING),
        ("She set a May 20 deadline for the dredgers.", on("2024-05-20")),
        ("The dredgers were asked to hand over the charts from March 5.", NOTHING),
        ("The charts show a win in November.", NOTHING),
        ("The November election will be close.", [("2024-11-01", "2024-11-30")]),
        ("He wrote the charts off in a February letter.", [("2024-02-01", "2024-02-29")]),
        ("April's harvest was poor.", [("2024-04-01", "2024-04-30")]),
        ("A March on the palace was called off.", NOTHING),
        ("The ferry will be scrapped in the fall.", [("2024-09-01", "2024-12-31")]),
        ("Two ferrymen were hurt in the fall.", NOTHING),
        ("None will know until they cast their nets this summer.", NOTHING),
        ("The ferry was built in the first half of the year.", [("2024-01-01", "2024-06-30")]),
        ("The ferry sank earlier in the year.", [("2024-01-01", "2024-05-08")]),
        ("Catches fell in the last two weeks of the season.", NOTHING),
        ("Catches fell in the last two weeks.", [("2024-04-24", "2024-05-08")]),
        ("Crews land three thousand crates in a year.", NOTHING),
        ("She promised to build the quay in three years.", NOTHING),
        ("These are the quarrels of yesterday.", NOTHING),
        ("He began his bitter 2019 campaign against the dredgers.", [("2019-01-01", "2019-12-31")]),
        ("It took a record 2019 crates to fill the hold.", NOTHING),
        (
            "The quay was shut on March 4, 2023. On March 25, the dredgers sued.",
            [("2023-03-04", "2023-03-04")],
        ),
        (
            "The quay was bombed on 30 April. That night, the crews fled.",
            [("2024-04-30", "2024-04-30"), ("2024-04-30", "2024-04-30")],
        ),
        (
            "The quay was leased in 2018. The crews left that November.",
            [("2018-01-01", "2018-12-31"), ("2018-11-01", "2018-11-30")],
        ),
        ("The hearing is on 16 May (Thursday), 2024.", on("2024-05-16")),
        ("The dredgers, the mayor told USA Today, are gone.", NOTHING),
        ("He was in the harbour when she spoke later Tuesday.", on("2024-05-07")),
        ("She toured the quays ahead of the primary Saturday.", on("2024-05-11")),
        ("“We are dredging the arm,” Mayor Olin told the crews on Tuesday.", on("2024-05-07")),
        ("“We can dredge today,” he said.", on("2024-05-08")),
        ("The crews met on Monday. “We can dredge today,” he said.", on("2024-05-06")),
        ("The crews struck on Thursday.", NOTHING),
        ("She sings on Sunday Night Football.", NOTHING),
        ("The speech for Thursday was leaked.", NOTHING),
        ("They want to keep the quay and win the March election.", NOTHING),
        ("The quay will be dredged by month's end.", on("2024-05-31")),
        ("On “This Week” the mayor wept.", NOTHING),
        (
            "He sold more in March than in April. He left that month.",
            [("2024-03-01", "2024-03-31"), ("2024-04-01", "2024-04-30"), ("2024-03-01", "2024-03-31")],
        ),
        ("The speech to the crews on Tuesday night does not hold water.", on("2024-05-07")),
        ("The two rivals sat atop the lists as they sparred ahead of Friday's harbour ballot.", on("2024-05-10")),
        ("The rivals prepared for Friday's debate.", NOTHING),
        ("The ports merged in the later 1800s.", [("1867-01-01", "1899-12-31")]),
        ("The quay flooded in 2001, 2003 and 2005.", [(f"{y}-01-01", f"{y}-12-31") for y in (2001, 2003, 2005)]),
    ],
)
def test_a_date_goes_by_its_own_clause(text: str, expected: list[tuple[str, str]]) -> None:
    assert days(text) == expected


def test_a_heading_gives_its_year_to_the_days_below() -> None:
    text = "\n\n".join(
        ("Twists", "It has seen much.", "2017", "27 June: The crews struck.", "2019", "3 May: It was shut.")
    )
    page = read_page(text, source="t", published=WEDNESDAY)
    found = [(when.first, when.span.text) for when in find_dates(page, reader().read(page)) if when.span]
    assert ("2017-06-27", "27 June") in found
    assert ("2019-05-03", "3 May") in found


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The port had three strikes in 2019.", "strikes", "2019"),
        ("In April, the union walked out, calling the offer an insult.", "calling", "April"),
        ("The union has settled two quarrels and on Monday announced a third.", "settled", None),
        ("The union has settled two quarrels and on Monday announced a third.", "announced", "Monday"),
        ("She recalled the union's March 2019 strike at the western arm.", "strike", "March 2019"),
        ("After the end of the strike May 3, the union thanked the crews.", "thanked", None),
        ("They spoke by telephone on Monday.", "spoke", "Monday"),
        ("He declined on Monday to take part in the quarrel.", "declined", "Monday"),
        ("The union is fighting the offer made last week.", "fighting", None),
        (
            "The mayor, while being heckled at the quay Monday morning, threatened the crews.",
            "threatened",
            "Monday morning",
        ),
    ],
)
def test_a_word_is_given_the_date_that_is_its_own(text: str, word: str, expected: str | None) -> None:
    page = read_page(f"Something happened\n\n{text} That is all that is known of it.", source="t", published=WEDNESDAY)
    reading = reader().read(page)
    at = next(token.i for token in reading.tokens if token.text == word)
    when = when_at(find_dates(page, reading), reading, at)
    assert (when.span.text if when and when.span else None) == expected
