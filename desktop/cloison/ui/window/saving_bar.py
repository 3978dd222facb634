"""Below the search field while a search is saved: the name it is to have."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field, button, row
from cloison.ui.kit import Kit


class SavingBar(QFrame):
    """Hidden until ``ask``; ``named`` carries the name, ``left``: somebody thinks better of it."""

    named = Signal(str)
    left = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """No name yet."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        words = kit.words
        self.setAccessibleName(words.text("Save this search"))
        self.name = QLineEdit()
        self.field = Field(
            words.text("Name of the search"),
            self.name,
            advice=words.text("For you alone; out of sight while one of the compartments searched is closed."),
        )
        self.save = button(words.text("Save"), role="primary")
        self._leave = button(words.text("Cancel"), role="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.field)
        layout.addWidget(row(self.save, self._leave))
        self.name.returnPressed.connect(self._name)
        self.save.clicked.connect(self._name)
        self._leave.clicked.connect(self._give_up)
        self.hide()

    def ask(self, name: str) -> None:
        """Ask for a name; ``name`` is proposed."""
        self.field.show_advice()
        self.name.setText(name)
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def done(self) -> None:
        """It is saved."""
        self.name.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _name(self) -> None:
        if self.name.text().strip():
            self.named.emit(self.name.text().strip())

    def _give_up(self) -> None:
        self.left.emit()
        self.done()
