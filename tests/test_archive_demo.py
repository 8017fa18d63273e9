"""The demo's pages in an archive, and the example of ``docs/archive.md`` over them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from onrecord import Archive, Query, Reader, read, sources
from onrecord.sources import Failure

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of ``examples/pages``."""
    path, reader = tmp_path_factory.mktemp("demo") / "demo.onrecord", Reader(threads=2)
    with (ROOT / "README.md").open("rb") as nothing, Archive(path) as archive:
        for page in sources.pages([str(ROOT / "examples" / "pages")], stdin=nothing):
            assert not isinstance(page, Failure)
            assert archive.add(read(page, reader)) == "added"
    return path


def test_the_demo_has_copies_and_mirrors_that_count_once(demo: Path) -> None:
    with Archive(demo, read_only=True) as archive:
        assert archive.pages(Query(once=False)).total == 36
        stories = archive.stories(limit=100).rows
        assert len(stories) == 14
        assert sum(len(story.pages) for story in stories) == 36
        assert len({page.outlet for story in stories for page in story.pages if page.outlet}) == 11
        assert archive.timeline("KAZ", "UZB", by="week")
        assert archive.commitments(Query(type=("ultimatum",), open_on="2026-03-28")).rows
        assert archive.meetings(Query(open_on="2026-03-15")).rows


def test_the_example_of_the_guide_runs(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    guide = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "to_polars" in block)
    monkeypatch.chdir(demo.parent)
    made: dict[str, Any] = {}
    exec(code, made)
    assert len(made["events"]) == len(made["rows"]) > 10
    assert made["hostile"].sum() == sum(
        row.item.goldstein < 0 for row in made["rows"] if row.item.goldstein is not None
    )
    assert made["tension"].columns == ["first", "events", "goldstein"]
    assert made["tension"]["events"].sum() == sum(bucket.events for bucket in made["weeks"])
    assert made["quoted"]
