"""How one line of the list is drawn: the title behind its own mark, below it the date.

The chip is the title's own, so that the chips in view and the strips say the same. Where the whole note is worth
something else, that is said in words.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cloison.labels.policy import Policy
from cloison.ui import chips, sizes
from cloison.ui.chips import chips_of
from cloison.ui.fonts import font
from cloison.ui.kit import Kit
from cloison.ui.window.note_rows import NOTE_ROLE, Index, shown_of, whole_text
from cloison.ui.window.values import ListedNote
from cloison.wording.dates import list_day

HEIGHT: Final = 60
_MARGIN: Final = sizes.SPACE_2
_PADDING: Final = sizes.SPACE_3


class NoteLineDelegate(QStyledItemDelegate):
    """Draws notes in the colours of the palette in use."""

    def __init__(self, kit: Kit, policy: Policy, *, parent: QObject | None = None) -> None:
        """Draw marks as ``policy`` says."""
        super().__init__(parent)
        self._kit = kit
        self._policy = policy
        self._title_font = font(sizes.TEXT_BASE)
        self._chosen_font = font(sizes.TEXT_BASE, QFont.Weight.DemiBold)
        self._below_font = font(sizes.TEXT_SMALL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All are of one height."""
        return QSize(sizes.LIST_WIDTH - 2 * _MARGIN, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        note = index.data(NOTE_ROLE)
        box = QRect(option.rect)
        painter.save()
        self._draw_ground(painter, box.adjusted(_MARGIN, 1, -_MARGIN, -1), option.state)
        if note is None:  # Not fetched yet.
            painter.restore()
            return
        inner = box.adjusted(_MARGIN + _PADDING, 8, -_MARGIN - _PADDING, -8)
        half = inner.height() // 2
        lettering = self._chosen_font if option.state & QStyle.StateFlag.State_Selected else self._title_font
        first = QRect(inner.left(), inner.top(), inner.width(), half)
        self._draw_title(painter, first, note, index.data(), lettering)
        self._draw_below(painter, QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half), note)
        painter.restore()

    def _draw_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        palette = self._kit.theme.palette
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_focused = is_chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        if not is_chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.accent), sizes.FOCUS_RING) if is_focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.selection if is_chosen else palette.panel))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), sizes.RADIUS_CONTROL, sizes.RADIUS_CONTROL)

    def _draw_title(self, painter: QPainter, box: QRect, note: ListedNote, title: str, lettering: QFont) -> None:
        shown = shown_of(note)
        marks = chips_of(self._policy, shown.label, is_settled=shown.is_settled)
        middle = box.top() + box.height() / 2
        end = chips.draw(painter, box.left(), middle, marks, self._kit.theme.palette)
        box.setLeft(round(end) + sizes.SPACE_2)
        self._draw_text(painter, box, title, lettering, self._kit.theme.palette.text)

    def _draw_below(self, painter: QPainter, box: QRect, note: ListedNote) -> None:
        below = list_day(note.modified, self._kit.words, now=self._kit.clock())
        whole = whole_text(note, self._policy, self._kit.words)
        text = self._kit.words.text("{day} · {whole}", day=below, whole=whole) if whole else below
        self._draw_text(painter, box, text, self._below_font, self._kit.theme.palette.muted)

    @staticmethod
    def _draw_text(painter: QPainter, box: QRect, text: str, lettering: QFont, colour: str) -> None:
        painter.setFont(lettering)
        painter.setPen(QColor(colour))
        elided = QFontMetrics(lettering).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)
