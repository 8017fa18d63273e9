"""The mean of several stages' weights: ``python -m training.mean OUT STAGE STAGE...``, folders that ``train`` left.

Stages trained on from the same weights lie in one basin, and their mean errs less than each (Wortsman et al. 2022,
"Model soups"); the weights that they started from are one of them, for what a stage unlearned.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor


def mean(stages: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Number by number; what is no float is the first one's."""
    first = stages[0]
    return {
        name: torch.stack([stage[name] for stage in stages]).mean(0) if value.is_floating_point() else value
        for name, value in first.items()
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("stage", type=Path, nargs="+")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean([torch.load(stage / "average.pt") for stage in options.stage]), options.out / "average.pt")
    shutil.copyfile(options.stage[0] / "vocabularies.json", options.out / "vocabularies.json")


if __name__ == "__main__":
    main()
