"""The list of notes as a model: the order of all of them, and the lines of those somebody looked at last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cloison.actions.note_order import NoteOrder, order_of
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


MOST_LINES: Final = 1000
"""So many lines are held of a list, however long it is: the order of the rest is enough to scroll by."""


class NoteRows(QAbstractListModel):
    """Knows the order of all notes, and holds the lines that were looked at last; a row without its line is empty.

    ``filled``: lines came or changed, and their rows are to be drawn again.
    """

    filled = Signal()

    def __init__(self, policy: Policy, words: Catalogue, *, parent: QObject | None = None) -> None:
        """No notes yet."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self._order = NoteOrder()
        self._lines: OrderedDict[str, ListedNote] = OrderedDict()
        self._stale: set[str] = set()

    def show(self, notes: Sequence[ListedNote]) -> None:
        """Show these; where those before come first among them, they stay where they are."""
        self.show_order(order_of([one.uid for one in notes]))
        self.fill(notes)

    def show_order(self, order: NoteOrder) -> None:
        """Show the notes of that order; the lines that are held are shown until they are fetched again."""
        before, self._stale = self._order, set(self._lines)
        if order == before:
            return
        if before.uids and order.uids.startswith(before.uids):
            self.beginInsertRows(QModelIndex(), len(before), len(order) - 1)
            self._order = order
            self.endInsertRows()
            return
        self.beginResetModel()
        self._order = order
        self.endResetModel()

    def fill(self, notes: Sequence[ListedNote]) -> None:
        """Their lines, as they are now."""
        for one in notes:
            self._lines[one.uid] = one
            self._lines.move_to_end(one.uid)
            self._stale.discard(one.uid)
        while len(self._lines) > MOST_LINES:
            self._stale.discard(self._lines.popitem(last=False)[0])
        # Not ``dataChanged``: a view of Qt's lays out all of its rows anew at it, and nothing of that has changed.
        self.filled.emit()

    def forget(self) -> None:
        """Hold no line any more: one may be of a compartment that was closed."""
        self._lines.clear()
        self._stale.clear()

    def wanted(self, rows: Iterable[int]) -> tuple[str, ...]:
        """The notes in those rows whose lines are not held, or were not fetched since the order was."""
        uids = [self.uid(row) for row in rows]
        return tuple(uid for uid in uids if uid not in self._lines or uid in self._stale)

    def note(self, row: int) -> ListedNote:
        """The line of that row, which is held."""
        return self._lines[self.uid(row)]

    def line(self, row: int) -> ListedNote | None:
        """The line of that row, where it is held."""
        uid = self.uid(row)
        if uid not in self._lines:
            return None
        self._lines.move_to_end(uid)
        return self._lines[uid]

    def uid(self, row: int) -> str:
        """The note in that row."""
        return self._order.uid(row)

    def row_of(self, uid: str | None) -> int | None:
        """Where the note is; None where it is not in the list."""
        return None if uid is None else self._order.row_of(uid)

    def rows_of(self, uids: Collection[str]) -> list[int]:
        """Where those of the notes are that are in the list."""
        return self._order.rows_of(uids)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name, and its own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The note itself for the delegate; its title, and what is read out."""
        if not index.isValid():
            return None
        note = self.line(index.row())
        if note is None:
            return None
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
