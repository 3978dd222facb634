"""How useful a package was, in words."""

from __future__ import annotations

from typing import Final

from cloison.wording.catalogue import N_, Catalogue

_DEGREES: Final = (
    N_("0 – of no use"),
    N_("1 – of little use"),
    N_("2 – of some use"),
    N_("3 – useful"),
    N_("4 – very useful"),
    N_("5 – decisive"),
)


def usefulness_names(words: Catalogue) -> tuple[str, ...]:
    """What each degree is called, from 0 up."""
    return tuple(words.text(one) for one in _DEGREES)


def usefulness_name(useful: int, words: Catalogue) -> str:
    """What one degree is called."""
    return words.text(_DEGREES[useful])
