"""What an act leads to, said before it is done: one button opens the explanation, a second one does it. No dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, row
from cloison.ui.in_view import bring_into_view
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import Catalogue


class ConfirmBar(QWidget):
    """``confirmed``: whoever read what it leads to wants it done."""

    confirmed = Signal()

    def __init__(self, words: Catalogue, text: str, *, done_by: str = "danger", parent: QWidget | None = None) -> None:
        """``text`` is what the button says, ``done_by`` how the second one is dressed; nothing is explained yet."""
        super().__init__(parent)
        self.ask = button(text)
        self.explained = PlainLabel()
        self.do = button(text.rstrip("…"), role=done_by)
        self.keep = button(words.text("Leave it as it is"))
        self._sheet = QFrame()
        self._sheet.setProperty("role", "sheet")
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        inside.setSpacing(sizes.SPACE_3)
        inside.addWidget(self.explained)
        inside.addWidget(row(self.do, self.keep))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(row(self.ask))
        layout.addWidget(self._sheet)
        self.ask.clicked.connect(self._open)
        self.keep.clicked.connect(self.fold)
        self.do.clicked.connect(self._confirm)
        self._sheet.hide()

    @property
    def is_open(self) -> bool:
        """Whether somebody is reading what it leads to."""
        return self._sheet.isVisibleTo(self)

    def explain(self, sentence: str) -> None:
        """What it leads to, now; the explanation is folded away until it is asked for."""
        self.explained.setText(sentence)
        self._sheet.hide()

    def fold(self) -> None:
        """Think better of it."""
        self._sheet.hide()
        self.ask.setFocus()

    def _open(self) -> None:
        self._sheet.show()
        bring_into_view(self._sheet)
        self.keep.setFocus()

    def _confirm(self) -> None:
        self._sheet.hide()
        self.confirmed.emit()
