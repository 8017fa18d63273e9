"""A hand: another process with a reader, which codes one document after another and may die of any of them.

A parser or a network can hang, crash the process or eat the machine's memory, and nothing inside the same process can
stop that. So documents are coded in hands. One that takes too long is ended, one that dies is replaced, and either way
the document that did it is a failure with a name.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from onrecord.batch.language import other_language
from onrecord.batch.outcome import Coded, Outcome, Skipped, packed, unpacked
from onrecord.batch.tables import rows
from onrecord.errors import OnrecordError, ReaderError
from onrecord.read import fingerprint, read
from onrecord.reader import Reader
from onrecord.remembered import Remembered
from onrecord.sources import Document, Failure

PROGRAM = (sys.executable, "-c", "from onrecord.batch.hand import main; main()")
ALL = "--all"  # behind the program: pages that name no political actor are read as well
PAGE_SECONDS = 120.0  # for one page; the longest pages that are read at all take about a minute
START_SECONDS = 120.0
MEMORY = 4_000_000_000  # bytes of address space; libraries and weights take 1.2 billion of them
WORN = 650_000_000  # bytes in use between two pages, from which a hand is replaced by a fresh one


class Hand:
    """One such process. ``program`` is what it runs; tests give one that misbehaves. Use it from one thread."""

    def __init__(self, *, page_seconds: float = PAGE_SECONDS, program: Sequence[str] = PROGRAM) -> None:
        self._page_seconds = page_seconds
        self._program = list(program)
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self.fingerprint = ""

    def start(self) -> str:
        """Start the process if none runs; the fingerprint of its reader. Raises ReaderError if it cannot be."""
        if self._process is None and not self._closed:
            self._process = subprocess.Popen(
                self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            answer = self._answer(START_SECONDS)
            if answer is None:
                cause = self._end()
                raise ReaderError(f"a process to read pages with could not be started: it {cause}")
            if answer.startswith(b"!"):
                self.close()
                raise ReaderError(answer[1:].decode())
            self.fingerprint = answer.decode()
        return self.fingerprint

    def code(self, document: Document) -> Outcome:
        """What becomes of a document."""
        self.start()
        if self._process is None or self._process.stdin is None:
            return Failure(document.source, f"{document.source}: stopped before it was read")
        with suppress(BrokenPipeError):  # it died of what came before; the answer will tell
            _send(self._process.stdin, pickle.dumps(document))
        answer = self._answer(self._page_seconds)
        if answer is None:
            return Failure(document.source, f"{document.source}: not read, the process that read it {self._end()}")
        if answer[:1] == b"W":
            self._end()
        return unpacked(answer[1:])

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._closed = True
        self._end()

    def _answer(self, seconds: float) -> bytes | None:
        """The next message of the process; None if it died, or if it took too long."""
        if self._process is None or self._process.stdout is None:
            return None
        until = time.monotonic() + seconds
        pipe = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        data = bytearray()
        wanted = 8
        while len(data) < wanted:
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                return None
            try:
                chunk = os.read(pipe, 1 << 20)
            except OSError:  # closed by who stopped the run, from another thread
                return None
            if not chunk:
                return None
            data += chunk
            if len(data) >= 8:
                wanted = 8 + int.from_bytes(data[:8], "big")
        return bytes(data[8:])

    def _end(self) -> str:
        """End the process and tell what it had come to."""
        process, self._process = self._process, None
        if process is None:
            return "was stopped"
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)  # one that has died is given the time to say so
        running = process.returncode is None
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        if running:
            return f"did not come to an end within {self._page_seconds:g} seconds"
        return f"died ({signal.Signals(-code).name})" if code < 0 else f"ended with status {code}"


def main() -> None:
    """The other process: a document a message on standard input, an outcome a message on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    documents = sys.stdin.buffer
    try:
        reader = Reader()
    except OnrecordError as error:
        _send(answers, b"!" + str(error).encode())
        return
    everything, remembered = ALL in sys.argv, Remembered()
    _send(answers, (fingerprint(reader) + ALL * everything).encode())
    while (data := _received(documents)) is not None:
        outcome = packed(coded(pickle.loads(data), reader, everything=everything, remembered=remembered))
        if not gc.get_freeze_count():
            gc.freeze()  # the first page loaded all tables, which stay: the collector need not look at them again
        _send(answers, (b"W" if _memory() > WORN else b" ") + outcome)


def coded(document: Document, reader: Reader, *, everything: bool, remembered: Remembered) -> Outcome:
    """What becomes of a document in this process."""
    try:
        page = document.page()
        if (language := other_language(page)) is not None:
            return Skipped(language)
        record = read(page, reader, everything=everything, remembered=remembered)
        return Coded(record.page.id, rows(record))
    except OnrecordError as error:
        return Failure(document.source, str(error))
    except Exception as error:  # the one place that may catch all: a page must not end a run of millions
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Failure(document.source, f"{document.source}: not read ({cause})")


def _memory() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _send(to: IO[bytes], data: bytes) -> None:
    to.write(len(data).to_bytes(8, "big"))
    to.write(data)
    to.flush()


def _received(source: IO[bytes]) -> bytes | None:
    head = source.read(8)
    if len(head) < 8:
        return None
    return source.read(int.from_bytes(head, "big"))
