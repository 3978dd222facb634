"""The small heading over a part of a column."""

from __future__ import annotations

from cloison.ui.plain import PlainLabel


def section(text: str) -> PlainLabel:
    """``text`` as such a heading."""
    return PlainLabel(text, role="section")
