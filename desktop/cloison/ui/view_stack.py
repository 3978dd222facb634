"""Several views of one page under a row of names: one is shown, and the page is as high as that one asks for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button


class ViewStack(QWidget):
    """``shown`` carries the number of the view a person went to."""

    shown = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        """No view yet."""
        super().__init__(parent)
        self._stack = _Stack()
        self._stack.setProperty("role", "plain")
        self._choices = QButtonGroup(self)
        self._line = QHBoxLayout()
        self._line.setSpacing(sizes.SPACE_2)
        self._line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_4)
        layout.addLayout(self._line)
        layout.addWidget(self._stack, 1)
        self._choices.idClicked.connect(self._go)

    def add(self, name: str, view: QWidget) -> None:
        """One more view; the first is the one that is shown."""
        number = self._stack.addWidget(view)
        choice = button(name)
        choice.setCheckable(True)
        choice.setChecked(number == 0)
        self._choices.addButton(choice, number)
        self._line.insertWidget(number, choice)

    @property
    def view(self) -> QWidget | None:
        """The one that is shown."""
        return self._stack.currentWidget()

    def show_view(self, view: QWidget) -> None:
        """Go to ``view``."""
        number = self._stack.indexOf(view)
        self._choices.button(number).setChecked(True)
        self._go(number)

    def _go(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._stack.updateGeometry()
        self.shown.emit(number)


class _Stack(QStackedWidget):
    """As high as what is seen: Qt's is as high as the highest, and all others end in nothing to scroll to."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()
