"""Chips as a widget: a mark on the policy's colours, read out in its own letters."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cloison.labels.elements import Category
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rendering import portion_text
from cloison.ui.chips import HEIGHT, NEUTRAL, Chip, chips_of, draw, mark_text, width
from cloison.ui.theme import Theme


class ChipView(QWidget):
    """One mark."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._chips: tuple[Chip, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.palette_changed.connect(self.update)

    def show_mark(self, policy: Policy, label: Label | None, *, is_settled: bool = True) -> None:
        """Show ``label``, with the hatched question mark where it is not settled; None is the question mark alone."""
        is_settled = is_settled and label is not None
        self._chips = chips_of(policy, label, is_settled=is_settled)
        text = mark_text(policy, label, is_settled=is_settled)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def show_category(self, category: Category) -> None:
        """Show a category by itself, as ``[SF]`` stands beside a level."""
        text = portion_text(category)
        self._chips = (Chip(text=text, colours=category.chip or NEUTRAL),)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the chips are."""
        return QSize(ceil(width(self._chips)) + len(self._chips), HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Chips are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw them."""
        draw(QPainter(self), 0, self.height() / 2, self._chips, self._theme.palette)
