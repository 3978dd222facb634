"""What every view is handed: words, look, lanes of work, and the outside world as arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloison.keystore.keystores import Keystores
    from cloison.settings.places import Places
    from cloison.settings.values import Settings
    from cloison.ui.causes.causes import Cause
    from cloison.ui.tasks import TaskRunner
    from cloison.ui.theme import Theme
    from cloison.wording.catalogue import Catalogue
    from cloison_crypto.secrets import Clock, Randomness


def _system_keystores() -> Keystores:
    # Loaded when a second factor is asked for: the unlock screen does not wait for it.
    from cloison.keystore.keystores import Keystores

    return Keystores()


def _system_places() -> Places:
    from cloison.settings.places import places

    return places()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The same for every view of one window; a view takes it first in its constructor. ``keystores`` gives where second
    factors come from, ``places`` where settings are kept, ``heard`` what locks the vault without anybody asking."""

    words: Catalogue
    theme: Theme
    runner: TaskRunner
    settings: Settings
    clock: Clock
    randomness: Randomness
    keystores: Callable[[], Keystores] = _system_keystores
    places: Callable[[], Places] = _system_places
    heard: Callable[[], frozenset[Cause]] = frozenset
