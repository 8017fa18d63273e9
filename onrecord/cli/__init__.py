"""The command line: one file a group of commands; each formats what the core answers.

Exit status: 0 if all went well, 1 if something failed (a page that could not be read, an archive that could not be
opened), 2 for wrong usage. The environment is read in this folder and nowhere else (by ``rich``, for colour and width;
the number of cores). Messages go to standard error.
"""

from __future__ import annotations

import click

from onrecord.cli.add import add_command, remove_command, reread_command
from onrecord.cli.code import code_command
from onrecord.cli.count import compare_command, counts_command, pairs_command, timeline_command
from onrecord.cli.explain import explain_command
from onrecord.cli.export import export_command
from onrecord.cli.find import (
    actors_command,
    commitments_command,
    events_command,
    meetings_command,
    page_command,
    pages_command,
    search_command,
    statements_command,
    stories_command,
)
from onrecord.cli.mcp import mcp_command
from onrecord.cli.read import read_command
from onrecord.cli.review import review_command
from onrecord.cli.serve import serve_command
from onrecord.cli.watch import alert_command, watch_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Read news and keep a checkable record: who said what, who did what to whom, with the words that prove it."""


main.add_command(read_command)
main.add_command(explain_command)
main.add_command(code_command)
main.add_command(serve_command)
main.add_command(mcp_command)
for command in (add_command, reread_command, remove_command, review_command):
    main.add_command(command)
for command in (search_command, statements_command, events_command, commitments_command, meetings_command):
    main.add_command(command)
for command in (pages_command, page_command, stories_command, actors_command, export_command):
    main.add_command(command)
for command in (timeline_command, pairs_command, compare_command, counts_command):
    main.add_command(command)
main.add_command(watch_command)
main.add_command(alert_command)
