"""The list of notes and the rail: which compartments there are, which notes are listed, what is searched for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from cloison.actions.compartments import CompartmentLine, list_compartments
from cloison.actions.find_notes import NoteLine, find_notes
from cloison.ui.clerk import Clerk
from cloison.ui.lane import Task
from cloison.ui.window.frame import Frame
from cloison.ui.window.values import listed

PAGE: Final = 200
_AFTER_A_KEY_MS: Final = 60


class Listing(QObject):
    """Fills the rail and the list of ``frame``."""

    refused = Signal(str)
    compartments_known = Signal()

    def __init__(self, clerk: Clerk, frame: Frame, *, parent: QObject | None = None) -> None:
        """Empty until ``refresh``."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame
        self._query = ""
        self._limit = PAGE
        self._search: Task | None = None
        self.compartment_id: str | None = None
        self.compartments: tuple[CompartmentLine, ...] = ()
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_A_KEY_MS)
        self._typed.timeout.connect(self._list)
        frame.search_changed.connect(self.look_for)
        frame.list.line.order_changed.connect(self._list_anew)
        frame.more_notes_asked.connect(self._list_more)

    @property
    def open_ids(self) -> tuple[str, ...]:
        """The compartments that are open."""
        return tuple(one.id for one in self.compartments if one.notes is not None)

    @property
    def writing_place(self) -> str | None:
        """The compartment a new note goes to: the one that is listed, else the first that is open."""
        if self.compartment_id is not None:
            return self.compartment_id
        return self.open_ids[0] if self.open_ids else None

    def refresh(self) -> None:
        """Read compartments and notes again."""
        self._clerk.ask(self, list_compartments, self._show_compartments, refused=self.refused.emit)
        self._list()

    def show_compartment(self, compartment_id: str | None) -> None:
        """List the notes of that compartment, or of all that are open."""
        self.compartment_id = compartment_id
        self._limit = PAGE
        self._frame.show_notes_of(compartment_id)
        self._list()

    def look_for(self, query: str) -> None:
        """List what holds these words."""
        self._query = query
        self._limit = PAGE
        self._typed.start()

    def _list_anew(self) -> None:
        self._limit = PAGE
        self._frame.list.begin_anew()
        self._list()

    def _list_more(self) -> None:
        self._limit += PAGE
        self._list()

    def _list(self) -> None:
        if self._search is not None:
            self._clerk.drop(self._search)
        compartment_id, query, limit = self.compartment_id, self._query, self._limit
        order = self._frame.list.line.order
        self._search = self._clerk.search(
            self,
            lambda session: find_notes(session, compartment_id=compartment_id, query=query, order=order, limit=limit),
            self._show_notes,
            refused=self._refuse,
        )

    def _show_notes(self, found: tuple[NoteLine, ...]) -> None:
        self._search = None
        self._frame.show_notes([listed(one) for one in found], has_more=len(found) == self._limit)

    def _show_compartments(self, found: tuple[CompartmentLine, ...]) -> None:
        self.compartments = found
        self._frame.show_compartments(found)
        if self.compartment_id is not None and self.compartment_id not in self.open_ids:
            self.show_compartment(None)
        self.compartments_known.emit()

    def _refuse(self, sentence: str) -> None:
        self._search = None
        if self._query:
            self._frame.list.show_refused(sentence)
        else:
            self.refused.emit(sentence)
