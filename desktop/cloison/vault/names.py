"""Aliases of members and names of compartments: what can be stored can be read back."""

from __future__ import annotations

from cloison.vault.errors import UnusableNameError

MOST_NAME = 200


def check_name(name: str) -> None:
    """Raise ``UnusableNameError`` for a name that is empty, too long or not storable."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise UnusableNameError(most=MOST_NAME) from error
    if not name.strip() or len(name) > MOST_NAME:
        raise UnusableNameError(most=MOST_NAME)
