"""Where bytes lie: local paths, and the stores that fsspec knows (``s3://``, ``gs://``, ...).

Local paths need nothing; a remote one needs ``fsspec`` and the driver of its store (the extra ``onrecord[remote]``).
What is written appears whole under its name or not at all: a local file by rename, a remote object by the store's own
rule that an upload is seen when it is complete. Credentials and endpoints are the drivers' business.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import glob, has_magic
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from onrecord.errors import SourceError

_BUFFER = 1 << 20  # bytes read ahead from a store


def is_remote(path: str) -> bool:
    """Whether ``path`` names an object of a store and no local file."""
    return "://" in path


def is_pattern(path: str) -> bool:
    """Whether ``path`` holds wildcards (``*``, ``?``, ``[``) and no local file has that very name."""
    return has_magic(path) and (is_remote(path) or not Path(path).exists())


def matching(pattern: str) -> list[str]:
    """The files that a pattern stands for, in the order of their names; ``**`` goes down folders."""
    if not is_remote(pattern):
        found = map(Path, glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
        return sorted(str(path) for path in found if path.is_file())
    with _named(pattern):
        store, path = _store(pattern)
        return sorted(str(store.unstrip_protocol(found)) for found in store.glob(path) if not store.isdir(found))


def below(folder: str) -> list[str] | None:
    """The files in a folder and below it, in the order of their names; None if ``folder`` is none."""
    if not is_remote(folder):
        root = Path(folder)
        return sorted(str(path) for path in root.rglob("*") if path.is_file()) if root.is_dir() else None
    with _named(folder):
        store, path = _store(folder)
        if store.isfile(path) or not store.isdir(path):
            return None
        return sorted(str(store.unstrip_protocol(found)) for found in store.find(path))


def size(path: str) -> int | None:
    """The size of a file in bytes, None if there is none."""
    if not is_remote(path):
        return Path(path).stat().st_size if Path(path).is_file() else None
    with _named(path):
        store, at = _store(path)
        return int(store.size(at)) if store.isfile(at) else None


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A file to read from, seekable. Raises OSError where a local one cannot be opened, SourceError a remote one."""
    if not is_remote(path):
        with Path(path).open("rb") as local:
            yield local
        return
    with _named(path):
        store, at = _store(path)
        remote = store.open(at, "rb")
    with io.BufferedReader(remote, _BUFFER) as buffered:  # with all that Python's files can
        yield buffered


def read_bytes(path: str) -> bytes:
    """All of a file. Raises SourceError, one line, where it cannot be read."""
    try:
        with opened(path) as file:
            return file.read()
    except OSError as error:
        raise SourceError(f"{path}: {(error.strerror or str(error)).lower()}") from None


@contextmanager
def written(path: str) -> Iterator[Path]:
    """A local file to write to, which becomes ``path`` when the block ends well; nothing appears where it does not.

    Raises SourceError, one line, where it cannot be written.
    """
    if is_remote(path):
        with NamedTemporaryFile(prefix="onrecord-") as draft:
            yield Path(draft.name)
            with _named(path):
                store, at = _store(path)
                store.put_file(draft.name, at)
        return
    final = Path(path)
    temporary = final.with_name(f".{final.name}.{os.getpid()}.tmp")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(final)
    except OSError as error:
        raise SourceError(f"{path}: cannot be written ({(error.strerror or str(error)).lower()})") from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def write_bytes(path: str, data: bytes) -> None:
    """Write a small file, whole or not at all."""
    with written(path) as draft:
        draft.write_bytes(data)


def remove(path: str) -> None:
    """Remove a file or object; nothing happens if there is none."""
    if not is_remote(path):
        Path(path).unlink(missing_ok=True)
        return
    with _named(path):
        store, at = _store(path)
        if store.isfile(at):
            store.rm_file(at)


def joined(folder: str, *names: str) -> str:
    """The path of something inside a folder, local or remote."""
    return "/".join((folder.rstrip("/"), *names)) if is_remote(folder) else str(Path(folder, *names))


def _store(path: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise SourceError(f"{path}: reading from a store needs fsspec (pip install 'onrecord[remote]')") from None
    store, at = url_to_fs(path)
    store.invalidate_cache()  # what another process has written since counts
    return store, str(at)


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Whatever a driver raises, as one line that names the path."""
    try:
        yield
    except SourceError:
        raise
    except ImportError as error:
        raise SourceError(f"{path}: the driver of this store is not installed ({error})".splitlines()[0]) from None
    except Exception as error:  # each driver has its own errors
        raise SourceError(f"{path}: {' '.join(str(error).split())[:200] or type(error).__name__}") from None
