"""A page that the decoder answered, measured; and which reader of pages a file asks for."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from cloison.notes.errors import PageProblem

HEAD = struct.Struct(">IIII")
MOST_WIDTH = 4_000  # pixels
MOST_HEIGHT = 6_000
MOST_PAGES = 100_000
REFUSALS = {
    1: PageProblem.UNKNOWN_KIND,
    2: PageProblem.DAMAGED,
    3: PageProblem.TOO_LARGE,
    4: PageProblem.ENCRYPTED,
    5: PageProblem.NO_SANDBOX,
}
_SIGN = b"%PDF-"
_SIGN_WITHIN = 1024  # bytes: ISO 32000-1, annex H.3.4.1, note 13


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """How many pages the file has, and the size of this one in pixels; ``channels``: 1 grey, 3 RGB."""

    count: int
    width: int
    height: int
    channels: int

    @property
    def length(self) -> int:
        """Bytes of its rows."""
        return self.width * self.height * self.channels


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to be looked at: its rows from the top, 8 bits to a channel."""

    size: PageSize
    rows: bytes


def page_size(head: bytes, *, width: int) -> PageSize | None:
    """The checked door for what is announced of a page asked for at ``width``; None: it cannot be true."""
    if len(head) != HEAD.size:
        return None
    count, across, down, channels = HEAD.unpack(head)
    is_bounded = 0 < across <= width and 0 < down <= MOST_HEIGHT and channels in (1, 3)
    if not is_bounded or not 0 < count <= MOST_PAGES:
        return None
    return PageSize(count=count, width=across, height=down, channels=channels)


def is_pdf(content: bytes) -> bool:
    """Whether the file says it is a PDF."""
    return _SIGN in content[:_SIGN_WITHIN]
