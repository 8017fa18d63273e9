"""What is installed: ``python -m benchmarks.sizes``. Weights, the package, and all that it needs to run."""

from __future__ import annotations

import argparse
import re
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "onrecord"
WEIGHTS = ("reader.onnx", "reader.json", "tokenizer.json")


def needed(name: str, found: dict[str, metadata.Distribution]) -> dict[str, metadata.Distribution]:
    """The distributions that one needs, itself among them, without its extras."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key not in found:
        try:
            found[key] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system or Python
            return found
        for asked in found[key].requires or ():
            if "extra ==" not in asked and (match := re.match(r"[\w.-]+", asked)):
                needed(match.group(), found)
    return found


def size(distribution: metadata.Distribution) -> int:
    """Bytes of its files, without compiled ones."""
    paths = (Path(str(distribution.locate_file(file))) for file in distribution.files or ())
    return sum(path.stat().st_size for path in paths if path.suffix != ".pyc" and path.is_file())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, help="not used")
    parser.parse_args()
    weights = sum((PACKAGE / "data" / name).stat().st_size for name in WEIGHTS)
    package = sum(path.stat().st_size for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    others = {name: size(one) for name, one in needed("onrecord", {}).items() if name != "onrecord"}
    print(f"weights            {weights / 1e6:.1f} MB  ({', '.join(WEIGHTS)})")
    print(f"package            {package / 1e6:.1f} MB")
    print(f"with all it needs  {(package + sum(others.values())) / 1e6:.0f} MB, {len(others)} distributions", end="")
    largest = sorted(others, key=lambda name: -others[name])[:5]
    print(f"; the largest: {', '.join(f'{name} {others[name] / 1e6:.0f}' for name in largest)}")


if __name__ == "__main__":
    main()
