"""``onrecord mcp``: an archive for assistants."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.place import archive_option, default_archive, told
from onrecord.errors import OnrecordError


@click.command("mcp")
@archive_option
@told
def mcp_command(archive_path: Path | None) -> None:
    """Answer an assistant's questions about an archive, by the Model Context Protocol on standard input and output.

    An assistant starts it by itself: docs/mcp.md says how to tell yours. It reads only.
    """
    try:  # here, not above: the SDK is an extra
        from onrecord.mcp import serve
    except ModuleNotFoundError as error:
        raise OnrecordError(f"onrecord mcp needs the MCP SDK ({error}): pip install 'onrecord[mcp]'") from None
    serve(archive_path or default_archive())
