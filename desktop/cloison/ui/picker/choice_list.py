"""The list of a picker: boxes to tick, discs where one only may be picked, and below a refused row why it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cloison.ui import sizes
from cloison.ui.check_box import BOX, draw_box
from cloison.ui.fonts import font
from cloison.ui.palette import Palette
from cloison.ui.picker.choice_model import ROW_ROLE, ChoiceModel
from cloison.ui.picker.rows import PickRow, RowKind
from cloison.ui.theme import Theme

_LINE: Final = 32
_REASON: Final = 18
_HEADING: Final = 28
_DISC: Final = 7.5
_DOT: Final = 4.0

Index = QModelIndex | QPersistentModelIndex


class ChoiceList(QListView):
    """``chosen`` carries the row that was pressed, by click, Enter or the space bar; ``went_up`` leaves at the top."""

    chosen = Signal(object)
    went_up = Signal()

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        """Empty; ``name`` is for assistive technology."""
        super().__init__(parent)
        self.rows = ChoiceModel(self)
        self.setModel(self.rows)
        self.setProperty("role", "boxed")
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._choose)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two rows are always seen."""
        return QSize(sizes.LIST_WIDTH, 2 * _LINE)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few rows; more where there is room."""
        return QSize(sizes.LIST_WIDTH, 6 * _LINE)

    def enter(self) -> None:
        """Put the focus on the present row, or on the first."""
        self.setFocus()
        self._select(self._present())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which row the keys are about: Qt makes one the present one, not always the first, and selects none."""
        present = self._present()
        super().focusInEvent(event)
        self._select(present)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and the space bar pick; up from the first row leaves."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= self._first().row():
            self.went_up.emit()
        else:
            super().keyPressEvent(event)

    def _present(self) -> QModelIndex:
        return self.currentIndex() if self.currentIndex().isValid() else self._first()

    def _select(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _first(self) -> QModelIndex:
        numbers = range(self.rows.rowCount())
        first = next((one for one in numbers if self.rows.flags(self.rows.index(one))), 0)
        return self.rows.index(first)

    def _choose(self, index: Index) -> None:
        row = self.rows.row(index.row())
        if row is not None and row.kind is not RowKind.HEADING:
            self.chosen.emit(row)


class _Rows(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.palette_changed.connect(parent.update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        row = index.data(ROW_ROLE)
        if not isinstance(row, PickRow) or row.kind is RowKind.HEADING:
            return QSize(0, _HEADING)
        return QSize(0, _LINE + _REASON if row.refused else _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, PickRow):
            return
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind is RowKind.HEADING:
            self._draw_heading(painter, box, row)
        else:
            self._draw_ground(painter, box, option)
            self._draw_choice(painter, box, row)
        painter.restore()

    def _draw_heading(self, painter: QPainter, box: QRect, row: PickRow) -> None:
        room = box.adjusted(sizes.SPACE_3, 0, -sizes.SPACE_2, -2)
        small = font(sizes.TEXT_TINY, QFont.Weight.DemiBold)
        align = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        _write(painter, room, row.text, small, self._theme.palette.muted, align)

    def _draw_ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem) -> None:
        palette = self._theme.palette
        is_present = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, QColor(palette.selection if is_present else palette.panel))
        if is_present and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(palette.accent))

    def _draw_choice(self, painter: QPainter, box: QRect, row: PickRow) -> None:
        palette = self._theme.palette
        left = box.left() + sizes.SPACE_3
        middle = box.top() + _LINE // 2
        if row.kind is RowKind.CATEGORY:
            draw_box(painter, QRect(left, middle - BOX // 2, BOX, BOX), palette, is_ticked=row.is_picked)
        elif row.kind is not RowKind.AT_HAND:
            _draw_disc(painter, QPointF(left + BOX / 2, middle), palette, is_picked=row.is_picked)
        left += 0 if row.kind is RowKind.AT_HAND else BOX + sizes.SPACE_2
        room = QRect(left, box.top(), box.right() - left - sizes.SPACE_2, _LINE)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        colour = palette.muted if row.refused and not row.is_picked else palette.text
        _write(painter, room, row.text, font(sizes.TEXT_BASE), colour, align)
        if row.refused:
            below = QRect(left, box.top() + _LINE - 6, room.width(), _REASON)
            _write(painter, below, row.refused, font(sizes.TEXT_SMALL), palette.muted, align)


def _draw_disc(painter: QPainter, centre: QPointF, palette: Palette, *, is_picked: bool) -> None:
    painter.setPen(QPen(QColor(palette.accent if is_picked else palette.border), 1))
    painter.setBrush(QColor(palette.panel))
    painter.drawEllipse(centre, _DISC, _DISC)
    if is_picked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        painter.drawEllipse(centre, _DOT, _DOT)


def _write(painter: QPainter, room: QRect, text: str, face: QFont, colour: str, align: Qt.AlignmentFlag) -> None:
    painter.setFont(face)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(align), shown)
