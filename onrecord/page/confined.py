"""Reading a large page in a process of its own, with limits on its memory and time.

A page within the caps of ``guard.py`` but larger than ordinary may still cost seconds and hundreds of megabytes in a
parser, and nothing can stop a parser that runs in one's own process. So another one reads it, is killed when it takes
too much, and only its draft comes back. It costs half a second to start, which such a page costs anyway.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from onrecord.errors import PageError
from onrecord.page.draft import Draft, Paragraph
from onrecord.page.html import read_html

SECONDS = 20  # a page at the caps takes up to ten on the slowest machine we measured
MEMORY = 1_500_000_000  # bytes of address space; interpreter and libraries take 300 million of them
_PROGRAM = "from onrecord.page.confined import main; main()"


def read_confined(html: str, *, source: str, url: str | None, today: date) -> Draft:
    """``html.read_html``, in a process with limits. Raises PageError where they are reached."""
    page = {"html": html, "source": source, "url": url, "today": today.isoformat()}
    task = json.dumps({**page, "memory": MEMORY, "seconds": SECONDS})
    try:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=task.encode("utf-8", errors="surrogatepass"),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PageError(f"{source}: too complex, not read within {SECONDS} seconds") from None
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        raise PageError(f"{source}: too complex, reading it ended with {last[:120] or 'a signal'}")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise PageError(answer["error"])
    return _draft(answer)


def main() -> None:
    """The other process: a task on standard input, a draft or an error on standard output."""
    task = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (task["memory"], task["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
    try:
        draft = read_html(task["html"], source=task["source"], url=task["url"], today=date.fromisoformat(task["today"]))
        answer: dict[str, Any] = asdict(draft)
    except PageError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))


def _draft(answer: dict[str, Any]) -> Draft:
    paragraphs = tuple(
        Paragraph(one["text"], tuple((role, start, end) for role, start, end in one["parts"]))
        for one in answer.pop("paragraphs")
    )
    lists = {key: tuple(value) for key, value in answer.items() if isinstance(value, list)}
    return Draft(paragraphs=paragraphs, **{**answer, **lists})
