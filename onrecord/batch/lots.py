"""How inputs are cut: into lots, each a file of many pages or a run of files of one page, and lots into parts.

The cut depends on the inputs and on the size of a part alone, never on who codes them or how many do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord import storage
from onrecord.errors import BatchError, SourceError
from onrecord.sources import CONTAINERS, Document, Failure, documents, documents_in, files, suffix

SIZE = 2_000
"""Documents in a part: some minutes of one core's work, which is what a lost worker costs."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Inputs that are read one after another: one file of many pages, or files of one page each."""

    number: int
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it: its file, or the first and last of its files."""
        return self.paths[0] if len(self.paths) == 1 else f"{self.paths[0]} ... {self.paths[-1]}"

    def documents(self) -> Iterator[Document | Failure]:
        """Its documents in order. Raises OSError or SourceError where a file of many pages cannot be read at all."""
        if suffix(self.paths[0]) in CONTAINERS:
            yield from documents_in(self.paths[0])
        else:
            for path in self.paths:
                yield from documents(path)


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of a lot from ``number * size`` on, ``size`` of them or as many as there are."""

    lot: Lot
    number: int

    @property
    def name(self) -> str:
        """The name of its files, without a suffix."""
        return f"part-{self.lot.number:05d}-{self.number:05d}"


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a part, or why it is none."""

    part: Part
    document: Document | Failure


@dataclass(frozen=True, slots=True)
class End:
    """All documents of a part have come. ``last``: they were the lot's last."""

    part: Part
    last: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A part that cannot be read to its end for now: the disk, the network, a permission."""

    part: Part
    error: str


Step = Item | End | Broken


def lots(inputs: Iterable[str], *, size: int = SIZE) -> list[Lot]:
    """The lots of the inputs, in their order. Raises SourceError or BatchError where an input is not there."""
    found: list[tuple[str, ...]] = []
    run: list[str] = []
    for path in [path for source in inputs for path in files(_checked(source))]:
        many = suffix(path) in CONTAINERS
        if run and (many or len(run) == size):
            found.append(tuple(run))
            run = []
        if many:
            found.append((path,))
        else:
            run.append(path)
    if run:
        found.append(tuple(run))
    return [Lot(number, paths) for number, paths in enumerate(found)]


def steps(lot: Lot, *, done: Iterable[str] = (), only: int | None = None, size: int = SIZE) -> Iterator[Step]:
    """The documents of a lot, part after part, without the parts named in ``done``; or of one part alone."""
    number = 0
    done = frozenset(done)
    try:
        items = lot.documents()
        item = next(items, None)
        while True:
            part = Part(lot, number)
            wanted = part.name not in done if only is None else number == only
            for _ in range(size):
                if item is None:
                    break
                if wanted:
                    yield Item(part, item)
                item = next(items, None)
            if wanted:
                yield End(part, item is None)
            if item is None or number == only:
                return
            number += 1
    except SourceError as error:
        yield Broken(Part(lot, number), str(error))
    except OSError as error:
        yield Broken(Part(lot, number), f"{lot.name}: {(error.strerror or str(error)).lower()}")


def _checked(source: str) -> str:
    if source == "-" or source.lower().startswith(("http://", "https://")):
        raise BatchError(f"{source}: a batch reads files; onrecord read takes pages, onrecord watch feeds")
    if not storage.is_pattern(source) and storage.below(source) is None and storage.size(source) is None:
        raise BatchError(f"{source}: no such file or folder")
    return source
