"""Choosing a note: a field to search in, and the notes that were found, each with the mark of its title."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.actions.find_notes import NoteLine, find_notes
from cloison.ui import sizes
from cloison.ui.chips import chips_of, mark_text
from cloison.ui.clerk import Clerk
from cloison.ui.lane import Task
from cloison.ui.two_lines import TwoLineList
from cloison.ui.window.on_screen import Shown

_MOST: Final = 20
_AFTER_A_KEY_MS: Final = 60


class NotePicker(QWidget):
    """``picked`` carries the uid of a note; ``seen_changed``: other titles are on screen (``seen``)."""

    picked = Signal(str)
    seen_changed = Signal()
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, without: str | None = None, parent: QWidget | None = None) -> None:
        """Nothing was looked for; the note ``without`` is never offered."""
        super().__init__(parent)
        self._without = without
        words = clerk.words
        self._clerk = clerk
        self._search: Task | None = None
        self.seen: tuple[Shown, ...] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText(words.text("Search the notes"))
        self.field.setAccessibleName(words.text("Search the notes"))
        self.list = TwoLineList(clerk.kit.theme, words.text("Notes that were found"))
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_A_KEY_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self._typed.timeout.connect(self.look)
        self.field.textChanged.connect(self._typed.start)
        self.field.returnPressed.connect(self.list.setFocus)
        self.list.itemActivated.connect(lambda item: self.picked.emit(str(self.list.present_id)))
        self.setFocusProxy(self.field)

    @property
    def present(self) -> str | None:
        """The note whose row is the present one."""
        found = self.list.present_id
        return None if found is None else str(found)

    def look(self) -> None:
        """Find what is typed; the newest notes where nothing is."""
        if self._search is not None:
            self._clerk.drop(self._search)
        query = self.field.text()
        self._search = self._clerk.search(
            self, lambda session: find_notes(session, query=query, limit=_MOST), self._show, refused=self._refuse
        )

    def forget(self) -> None:
        """Show nothing."""
        self._show(())

    def _show(self, found: tuple[NoteLine, ...]) -> None:
        self._search = None
        found = tuple(one for one in found if one.row.uid != self._without)
        self.list.clear()
        for one in found:
            self._add(one)
        if found:
            self.list.setCurrentRow(0)
        self.seen = tuple(
            Shown(label=one.title_label or one.label, is_settled=one.title_label is not None) for one in found
        )
        self.seen_changed.emit()

    def _add(self, one: NoteLine) -> None:
        policy, is_settled = self._clerk.policy, one.title_label is not None
        label = one.title_label or one.label
        self.list.add_with_chips(
            one.row.title or self._clerk.words.text("Untitled"),
            chips_of(policy, label, is_settled=is_settled),
            mark_text(policy, label, is_settled=is_settled),
            f"{one.row.reference} · {one.compartment.name}",
            one.row.uid,
        )

    def _refuse(self, sentence: str) -> None:
        self._search = None
        self.refused.emit(sentence)
