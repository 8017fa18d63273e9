"""``onrecord watch`` and ``onrecord alert``: feeds into the archive, and who is told of what is new in them."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

import click

from onrecord import alerts
from onrecord.archive.query import Kind
from onrecord.cli.filters import filters, query_of
from onrecord.cli.place import archive_option, opened, teller, told
from onrecord.record import Record

_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def _seconds(_context: click.Context, _parameter: click.Parameter, value: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", value)
    if match is None:
        raise click.BadParameter(f"{value!r} is no time: give 30s, 15m, 2h or 1d")
    return float(match[1]) * _UNITS[match[2]]


@click.command("watch")
@click.argument("feed", nargs=-1, required=True)
@archive_option
@click.option("--every", callback=_seconds, default="15m", show_default=True, help="How often a feed is looked at.")
@click.option(
    "--delay",
    callback=_seconds,
    default="5s",
    show_default=True,
    help="The least pause between two requests to one site; more where its robots.txt says so.",
)
@click.option("--once", is_flag=True, help="Look at every feed once, read what is new, and stop.")
@click.option(
    "--page-seconds",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="What reading one page may take before it counts as failed.",
)
@click.option(
    "--smtp",
    envvar="ONRECORD_SMTP",
    metavar="URL",
    help="Mail server of alerts: smtp[s]://[user:password@]host[:port][?starttls]. Also $ONRECORD_SMTP.",
)
@click.option("--sender", default="onrecord@localhost", show_default=True, help="Address that alerts' mails come from.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and the local network.")
@told
def watch_command(
    feed: tuple[str, ...],
    archive_path: Path | None,
    every: float,
    delay: float,
    once: bool,
    page_seconds: float,
    smtp: str | None,
    sender: str,
    allow_private: bool,
) -> None:
    """Watch feeds, and read what is new in them into the archive, until stopped (Ctrl-C).

    FEED is the address of an RSS or Atom feed, of a sitemap or an index of sitemaps, of an OPML list of feeds, or of a
    plain list of pages; or a file with one. Sites are asked one request at a time, with pauses, and as their robots.txt
    allows. What was seen is remembered in the archive. See onrecord alert for being told of what is new.
    """
    try:
        from onrecord.batch.hand import Hand
        from onrecord.feeds import Sites, Watch
    except ImportError as error:
        teller().print(f"onrecord: watch needs {error.name} (pip install 'onrecord[batch]')", markup=False)
        sys.exit(1)
    tell = teller()
    stop = Event()
    hand = Hand(page_seconds=page_seconds)

    def stopped(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            sys.exit(130)  # asked twice
        stop.set()
        hand.close()

    def line(text: str) -> None:
        tell.print(f"onrecord: {text}", markup=False, soft_wrap=True)

    with opened(archive_path, read_only=False) as archive:
        outbox = alerts.Outbox(archive, smtp=smtp, sender=sender)

        def added(record: Record) -> None:
            for match in alerts.matches(archive, record.page.id):
                outbox.put(match)

        sites = Sites(allow_private=allow_private, delay=delay)
        watch = Watch(archive, sites, hand, every=every, tell=line, added=added)
        before = {name: signal.signal(name, stopped) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            hand.start()
            with tell.status("watching") as status:

                def turn() -> None:
                    status.update(watch.tally.line())
                    outbox.deliver(line)

                watch.run(feed, stop=stop, once=once, turn=turn)
                outbox.deliver(line)
        finally:
            hand.close()
            for name, handler in before.items():
                signal.signal(name, handler)
        tell.print(f"{archive.path}: {watch.tally.line()}", markup=False, soft_wrap=True)


@click.group("alert")
def alert_command() -> None:
    """Be told of what is new: saved searches that onrecord watch answers, each saying once."""


@alert_command.command("add")
@click.argument("name")
@click.argument("text", required=False)
@archive_option
@click.option(
    "--find",
    "kind",
    type=click.Choice(["statements", "events", "commitments", "meetings"]),
    default="statements",
    show_default=True,
    help="What to look for.",
)
@filters
@click.option("--webhook", metavar="URL", help="POST each match there as JSON.")
@click.option("--mail", metavar="ADDRESS", help="Mail each match there.")
@click.option("--command", metavar="COMMAND", help="Run this for each match, with its JSON on standard input.")
@told
def alert_add_command(
    name: str,
    text: str | None,
    archive_path: Path | None,
    kind: Kind,
    webhook: str | None,
    mail: str | None,
    command: str | None,
    **given: Any,
) -> None:
    """Save a search as NAME; TEXT and options are those of onrecord statements. Says where matches go to."""
    ways: dict[alerts.Channel, str | None] = {"webhook": webhook, "mail": mail, "command": command}
    wanted = [(channel, target) for channel, target in ways.items() if target is not None]
    if len(wanted) != 1:
        raise click.UsageError("give one of --webhook, --mail and --command")
    (channel, target) = wanted[0]
    if channel == "webhook" and not target.startswith(("http://", "https://")):
        raise click.BadParameter("a webhook is an http or https address", param_hint="--webhook")
    if channel == "mail" and not re.fullmatch(r"[^@\s]+@[^@\s]+", target):
        raise click.BadParameter("not a mail address", param_hint="--mail")
    with opened(archive_path, read_only=False) as archive:
        alerts.save(archive, alerts.Alert(name, kind, query_of(text, given), channel, target))


@alert_command.command("list")
@archive_option
@told
def alert_list_command(archive_path: Path | None) -> None:
    """Print the saved searches, one a line."""
    with opened(archive_path) as archive:
        for alert in alerts.saved(archive):
            click.echo(f"{alert.name}\t{alert.kind}\t{alert.channel}\t{alert.target}")


@alert_command.command("remove")
@click.argument("name")
@archive_option
@told
def alert_remove_command(name: str, archive_path: Path | None) -> None:
    """Drop a saved search."""
    with opened(archive_path, read_only=False) as archive:
        alerts.forget(archive, name)
