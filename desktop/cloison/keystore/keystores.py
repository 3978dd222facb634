"""Where second factors come from: this machine's keyring and card readers, or what a test puts in their place.

Each is loaded when it is used: most runs of the command line use neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloison.keystore.devices import Card, Keyring


def _system_keyring() -> Keyring:
    from cloison.keystore.system_keyring import SystemKeyring

    return SystemKeyring()


def _smart_card(pin: str, library: Path | None) -> Card:
    from cloison.keystore.smart_card import SmartCard

    return SmartCard(pin, library=library)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keystores:
    """``keyring`` gives that of this machine, ``card`` one with the PIN that was typed and the library to reach it."""

    keyring: Callable[[], Keyring] = _system_keyring
    card: Callable[[str, Path | None], Card] = _smart_card
