"""The sentences of printing: which numbers were written where, and which will never be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cloison.ui.printing.run import DrawnCopy
from cloison.wording.catalogue import Catalogue


def printed_sentence(written: Sequence[DrawnCopy], folder: Path, words: Catalogue) -> str:
    """What lies in ``folder`` now, and what was entered; empty where nothing was written."""
    if not written:
        return ""
    return words.plural(
        "{count} copy was written to “{folder}” and entered in the register of copies: {copies}.",
        "{count} copies were written to “{folder}” and entered in the register of copies: {copies}.",
        len(written),
        folder=folder,
        copies=_named(written, words),
    )


def given_up_sentence(copies: Sequence[DrawnCopy], words: Catalogue) -> str:
    """Which numbers were entered as never used."""
    return words.text("Given up. These numbers are entered as void: {copies}.", copies=_named(copies, words))


def _named(copies: Sequence[DrawnCopy], words: Catalogue) -> str:
    return "; ".join(
        words.text("{number} for {holder}", number=one.copy.number, holder=one.copy.copy.holder) for one in copies
    )
