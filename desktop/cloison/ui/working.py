"""Work under way: a verb, how far it is, and Cancel where giving up is possible."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.outcome import Step
from cloison.ui.plain import PlainLabel


class Working(QWidget):
    """Hidden while nothing is under way; ``given_up`` is a press on Cancel."""

    given_up = Signal()

    def __init__(self, cancel: str | None = None, *, parent: QWidget | None = None) -> None:
        """``cancel`` is what the button says; None where the work cannot be given up."""
        super().__init__(parent)
        self._verb = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        line = QHBoxLayout()
        line.setSpacing(sizes.SPACE_3)
        line.addWidget(self._bar, 1)
        if cancel is not None:
            stop = button(cancel)
            stop.clicked.connect(self.given_up)
            line.addWidget(stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(self._verb)
        layout.addLayout(line)
        self.hide()

    def start(self, verb: str) -> None:
        """Show that work is under way whose length is not known."""
        self._verb.setText(verb)
        self._bar.setAccessibleName(verb)
        self._bar.setRange(0, 0)
        self.show()

    def follow(self, verb: str, step: Step) -> None:
        """Show how far it is; ``verb`` says the count in words."""
        self._verb.setText(verb)
        self._bar.setAccessibleName(verb)
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        self.show()

    def stop(self) -> None:
        """Nothing is under way any more."""
        self.hide()
