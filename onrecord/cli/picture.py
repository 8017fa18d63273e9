"""A timeline as a picture: PNG, SVG or PDF. Needs matplotlib (``pip install 'onrecord[plots]'``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from onrecord.archive import Bucket
from onrecord.errors import ArchiveError

PICTURES = (".png", ".svg", ".pdf")

# Told apart by people who see red and green alike, and in grey: Okabe and Ito's palette.
_COLOURS = {"VC": "#56B4E9", "MC": "#009E73", "VX": "#E69F00", "MX": "#D55E00"}
_NAMES = {
    "VC": "verbal cooperation",
    "MC": "material cooperation",
    "VX": "verbal conflict",
    "MX": "material conflict",
}


def draw(buckets: Sequence[Bucket], title: str, by: str, out: Path) -> None:
    """Events by quad class as stacked bars, their mean Goldstein value as a line below."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ArchiveError("pictures need matplotlib: pip install 'onrecord[plots]'") from None
    figure = Figure(figsize=(10, 5.5), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    days = [date.fromisoformat(bucket.first) for bucket in buckets]
    widths = [(date.fromisoformat(bucket.last) - day).days + 0.8 for bucket, day in zip(buckets, days, strict=True)]
    floor = [0] * len(buckets)
    for quad, colour in _COLOURS.items():
        counts = [bucket.quads[quad] for bucket in buckets]
        above.bar(days, counts, widths, floor, align="edge", color=colour, label=_NAMES[quad])
        floor = [low + count for low, count in zip(floor, counts, strict=True)]
    above.set_title(f"{title}: events by {by}", loc="left")
    above.set_ylabel("events")
    above.legend(frameon=False, fontsize="small", ncols=2)
    scored = [
        (day, bucket.goldstein) for day, bucket in zip(days, buckets, strict=True) if bucket.goldstein is not None
    ]
    below.axhline(0, color="#999999", linewidth=0.8)
    below.plot([day for day, _ in scored], [value for _, value in scored], color="#333333", marker="o", markersize=3)
    below.set_ylim(-10, 10)
    below.set_ylabel("mean Goldstein")
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
    try:
        figure.savefig(out, dpi=150, metadata={"Date": None} if out.suffix.lower() == ".svg" else None)
    except OSError as error:
        raise ArchiveError(f"{out}: {(error.strerror or str(error)).lower()}") from error
