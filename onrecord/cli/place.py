"""Where the archive is, how it is opened, and how what goes wrong is told: for every command that works on one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from rich.console import Console

from onrecord.archive import Archive
from onrecord.errors import OnrecordError

P = ParamSpec("P")
R = TypeVar("R")


def default_archive() -> Path:
    """The archive in the user's data directory, which is made if it is not there."""
    if told := os.environ.get("ONRECORD_ARCHIVE"):
        return Path(told)
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return folder / "onrecord" / "archive.onrecord"


archive_option = click.option(
    "--archive",
    "archive_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The archive. Default: $ONRECORD_ARCHIVE, else archive.onrecord in your data directory.",
)


@contextmanager
def opened(path: Path | None, *, read_only: bool = True) -> Iterator[Archive]:
    """The archive of a command."""
    where = path or default_archive()
    if path is None and not read_only:
        where.parent.mkdir(parents=True, exist_ok=True)
    with Archive(where, read_only=read_only) as archive:
        yield archive


def teller() -> Console:
    """Where messages go: standard error."""
    return Console(stderr=True, highlight=False)


def told(work: Callable[P, R]) -> Callable[P, R]:
    """A command whose errors are one line for a person, and whose reader may go away."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except (OnrecordError, OSError) as error:
            if isinstance(error, BrokenPipeError):  # the reader of our output has gone: nothing is wrong
                sys.stderr.close()
                sys.exit(0)
            teller().print(f"onrecord: {error}", markup=False, soft_wrap=True)
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)

    return run


def write_line(line: str) -> None:
    """One line to standard output, whatever characters it has."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
