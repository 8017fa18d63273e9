"""``onrecord serve``: an archive in a browser."""

from __future__ import annotations

import ipaddress
import socket
import sys
from contextlib import suppress
from pathlib import Path

import click
from rich.console import Console

from onrecord.archive import Archive
from onrecord.cli.place import archive_option, default_archive
from onrecord.errors import ArchiveError, OnrecordError

KEEP_ALIVE = 60  # seconds that a connection waits for the next click: somebody who reads takes longer than a program


@click.command("serve")
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name that browsers reach it by.")
@click.option("--token", envvar="ONRECORD_TOKEN", help="What a reviewer needs; a new one at every start by default.")
def serve_command(archive_path: Path | None, host: str, port: int, names: tuple[str, ...], token: str | None) -> None:
    """Show an archive in a browser, on this machine.

    Reading needs nothing; reviewing needs the token that is printed. Everybody who can reach the address can read all
    of the archive: beyond this machine, put it behind a server that asks who they are.
    """
    # Here, not above: every other command would wait a tenth of a second for a web server.
    import uvicorn

    from onrecord.web import create
    from onrecord.web.app import LOCAL
    from onrecord.web.keys import Keys

    tell = Console(stderr=True, highlight=False, soft_wrap=True)
    keys = Keys(token)
    path = archive_path or default_archive()
    try:
        bring_up_to_date(path)
        hosts = LOCAL | {name.lower() for name in names} | ({host.lower()} if not is_any(host) else set())
        app = create(path, keys=keys, hosts=frozenset(hosts))
        listening = listen(host, port)
    except (OnrecordError, OSError) as error:
        tell.print(f"onrecord: {error}", markup=False)
        sys.exit(1)
    with listening:
        port = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else "127.0.0.1" if is_any(host) else host
        tell.print(f"Reading    http://{shown}:{port}/", markup=False)
        tell.print(f"Reviewing  http://{shown}:{port}/enter#{keys.token}", markup=False)
        if not is_loopback(host):
            tell.print("Anybody who can reach this address can read the archive.", markup=False)
        tell.print("Ctrl-C ends it.", markup=False)
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, proxy_headers=False, timeout_keep_alive=KEEP_ALIVE
        )
        uvicorn.Server(config).run(sockets=[listening])


def bring_up_to_date(path: Path) -> None:
    """An archive of an older onrecord, brought to the present if this process may write to it: pages only read.

    With it come the indexes of the reviewers' queue, which an archive is kept without until it is served.
    """
    if path.is_file():
        with suppress(ArchiveError), Archive(path) as archive:  # what is wrong is told when it is opened to be read
            archive.make_queue()


def listen(host: str, port: int) -> socket.socket:
    """A socket at an address; ``OSError`` says which one could not be had, and why."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)  # before the address is told: who reads it may come at once
    except OSError as error:
        made.close()
        raise OSError(f"{host}:{port}: {error.strerror or error}") from None
    return made


def is_any(host: str) -> bool:
    """Whether an address means all of this machine's."""
    return host in ("0.0.0.0", "::", "")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
