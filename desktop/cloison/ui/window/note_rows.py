"""The lines of the list of notes: the model that holds as many as were fetched, and how one is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cloison.labels.label import same_marking
from cloison.labels.policy import Policy
from cloison.ui.chips import mark_text
from cloison.ui.plain import on_one_line, tooltip
from cloison.ui.window.on_screen import Shown
from cloison.ui.window.values import ListedNote
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import day

NOTE_ROLE: Final = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class NoteRows(QAbstractListModel):
    """``more_asked``: somebody scrolled to the end, and there is more than was fetched."""

    more_asked = Signal()

    def __init__(self, policy: Policy, words: Catalogue, *, parent: QObject | None = None) -> None:
        """No notes yet."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self._notes: list[ListedNote] = []
        self._has_more = False
        self._is_asked = False

    def show(self, notes: Sequence[ListedNote], *, has_more: bool) -> None:
        """Show these from the first on; where those before come first among them, they stay where they are."""
        before = len(self._notes)
        if before and [one.uid for one in notes[:before]] == [one.uid for one in self._notes]:
            self._notes = list(notes[:before])
            self.dataChanged.emit(self.index(0), self.index(before - 1))
            self.add(notes[before:], has_more=has_more)
            return
        self._has_more, self._is_asked = has_more, False
        self.beginResetModel()
        self._notes = list(notes)
        self.endResetModel()

    def add(self, notes: Sequence[ListedNote], *, has_more: bool) -> None:
        """The next page."""
        self._has_more, self._is_asked = has_more, False
        if notes:
            first = len(self._notes)
            self.beginInsertRows(QModelIndex(), first, first + len(notes) - 1)
            self._notes += notes
            self.endInsertRows()

    def note(self, row: int) -> ListedNote:
        """The note in that row."""
        return self._notes[row]

    def row_of(self, uid: str | None) -> int | None:
        """Where the note is; None where it was not fetched."""
        return next((row for row, one in enumerate(self._notes) if one.uid == uid), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name, and its own default
        """How many were fetched."""
        return 0 if parent.isValid() else len(self._notes)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether to ask when the end is reached."""
        return not parent.isValid() and self._has_more and not self._is_asked

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """Ask for the next page, once."""
        if self.canFetchMore(parent):
            self._is_asked = True
            self.more_asked.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The note itself for the delegate; its title, and what is read out."""
        if not index.isValid():
            return None
        note = self._notes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._title(note)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self._title(note))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._read_out(note)
            case _ if role == NOTE_ROLE:
                return note
        return None

    def _title(self, note: ListedNote) -> str:
        return on_one_line(note.title) or self._words.text("Untitled")

    def _read_out(self, note: ListedNote) -> str:
        shown = shown_of(note)
        return self._words.text(
            "{mark} {title}, {day} {whole}",
            mark=mark_text(self._policy, shown.label, is_settled=shown.is_settled),
            title=self._title(note),
            day=day(note.modified, self._words),
            whole=whole_text(note, self._policy, self._words),
        ).strip()


def shown_of(note: ListedNote) -> Shown:
    """What a line of the list is worth: its title; an unmarked one counts at the level of its note."""
    if note.title_label is not None:
        return Shown(label=note.title_label, is_settled=True)
    return Shown(label=note.label, is_settled=False)


def whole_text(note: ListedNote, policy: Policy, words: Catalogue) -> str:
    """What the whole note is worth, where its title does not say so already; else empty."""
    if note.label is None or note.title_label is None or same_marking(note.label, note.title_label):
        return ""
    return words.text("note marked {mark}", mark=mark_text(policy, note.label, is_settled=True))
