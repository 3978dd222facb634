"""Aliases of members and names of compartments: what is stored can be read back, and all of it is seen."""

from __future__ import annotations

from unicodedata import category

from cloison.vault.errors import UnusableNameError

MOST_NAME = 200
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")


def check_name(name: str) -> None:
    """Raise ``UnusableNameError`` for a name that is empty, too long or not storable, or holds what is not seen."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise UnusableNameError(most=MOST_NAME) from error
    if not name.strip() or len(name) > MOST_NAME or any(category(one) in _UNSEEN for one in name):
        raise UnusableNameError(most=MOST_NAME)
