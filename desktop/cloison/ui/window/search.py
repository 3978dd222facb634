"""The search field over the list, and the button for a new note beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.icons import NORMAL, icon
from cloison.ui.kit import Kit
from cloison.ui.plain import tooltip


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
    new_note_asked = Signal()
    entered_list = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self._theme = kit.theme
        self.field = SearchField()
        self.field.setPlaceholderText(kit.words.text("Search"))
        self.field.setAccessibleName(kit.words.text("Search open compartments"))
        self.field.setToolTip(tooltip(kit.words.text("Search open compartments (Ctrl+F)")))
        self._glass = QAction(self)
        self._empty = QAction(kit.words.text("Empty the search field"), self)
        self._empty.setVisible(False)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.field.addAction(self._empty, QLineEdit.ActionPosition.TrailingPosition)
        self.new = button("")
        self.new.setProperty("role", "tool")
        self.new.setAccessibleName(kit.words.text("New note"))
        self.new.setToolTip(tooltip(kit.words.text("New note (Ctrl+N)")))
        self.new.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.new)
        self.field.textChanged.connect(self._follow)
        self._empty.triggered.connect(self.field.clear)
        self.field.went_down.connect(self.entered_list)
        self.new.clicked.connect(self.new_note_asked)
        self._draw_icons()
        self._theme.palette_changed.connect(self._draw_icons)

    @property
    def query(self) -> str:
        """What is looked for."""
        return self.field.text().strip()

    def _follow(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self.search_changed.emit(text.strip())

    def _draw_icons(self) -> None:
        colours = self._theme.palette
        self._glass.setIcon(icon("search", colours.muted))
        self._empty.setIcon(icon("x", colours.muted))
        self.new.setIcon(icon("plus", colours.accent))
        self.new.setIconSize(QSize(NORMAL, NORMAL))
