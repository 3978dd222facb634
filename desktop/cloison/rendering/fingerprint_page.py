"""One sheet of paper with a fingerprint on it, three ways, to be handed out with no file beside it.

Whoever follows an authority types its fingerprint from paper; whoever compares a card reads words or scans the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBlock:
    """The words of a fingerprint in one language, under its name."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintPage:
    """All that stands on the sheet; ``code`` are the modules of the QR code, row by row, True is dark."""

    language: str
    created: datetime
    title: str
    name: str
    facts: tuple[str, ...]
    characters: tuple[str, ...]
    words: tuple[WordBlock, ...]
    advice: str
    code: tuple[tuple[bool, ...], ...]
