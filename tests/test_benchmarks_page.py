"""The published table says what was measured, and nothing else."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec

import pytest

from benchmarks.figures import Line, lines
from benchmarks.table import KEPT, MISSING, PAGE, PARTS, Kept, page

LINE = Line("Speed", "pages a second", "our pages", "speed", (r"whole +([\d.]+)", r"bare +([\d.]+)"), "9", "Peer 0.7")


def kept(*output: str) -> Kept:
    done = {"command": "python -m benchmarks.speed", "commit": "abc", "day": "2026-03-02", "seconds": 7, "load": 0.1}
    return {"speed": {**done, "machine": "a machine", "output": list(output)}}


def test_figures_come_from_what_was_printed() -> None:
    told = page(kept("Speed", "  whole   8.25 pages", "  bare 9.50."), [LINE])
    assert "| pages a second | our pages | **8.25 / 9.50** | 9 | Peer 0.7 |" in told
    assert "| `python -m benchmarks.speed` | abc | 2026-03-02 | 7 | 0.1 | a machine |" in told


def test_what_was_not_run_is_said_to_be_so() -> None:
    assert "| **not run** |" in page({}, [LINE])


def test_a_figure_that_is_not_there_is_not_made_up() -> None:
    assert f"| **{MISSING}** |" in page(kept("  whole 8.25 pages"), [LINE])
    with pytest.raises(LookupError, match="bare"):
        LINE.figure("  whole 8.25 pages")


def test_a_target_is_no_figure() -> None:
    assert LINE.figure("wanted: whole 9, bare 9\n  whole 8.25   (wanted: bare 9)\n  bare 7.5") == "8.25 / 7.5"


def test_every_line_is_of_a_part_and_every_part_is_a_module() -> None:
    for line in lines():
        assert line.part in PARTS
        for pattern in line.patterns:
            assert re.compile(pattern, re.DOTALL).groups == 1
    assert all(find_spec(f"benchmarks.{module}") for module, *_ in PARTS.values())


@pytest.mark.skipif(not KEPT.exists(), reason="no run is kept yet")
def test_the_page_is_what_the_runs_printed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(KEPT.read_text(encoding="utf-8")))
