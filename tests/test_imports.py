"""The house's one direction of imports: a file may import only from rooms before its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "onrecord"

# From the ground up. Files of one line do not import each other.
ORDER = [
    ["record", "errors", "reading", "words", "tables", "months"],
    ["identity", "quotation", "chains", "trees", "lemmas", "jsonl"],
    ["outlets", "fetch", "encoding", "storage", "remembered"],
    ["page"],
    ["sources", "reader"],
    ["dates"],
    ["actors"],
    ["places", "rolls"],
    ["statements"],
    ["events"],
    ["commitments", "meetings"],
    ["read"],
    ["stories"],
    ["archive"],
    ["exports"],
    ["terminal"],
    ["batch", "alerts", "web"],
    ["feeds", "mcp"],
    ["cli"],
    ["__main__"],
]
RANK = {room: n for n, line in enumerate(ORDER) for room in line}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


def room_of(path: Path) -> str:
    """The top-level noun that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """The rooms of ours that a file imports from."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "onrecord":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("onrecord.")}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    assert room in RANK, f"{room} has no place in the house: add it to ORDER"
    for other in imported_rooms(path) - {room}:
        assert other in RANK, f"{path} imports {other}, which is no room of ours"
        assert RANK[other] < RANK[room], f"{path} imports {other}, which stands above it"


def test_the_package_never_imports_training() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.split(".")[0] in ("training", "benchmarks", "torch") for name in names)
