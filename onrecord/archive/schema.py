"""The tables of an archive, and the way from every earlier version to the present one.

The names are those of the record (``docs/record.md``). How a value is kept:

- a span is ``[start,end]``, a list of spans ``[[start,end],...]``, code points of the page's text: SQLite counts them
  as we do, so ``substr(text, start + 1, end - start)`` is the evidence;
- a list is a JSON array; a When and a Where are JSON objects;
- ``n`` is an item's place in time: its day (``0001-01-01`` is 1, 0 if unknown) times 2^24, and a number within that
  day. So the order of ``n`` is the order of days, and a range of days is a range of ``n`` in every index.

``postings`` and the ``_text`` tables are indexes over the current versions of pages, as people have corrected them:
they hold nothing that the other tables do not.
"""

from __future__ import annotations

APPLICATION = 0x6F6E7265  # "onre": how `file` and we tell an archive from another SQLite file

FIRST = """
create table pages (
  n integer primary key,
  id text not null unique,
  address text not null,
  version integer not null,
  current integer not null,
  source text not null, url text,
  outlet text, domain text, country text, mirrors text,
  section text not null, title text, authors text not null,
  published text, published_from text, fetched text, language text, credit text,
  blocks text not null, digest text not null, dates text not null,
  reader text not null, added text not null,
  story integer not null
);
create index pages_address on pages (address, version);
create index pages_digest on pages (digest);
create index pages_story on pages (story);

create table texts (page integer primary key references pages, text text not null);

create table profiles (
  p integer primary key,
  id text not null, name text not null, kind text not null,
  country text, sector text, sectors text not null, code text, role text,
  digest blob not null unique
);
create index profiles_id on profiles (id);
create table names (name text not null, id text not null, primary key (name, id)) without rowid;

create table actors (
  page integer not null, place integer not null, profile integer not null, mentions text not null,
  primary key (page, place)
) without rowid;
create index actors_profile on actors (profile, page);

create table statements (
  n integer primary key, id text not null, page integer not null, place integer not null, origin text,
  kind text not null, speaker text, speaker_span text, cue text, content text not null, quotes text not null,
  addressees text not null, about text not null, said text, medium text, repeated integer not null,
  denial integer not null, repeats text, said_in text, confidence real not null,
  saying integer, verdict text
);
create index statements_id on statements (id);
create index statements_page on statements (page);
create index statements_saying on statements (saying) where saying is not null;
create index statements_verdict on statements (verdict) where verdict is not null;

create table events (
  n integer primary key, id text not null, page integer not null, place integer not null, origin text,
  type text not null, mode text, contexts text not null, cameo text, goldstein real,
  actors text not null, recipients text not null, status text not null, "when" text, "where" text,
  trigger text not null, evidence text not null, said_in text, asserted integer not null, confidence real not null,
  verdict text
);
create index events_id on events (id);
create index events_page on events (page);
create index events_verdict on events (verdict) where verdict is not null;

create table commitments (
  n integer primary key, id text not null, page integer not null, place integer not null, origin text,
  kind text not null, by text, "to" text not null, condition text, consequence text not null, deadline text,
  explicit integer not null, event text, said_in text, confidence real not null,
  verdict text
);
create index commitments_id on commitments (id);
create index commitments_page on commitments (page);
create index commitments_verdict on commitments (verdict) where verdict is not null;

create table meetings (
  n integer primary key, id text not null, page integer not null, place integer not null, origin text,
  kind text not null, who text not null, "where" text, "when" text, ordinal text, status text not null,
  span text not null, said_in text, confidence real not null,
  verdict text
);
create index meetings_id on meetings (id);
create index meetings_page on meetings (page);
create index meetings_verdict on meetings (verdict) where verdict is not null;

create table terms (t integer primary key, term text not null unique);
create table postings (
  field integer not null, term integer not null, n integer not null,
  primary key (field, term, n)
) without rowid;

create virtual table pages_text using fts5 (title, text, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table statements_text using fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table events_text using fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table commitments_text using fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table meetings_text using fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');

create table pair_days (
  a text not null, b text not null, day integer not null, type text not null, mutual integer not null,
  events integer not null, goldstein real not null, scored integer not null,
  once integer not null, once_goldstein real not null, once_scored integer not null,
  primary key (a, b, day, type, mutual)
) without rowid;

create table reviews (
  r integer primary key,
  page text not null, kind text not null, item text not null, attached text,
  spans text not null, action text not null, changes text, actors text, machine text, reader text,
  by text not null, at text not null, note text
);
create index reviews_attached on reviews (attached);
create index reviews_page on reviews (page);

create table tombstones (address text not null, digest text not null, id text not null primary key,
  by text, at text not null, why text);
create index tombstones_address on tombstones (address);
create index tombstones_digest on tombstones (digest);

create table signatures (page integer primary key, signature blob not null);
create table bands (band integer not null, page integer not null, primary key (band, page)) without rowid;
create table saying_bands (band integer not null, n integer not null, primary key (band, n)) without rowid;

create table states (room text not null, key text not null, value text not null, primary key (room, key)) without rowid;
"""

SECOND = """
create table stories (story integer primary key, origin text);
create index pair_days_day on pair_days (day);
"""

THIRD = """
delete from saying_bands;
"""

# STEPS[k] brings an archive from version k to k + 1; a new one takes them all.
STEPS: tuple[str, ...] = (FIRST, SECOND, THIRD)
VERSION = len(STEPS)

GROUPED_SINCE = 2
"""The version since which pages are tied into stories and statements into sayings when they are added."""

BANDED_SINCE = 3
"""The version since which sayings are found by today's bands (``stories.saying_bands``)."""
