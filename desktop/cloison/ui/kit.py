"""What every view is handed: words, look, lanes of work, and the outside world as arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloison.settings.values import Settings
    from cloison.ui.tasks import TaskRunner
    from cloison.ui.theme import Theme
    from cloison.wording.catalogue import Catalogue
    from cloison_crypto.secrets import Clock, Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The same for every view of one window; a view takes it first in its constructor."""

    words: Catalogue
    theme: Theme
    runner: TaskRunner
    settings: Settings
    clock: Clock
    randomness: Randomness
