"""The search field over the list, the button for a new note beside it, and below it which note found comes first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.controls import button
from cloison.ui.icons import NORMAL, icon
from cloison.ui.kit import Kit
from cloison.ui.plain import tooltip
from cloison.vault.note_search import Order


class SearchField(QLineEdit):
    """Escape empties it; down and Enter go to what was found."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Some keys leave the field."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class SearchLine(QWidget):
    """``search_changed`` carries what to look for, empty for everything."""

    search_changed = Signal(str)
    order_changed = Signal()
    new_note_asked = Signal()
    entered_list = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self._theme = kit.theme
        self.field = SearchField()
        self.field.setPlaceholderText(kit.words.text("Search"))
        self.field.setAccessibleName(kit.words.text("Search open compartments"))
        self.field.setToolTip(tooltip(kit.words.text("Search open compartments (Ctrl+F)") + "\n" + _operators(kit)))
        self._order = ChoiceBox()
        self._order.setAccessibleName(kit.words.text("Which notes come first"))
        self._order.addItem(kit.words.text("Latest first"), Order.NEWEST)
        self._order.addItem(kit.words.text("Most relevant first"), Order.RELEVANCE)
        self._order.hide()
        self._glass = QAction(self)
        self._empty = QAction(kit.words.text("Empty the search field"), self)
        self._empty.setVisible(False)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.field.addAction(self._empty, QLineEdit.ActionPosition.TrailingPosition)
        self.new, self.star = _tool(), _tool()
        self.new.setAccessibleName(kit.words.text("New note"))
        self.new.setToolTip(tooltip(kit.words.text("New note (Ctrl+N)")))
        self._words = kit.words
        self._is_saved = False
        self._place()
        self.field.textChanged.connect(self._follow)
        self._empty.triggered.connect(self.field.clear)
        self.field.went_down.connect(self.entered_list)
        self._order.activated.connect(self.order_changed)
        self.new.clicked.connect(self.new_note_asked)
        self._draw_icons()
        self._theme.palette_changed.connect(self._draw_icons)

    @property
    def query(self) -> str:
        """What is looked for."""
        return self.field.text().strip()

    @property
    def order(self) -> Order:
        """Which of the notes found comes first."""
        order: Order = self._order.currentData()
        return order

    def show_search(self, typed: str, order: Order) -> None:
        """Ask for that."""
        self._order.setCurrentIndex(self._order.findData(order))
        self.field.setText(typed)

    def show_saved(self, *, is_saved: bool) -> None:
        """Whether what is typed is a saved search."""
        self._is_saved = is_saved
        self._draw_icons()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        beside = QHBoxLayout()
        beside.setSpacing(sizes.SPACE_1)
        beside.addWidget(self.field, 1)
        beside.addWidget(self.star)
        beside.addWidget(self.new)
        layout.addLayout(beside)
        layout.addWidget(self._order)

    def _follow(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._order.setVisible(bool(text.strip()))
        self.search_changed.emit(text.strip())

    def _draw_icons(self) -> None:
        colours = self._theme.palette
        self._glass.setIcon(icon("search", colours.muted))
        self._empty.setIcon(icon("x", colours.muted))
        self.new.setIcon(icon("plus", colours.accent))
        self.star.setIcon(icon("star", colours.accent if self._is_saved else colours.muted))
        self.star.setIconSize(QSize(NORMAL, NORMAL))
        told = (
            self._words.text("Saved searches; this one is saved")
            if self._is_saved
            else self._words.text("Saved searches")
        )
        self.star.setAccessibleName(told)
        self.star.setToolTip(tooltip(told))
        self.new.setIconSize(QSize(NORMAL, NORMAL))


def _tool() -> QPushButton:
    """A button of one icon."""
    made = button("")
    made.setProperty("role", "tool")
    made.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
    return made


def _operators(kit: Kit) -> str:
    return kit.words.text(
        'Words, "phrases", beginnings*, AND, OR, NOT, brackets; level:S, compartment:…, author:…, date:11/2026, '
        "source:…, to:…"
    )
