"""Clocks that stand alone: what somebody else dated is after now only once no honest clock could have dated it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

CLOCKS_DIFFER: Final = timedelta(days=1)
"""How far another workstation's clock may be ahead of ours; nobody sets either."""


def is_dated_ahead(at: datetime, *, now: datetime) -> bool:
    """Whether ``at`` has not come yet by any clock there may be."""
    return at > now + CLOCKS_DIFFER
