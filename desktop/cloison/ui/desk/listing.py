"""The list of notes and the rail: which compartments there are, which notes are listed, what is searched for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from cloison.actions.compartments import CompartmentLine, list_compartments
from cloison.actions.find_notes import NoteLine, find_notes
from cloison.actions.note_order import NoteOrder, note_lines, note_order
from cloison.ui.clerk import Clerk
from cloison.ui.lane import Task
from cloison.ui.window.frame import Frame
from cloison.ui.window.values import listed

PAGE: Final = 40
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
        self._search: Task | None = None
        self._order: Task | None = None
        self.compartment_id: str | None = None
        self.compartments: tuple[CompartmentLine, ...] = ()
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_A_KEY_MS)
        self._typed.timeout.connect(self._list)
        frame.search_changed.connect(self.look_for)
        frame.list.line.order_changed.connect(self._list_anew)
        frame.note_lines_asked.connect(self._fetch_lines)

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
        self._frame.show_notes_of(compartment_id)
        self._list()

    def look_for(self, query: str) -> None:
        """List what holds these words."""
        self._query = query
        self._typed.start()

    def _list_anew(self) -> None:
        self._frame.list.begin_anew()
        self._list()

    def _list(self) -> None:
        """The first notes at once; where there are more, the order of all of them then, in slices."""
        for task in (self._search, self._order):
            if task is not None:
                self._clerk.drop(task)
        self._order = None
        compartment_id, query, order = self.compartment_id, self._query, self._frame.list.line.order
        self._search = self._clerk.search(
            self,
            lambda session: find_notes(session, compartment_id=compartment_id, query=query, order=order, limit=PAGE),
            self._show_notes,
            refused=self._refuse,
        )

    def _show_notes(self, found: tuple[NoteLine, ...]) -> None:
        self._search = None
        has_more = len(found) == PAGE
        self._frame.show_notes([listed(one) for one in found], has_more=has_more)
        if has_more:
            self._find_order()

    def _find_order(self) -> None:
        compartment_id, query, order = self.compartment_id, self._query, self._frame.list.line.order
        self._order = self._clerk.search_in_slices(
            self,
            lambda session: note_order(session, compartment_id=compartment_id, query=query, order=order),
            self._show_order,
            refused=self._refuse,
        )

    def _show_order(self, order: NoteOrder) -> None:
        self._order = None
        self._frame.list.show_order(order)

    def _fetch_lines(self, uids: tuple[str, ...]) -> None:
        self._clerk.ask(
            self,
            lambda session: note_lines(session, uids),
            lambda found: self._frame.list.fill([listed(one) for one in found]),
            refused=self.refused.emit,
        )

    def _show_compartments(self, found: tuple[CompartmentLine, ...]) -> None:
        if not set(self.open_ids) <= {one.id for one in found if one.notes is not None}:
            self._frame.list.forget_lines()
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
