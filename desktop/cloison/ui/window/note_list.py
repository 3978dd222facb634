"""The list of notes, of any length: the lines in view are fetched as it is scrolled. Above it the search field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from cloison.actions.note_order import NoteOrder
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.window.note_line import NoteLineDelegate
from cloison.ui.window.note_rows import NoteRows, shown_of
from cloison.ui.window.on_screen import Shown
from cloison.ui.window.saving_bar import SavingBar
from cloison.ui.window.search import SearchLine
from cloison.ui.window.several_bar import SeveralBar
from cloison.ui.window.values import ListedNote

_AROUND: Final = 12  # lines beyond those in view, so that a turn of the wheel finds them there


class NoteView(QListView):
    """The lines themselves. ``seen_changed``: others are on screen now; ``left_upwards``: up from the first one.

    ``one_wanted``: somebody who had picked several thinks better of it. ``menu_asked``: where on the screen a menu of
    what is picked is wanted.
    """

    seen_changed = Signal()
    left_upwards = Signal()
    one_wanted = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        """Give it a model and a delegate."""
        super().__init__(parent)
        self.setProperty("role", "column")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self.seen_changed)

    def seen_rows(self) -> range:
        """The rows of which something is on screen."""
        count = self.model().rowCount()
        if not count or not self.isVisible():
            return range(0)
        self.executeDelayedItemsLayout()
        first = self.indexAt(self.viewport().rect().topLeft())
        last = self.indexAt(self.viewport().rect().bottomLeft())
        return range(max(0, first.row()), last.row() + 1 if last.isValid() else count)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or fewer are seen."""
        super().resizeEvent(event)
        self.seen_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What is in view may have changed behind another page."""
        super().showEvent(event)
        self.seen_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Qt makes the first line current as the focus comes, where none is, and picks nothing."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Qt would put a title on the clipboard, where it has no mark."""
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and _is_several(self.selectionModel().selection()):
            self.one_wanted.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif (event.key(), event.modifiers()) == (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier):
            # Not every system makes it the menu key.
            self._ask_menu(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Under the pointer where it is on a line; by the key at the line that is current."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._ask_menu(self.currentIndex())
        elif self.indexAt(event.pos()).isValid():
            self.menu_asked.emit(event.globalPos())

    def _ask_menu(self, index: QModelIndex) -> None:
        if index.isValid():
            self.scrollTo(index)
            self.menu_asked.emit(self.viewport().mapToGlobal(self.visualRect(index).center()))


class NoteList(QFrame):
    """``note_chosen`` carries a uid, ``note_entered`` says that somebody wants to write in it.

    Several may be picked, with Ctrl or Shift: no note is chosen by that. ``several_asked`` carries their uids, in the
    order of the list, when somebody wants to disseminate them. ``lines_asked`` carries the uids of notes that came into
    view and whose lines are to be filled in.
    """

    note_chosen = Signal(str)
    note_entered = Signal()
    several_asked = Signal(tuple)
    seen_changed = Signal()
    lines_asked = Signal(tuple)

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Nothing in it."""
        super().__init__(parent)
        self.setProperty("role", "column-left")
        self._words = kit.words
        self._chosen: str | None = None
        self._several: tuple[str, ...] = ()
        self._is_anew = False
        self._asked: tuple[str, ...] = ()
        self._missing: set[str] = set()
        self.rows = NoteRows(policy, kit.words, parent=self)
        self.line = SearchLine(kit)
        self.saving = SavingBar(kit)
        self.view = NoteView()
        self.view.setModel(self.rows)
        self.view.setItemDelegate(NoteLineDelegate(kit, policy, parent=self.view))
        self.view.setAccessibleName(kit.words.text("Notes"))
        self._empty = PlainLabel(role="muted")
        self.several = SeveralBar(kit)
        self._pages = QStackedWidget()
        self._place()
        self._connect()
        kit.theme.palette_changed.connect(self.view.viewport().update)

    @property
    def chosen(self) -> str | None:
        """The note whose line is chosen, whether it was fetched or not."""
        return self._chosen

    @property
    def picked(self) -> tuple[str, ...]:
        """The several that are picked, in the order of the list; none where it is one."""
        return self._several

    def show_notes(self, notes: Sequence[ListedNote], *, has_more: bool) -> None:
        """Show these; the note that is chosen stays so, and the list where it was scrolled to unless it begins anew.

        ``has_more``: they are the first ones of a longer list, whose order comes with ``show_order``.
        """
        if has_more and not self._is_anew and self.rows.rowCount() > len(notes):
            # The order that is shown serves until the new one is there: the place is not lost in between.
            self.fill(notes)
            return
        self._show(lambda: self.rows.show(notes))

    def show_order(self, order: NoteOrder) -> None:
        """Show all the notes of that order, in the same way."""
        self._show(lambda: self.rows.show_order(order))

    def fill(self, notes: Sequence[ListedNote]) -> None:
        """The lines that were asked for with ``lines_asked``."""
        self._missing.update(set(self._asked) - {one.uid for one in notes})
        self._asked = ()
        self.rows.fill(notes)
        self._ask_for_lines()
        self.seen_changed.emit()

    def forget_lines(self) -> None:
        """Hold no line any more: one may be of a compartment that was closed."""
        self.rows.forget()

    def show_refused(self, sentence: str) -> None:
        """Show why there is nothing to list: a search that is not understood yet, as at every other key."""
        self.show_notes((), has_more=False)
        self._empty.setText(sentence)

    def begin_anew(self) -> None:
        """What is shown next is another list, seen from its top."""
        self._is_anew = True

    def choose(self, uid: str | None) -> None:
        """Mark that note as the one on the page, without saying so."""
        self._chosen = uid
        self._select()

    def seen(self) -> tuple[Shown, ...]:
        """What the titles on screen are worth."""
        lines = (self.rows.line(row) for row in self.view.seen_rows())
        return tuple(shown_of(line) for line in lines if line is not None)

    def _show(self, change: Callable[[], None]) -> None:
        height = 0 if self._is_anew else self.view.verticalScrollBar().value()
        self._is_anew = False
        self._asked, self._missing = (), set()
        change()
        self._pages.setCurrentIndex(0 if self.rows.rowCount() else 1)
        self._empty.setText(self._nothing())
        self._select()
        self.view.executeDelayedItemsLayout()
        self.view.verticalScrollBar().setValue(height)
        self._follow_view()

    def _follow_view(self) -> None:
        self._ask_for_lines()
        self.seen_changed.emit()

    def _ask_for_lines(self) -> None:
        """Ask for the lines in view, and some around them; one question at a time, so that fast scrolling asks little.

        What is not found, since the note is gone, is not asked for again until the order is known anew.
        """
        seen = self.view.seen_rows()
        if self._asked or not self.rows.wanted(seen) or self._missing.issuperset(self.rows.wanted(seen)):
            return
        around = range(max(0, seen.start - _AROUND), min(self.rows.rowCount(), seen.stop + _AROUND))
        self._asked = tuple(uid for uid in self.rows.wanted(around) if uid not in self._missing)
        self.lines_asked.emit(self._asked)

    def _select(self) -> None:
        if self._several:
            self._pick_again()
            return
        row = self.rows.row_of(self._chosen)
        index = QModelIndex() if row is None else self.rows.index(row)
        if index == self.view.currentIndex():
            return
        # What is chosen is known already, so nothing is emitted.
        self.view.setCurrentIndex(index)

    def _pick_again(self) -> None:
        """Those of the several that are still listed: a list that is fetched anew forgets what was picked."""
        rows = self.rows.rows_of(self._several)
        if len(rows) < 2:
            # The others are gone: the one that is left was not chosen by itself, and is not opened for it.
            self._pick_one()
            self.several.show_count(0)
            return
        picked = QItemSelection()
        for first, last in _stretches(rows):
            picked.select(self.rows.index(first), self.rows.index(last))
        self.view.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._follow_picks()

    def _follow_picks(self) -> None:
        stretches = [(one.top(), one.bottom()) for one in self.view.selectionModel().selection().toList()]
        picked = tuple(self.rows.uid(row) for first, last in sorted(stretches) for row in range(first, last + 1))
        self._several = picked if len(picked) > 1 else ()
        self.several.show_count(len(picked))
        if len(picked) == 1 and picked[0] != self._chosen:
            self._chosen = picked[0]
            self.note_chosen.emit(picked[0])

    def _pick_one(self) -> None:
        self._several = ()
        self.view.clearSelection()
        self.view.setCurrentIndex(QModelIndex())
        self._select()

    def _ask_several(self) -> None:
        self.several_asked.emit(self._several)

    def _enter(self) -> None:
        if not self.rows.rowCount():
            return
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.rows.index(0))

    def _nothing(self) -> str:
        query = self.line.query
        if query:
            return self._words.text("No note holds “{query}”.", query=query)
        return self._words.text("No notes here yet.")

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(self._follow_picks)
        self.rows.filled.connect(self.view.viewport().update)
        self.view.one_wanted.connect(self._pick_one)
        self.several.disseminate_asked.connect(self._ask_several)
        self.view.activated.connect(self.note_entered)
        self.view.seen_changed.connect(self._follow_view)
        self.view.left_upwards.connect(self.line.field.setFocus)
        self.line.entered_list.connect(self._enter)
        self.line.search_changed.connect(self.begin_anew)

    def _place(self) -> None:
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(sizes.SPACE_4, sizes.SPACE_5, sizes.SPACE_4, 0)
        self._pages.setProperty("role", "plain")
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.saving)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.several)


def _is_several(picked: QItemSelection) -> bool:
    return sum(one.height() for one in picked.toList()) > 1


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows in order, as the first and the last of each run of neighbours."""
    for _, run in groupby(enumerate(rows), lambda numbered: numbered[1] - numbered[0]):
        stretch = [row for _, row in run]
        yield stretch[0], stretch[-1]
