"""Buttons and labelled fields, each with a name for assistive technology and a target of 32 px."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.icons import BEFORE_WORDS, BESIDE
from cloison.ui.plain import PlainLabel, visible

_ALMOST_ALL: Final = 1000


def button(text: str, *, role: str = "", icon: QIcon | None = None, parent: QWidget | None = None) -> QPushButton:
    """A button dressed as ``role`` (see ``sheet``)."""
    made = QPushButton(visible(text).replace("&", "&&"), parent)
    made.setAccessibleName(text)
    # Enter presses the button that has the focus, as the space bar does; there is no dialog whose fields it would end.
    made.setAutoDefault(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setIconSize(QSize(BESIDE + BEFORE_WORDS, BESIDE))
    if role:
        made.setProperty("role", role)
    if icon is not None:
        made.setIcon(icon)
    return made


def row(*parts: QWidget, stretch_before: bool = False, spacing: int = sizes.SPACE_2) -> QWidget:
    """Widgets side by side; the room that is left lies after them, or before them."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    if stretch_before:
        layout.addStretch(1)
    for part in parts:
        layout.addWidget(part)
    if not stretch_before:
        layout.addStretch(1)
    return made


def at_most(width: int, widget: QWidget) -> QWidget:
    """``widget``, no wider than ``width``, at the left of what there is.

    A layout from top to bottom would ask how high it is at the whole width, and squeeze what then breaks its lines.
    """
    widget.setMaximumWidth(width)
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(widget, _ALMOST_ALL)
    layout.addStretch(1)
    return made


def put_in_the_middle(page: QWidget, sheet: QWidget) -> None:
    """``sheet`` alone on ``page``, in the middle of it, scrolled where it is too high.

    It stands side by side with what is left of the width: else it would be as high as at the whole width, and squeezed.
    """
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(sheet)
    line.addStretch(1)
    holder = QWidget()
    around = QVBoxLayout(holder)
    around.addStretch(1)
    around.addLayout(line)
    around.addStretch(1)
    area = QScrollArea(widgetResizable=True)
    area.setWidget(holder)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(area)


def emptied(layout: QLayout) -> None:
    """Take everything out of ``layout``, out of sight at once."""
    while (item := layout.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()


def rule(*, role: str = "rule") -> QFrame:
    """A thin line between two parts of a page."""
    made = QFrame()
    made.setProperty("role", role)
    return made


class Field(QWidget):
    """A control under its label, with a line of advice below that turns into what is wrong."""

    def __init__(self, label: str, control: QWidget, *, advice: str = "", parent: QWidget | None = None) -> None:
        """Name ``control`` by ``label``."""
        super().__init__(parent)
        self.control = control
        self._advice = advice
        self._caption = PlainLabel(label)
        self._caption.setBuddy(control)
        control.setAccessibleName(label)
        self._below = PlainLabel(advice, role="muted")
        self._below.setVisible(bool(advice))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        for part in (self._caption, control, self._below):
            layout.addWidget(part)
        control.setSizePolicy(QSizePolicy.Policy.Expanding, control.sizePolicy().verticalPolicy())
        self.setFocusProxy(control)

    def rename(self, label: str) -> None:
        """Name the control otherwise."""
        self._caption.setText(label)
        self.control.setAccessibleName(label)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with what is in the control, and put the focus there."""
        self._say(sentence, role="danger")
        self.control.setFocus()

    def show_advice(self, sentence: str | None = None) -> None:
        """Say the advice again, or another one."""
        if sentence is not None:
            self._advice = sentence
        self._say(self._advice, role="muted")

    def _say(self, sentence: str, *, role: str) -> None:
        if (self._below.text(), self._below.property("role")) == (sentence, role):
            return
        self._below.setProperty("role", role)
        self._below.style().polish(self._below)
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)
