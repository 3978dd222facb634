"""A list whose rows have two lines – a name and, quieter, what is to be said of it – and perhaps a box to tick."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cloison.ui import chips, sizes
from cloison.ui.check_box import BOX, draw_box
from cloison.ui.chips import Chip
from cloison.ui.fonts import font
from cloison.ui.plain import on_one_line, tooltip
from cloison.ui.theme import Theme

ID_ROLE: Final = int(Qt.ItemDataRole.UserRole)
DETAIL_ROLE: Final = ID_ROLE + 1
CHIPS_ROLE: Final = DETAIL_ROLE + 1
_HEIGHT: Final = 52
_HEIGHT_WITH_CHIPS: Final = 76

Index = QModelIndex | QPersistentModelIndex


class TwoLineList(QListWidget):
    """Rows of two lines."""

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        """Empty; ``name`` is for assistive technology."""
        super().__init__(parent)
        self.setProperty("role", "boxed")
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_with_chips(
        self, name: str, marks: tuple[Chip, ...], marks_text: str, detail: str, id: object
    ) -> QListWidgetItem:
        """As ``add``, with a line of chips between the two; ``marks_text`` is what they say, read out with it."""
        item = self.add(name, f"{marks_text} · {detail}", id)
        item.setData(DETAIL_ROLE, on_one_line(detail))
        item.setData(CHIPS_ROLE, marks)
        return item

    def add(self, name: str, detail: str, id: object) -> QListWidgetItem:
        """One more row; ``id`` is what it stands for."""
        item = QListWidgetItem(on_one_line(name))
        item.setData(DETAIL_ROLE, on_one_line(detail))
        item.setData(ID_ROLE, id)
        item.setToolTip(tooltip(f"{name}\n{detail}"))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {on_one_line(detail)}")
        self.addItem(item)
        return item

    @property
    def present_id(self) -> object:
        """What the present row stands for; None where there is none."""
        return self.currentItem().data(ID_ROLE) if self.currentRow() >= 0 else None

    def pick(self, id: object) -> None:
        """Make the row that stands for ``id`` the present one."""
        for number in range(self.count()):
            if self.item(number).data(ID_ROLE) == id:
                self.setCurrentRow(number)


class _Rows(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.palette_changed.connect(parent.update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, _HEIGHT_WITH_CHIPS if index.data(CHIPS_ROLE) else _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = self._theme.palette
        box: QRect = option.rect
        is_present = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, QColor(palette.selection if is_present else palette.panel))
        if is_present and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(palette.accent))
        left = box.left() + sizes.SPACE_3
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is not None:
            frame = QRect(left, box.center().y() - BOX // 2 + 1, BOX, BOX)
            draw_box(painter, frame, palette, is_ticked=Qt.CheckState(ticked) is Qt.CheckState.Checked)
            left += BOX + sizes.SPACE_3
        room = QRect(left, box.top() + 6, box.right() - left - sizes.SPACE_2, 21)
        _write(painter, room, str(index.data() or ""), sizes.TEXT_BASE, palette.text)
        marks = index.data(CHIPS_ROLE)
        if marks:
            room.translate(0, 24)
            chips.draw(painter, room.left(), room.center().y() + 0.5, marks, palette)
        room.translate(0, 22 if marks else 20)
        _write(painter, room, str(index.data(DETAIL_ROLE) or ""), sizes.TEXT_SMALL, palette.muted)
        painter.restore()


def _write(painter: QPainter, room: QRect, text: str, size: int, colour: str) -> None:
    painter.setFont(font(size))
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
