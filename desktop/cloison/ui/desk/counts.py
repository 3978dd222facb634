"""How much waits at the flows of the rail: packages in quarantine, requirements, what ends soon in the directory."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from cloison.actions.quarantine import quarantined
from cloison.actions.requirements import requirements
from cloison.actions.session import Session
from cloison.actions.warnings import endings
from cloison.ui.clerk import Clerk
from cloison.ui.window.frame import Frame
from cloison.ui.window.values import Flow


class Counts(QObject):
    """Shows them in ``frame``. What cannot be counted is no matter to say anything about."""

    def __init__(self, clerk: Clerk, frame: Frame, *, parent: QObject | None = None) -> None:
        """Nothing was counted yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame

    def refresh(self) -> None:
        """Count again."""
        self._clerk.ask(self, _count, self._frame.show_flow_counts, refused=lambda sentence: None)


def _count(session: Session) -> Mapping[Flow, int]:
    return {
        Flow.QUARANTINE: len(quarantined(session)),
        Flow.DIRECTORY: len(endings(session)),
        Flow.REQUIREMENTS: sum(one.is_open for one in requirements(session)),
    }
