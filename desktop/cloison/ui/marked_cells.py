"""Cells of a table that may hold a mark or a tick in front of their words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.chips import chips_of, draw
from cloison.ui.fonts import font
from cloison.ui.icons import SMALL, picture
from cloison.ui.theme import Theme
from cloison.ui.window.on_screen import Shown

LABEL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
TICK_ROLE: Final = LABEL_ROLE + 1
ROW: Final = 34
ROW_OF_TWO: Final = 42
"""The height of a row in which two lines of words have room."""
_CHIPS: Final = 58
_TWO_LINES: Final = 1.75

Index = QModelIndex | QPersistentModelIndex


def dress_table(table: QTableView, name: str) -> None:
    """The look that tables have in common; ``name`` is for assistive technology."""
    table.setAccessibleName(name)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)


class MarkedCells(QStyledItemDelegate):
    """Draws ``LABEL_ROLE`` (a label, or ``Shown``) as chips, ``TICK_ROLE`` (a bool) as a tick or cross, then words."""

    def __init__(self, theme: Theme, policy: Policy, parent: QWidget) -> None:
        """For the cells of ``parent``."""
        super().__init__(parent)
        self._theme = theme
        self._policy = policy
        theme.palette_changed.connect(parent.update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """The height of a row."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        palette = self._theme.palette
        box: QRect = option.rect
        is_picked = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, QColor(palette.selection if is_picked else palette.panel))
        painter.setPen(QColor(palette.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        left = self._draw_front(painter, box, index)
        self._write(painter, box, left, index)
        painter.restore()

    def _draw_front(self, painter: QPainter, box: QRect, index: Index) -> int:
        left = box.left() + sizes.SPACE_2
        label, is_ticked = index.data(LABEL_ROLE), index.data(TICK_ROLE)
        shown = Shown(label=label, is_settled=True) if isinstance(label, Label) else label
        if isinstance(shown, Shown):
            chips = chips_of(self._policy, shown.label, is_settled=shown.is_settled)
            end = draw(painter, left, box.center().y() + 0.5, chips, self._theme.palette)
            # In the first column the words of all rows begin below each other.
            return max(left + _CHIPS if index.column() == 0 else 0, round(end) + sizes.SPACE_2)
        if is_ticked is not None:
            palette = self._theme.palette
            name, colour = ("check", palette.ok) if is_ticked else ("x", palette.danger)
            device = painter.device()
            scale = device.devicePixelRatioF() if device is not None else 1.0
            top = box.top() + (box.height() - SMALL) // 2
            painter.drawPixmap(left, top, picture(name, colour, pixels=SMALL, scale=scale))
            return left + SMALL + sizes.SPACE_2
        return left

    def _write(self, painter: QPainter, box: QRect, left: int, index: Index) -> None:
        palette = self._theme.palette
        is_quiet = index.data(TICK_ROLE) is False
        painter.setFont(font(sizes.TEXT_SMALL))
        painter.setPen(QColor(palette.muted if is_quiet else palette.text))
        room = QRect(left, box.top(), box.right() - left - sizes.SPACE_1, box.height())
        whole = str(index.data() or "")
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(whole) > room.width() and box.height() >= ROW_OF_TWO:
            # What is lost where a line breaks is less than this.
            text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, round(room.width() * _TWO_LINES))
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
            if metrics.boundingRect(room, flags, text).height() <= box.height():
                painter.drawText(room, flags, text)
                return
        text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
