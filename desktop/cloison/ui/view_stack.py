"""Several views of one page under a row of names: one is shown, and the page is as high as that one asks for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.tab_order import stop_at_checked


class ViewStack(QWidget):
    """``shown`` carries the number of the view a person went to."""

    shown = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        """No view yet."""
        super().__init__(parent)
        self._views: list[QWidget] = []
        self._choices = QButtonGroup(self)
        self._line = QHBoxLayout()
        self._line.setSpacing(sizes.SPACE_2)
        self._line.addStretch(1)
        # Not Qt's stack: it is as high as the highest view, and all others end in nothing to scroll to.
        self._below = QVBoxLayout(self)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(sizes.SPACE_4)
        self._below.addLayout(self._line)
        self._choices.idClicked.connect(self._go)

    def add(self, name: str, view: QWidget) -> None:
        """One more view; the first is the one that is shown."""
        number = len(self._views)
        self._views.append(view)
        self._below.addWidget(view, 1)
        view.setVisible(number == 0)
        choice = button(name)
        choice.setCheckable(True)
        choice.setChecked(number == 0)
        self._choices.addButton(choice, number)
        stop_at_checked(self._choices)
        self._line.insertWidget(number, choice)

    @property
    def view(self) -> QWidget:
        """The one that is shown."""
        return self._views[self._choices.checkedId()]

    def show_view(self, view: QWidget) -> None:
        """Go to ``view``."""
        number = self._views.index(view)
        self._choices.button(number).setChecked(True)
        self._go(number)

    def _go(self, number: int) -> None:
        for one in self._views:
            one.setVisible(one is self._views[number])
        self.shown.emit(number)
