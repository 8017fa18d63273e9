"""The months by name: each with its full name and the short forms in use, January first."""

from __future__ import annotations

MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)

NUMBER_OF = {form: number for number, forms in enumerate(MONTHS, 1) for form in forms}
"""The number of a month, 1 to 12, by any of its forms in lower case."""
