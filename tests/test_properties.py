"""What holds for every record, on texts that nobody wrote: few examples, as each is read by the real reader."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from types import FrameType

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from benchmarks.soundness import check_sound, items_of
from onrecord import jsonl
from onrecord.errors import PageError
from onrecord.page import read_page
from onrecord.read import read, read_many

few = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # no shrinking: an example that never ends would run again
    suppress_health_check=[HealthCheck.too_slow],
)

_NAMES = [
    "Togo",
    "the Malian army",
    "Lomé",
    "Aïssa Diallo",
    "Foreign Minister Kwame Addo",
    "NATO",
    "she",
    "officials",
    "محمد",
]
_VERBS = ["said", "denied", "threatened", "met", "will attack", "has repeatedly warned", "arrested", "is ready to help"]
_MARKS = [
    '"We will not wait,"',
    "“No ”",
    "« Jamais »",
    "'soon",
    "that",
    "if",
    "unless",
    "on Tuesday",
    "\U0001f3f4",
    ".",
    ",",
    "—",
]
_WORDS = st.lists(st.sampled_from(_NAMES + _VERBS + _MARKS), min_size=1, max_size=14).map(" ".join)
_PARAGRAPHS = st.lists(_WORDS.map(lambda words: f"Envoys of Mali said {words}."), min_size=1, max_size=6)
_NEWS = _PARAGRAPHS.map("\n\n".join)


SECONDS = 40  # for this file; a step that never ends would otherwise take all memory before anybody looks

# Once read for ever: an attribution nested in its own words.
_NESTED = (
    "on Tuesday threatened denied « Jamais » if met . met.\n\nofficials Aïssa Diallo.\n\nمحمد « Jamais » Togo.\n\n"
    "unless “No ” will attack said met she « Jamais » she will attack Foreign Minister Kwame Addo met “No ” that "
    'unless officials denied — "We will not wait," , Lomé.'
)


@pytest.fixture(autouse=True, scope="module")
def ends() -> Iterator[None]:
    """Fail, rather than hang, where reading does not end."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not done in {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 10)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@few
@example(_NESTED)
@given(_NEWS)
def test_news_that_nobody_wrote(text: str) -> None:
    record = read(read_page(text, source="-", published="2026-05-04"))
    check_sound(record)
    assert json.loads(jsonl.line(record))["page"]["text"] == record.page.text


@few
@given(st.text(max_size=400))
def test_any_characters(text: str) -> None:
    try:
        page = read_page(text, source="-")
    except PageError:
        return
    check_sound(read(page))


@settings(few, max_examples=8)
@given(st.lists(_NEWS, min_size=2, max_size=4))
def test_a_page_reads_the_same_alone_and_among_others(texts: list[str]) -> None:
    pages = [read_page(text, source=f"{n}") for n, text in enumerate(texts)]
    together = list(read_many(pages))
    assert together == [read(page) for page in pages]
    ids = [record.page.id for record in together]
    assert len(ids) == len(set(ids))
    items = [item.id for record in together for item in items_of(record)]
    assert len(items) == len(set(items))
