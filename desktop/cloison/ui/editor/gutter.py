"""The gutter: the mark and the number of each paragraph beside it, drawn for the eye, written for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QToolTip, QWidget

from cloison.ui import chips, sizes
from cloison.ui.chips import chips_of
from cloison.ui.editor.blocks import is_tagged
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.sentences import paragraph_name
from cloison.ui.fonts import font
from cloison.ui.kit import Kit
from cloison.ui.plain import tooltip

if TYPE_CHECKING:
    from cloison.ui.editor.view import ManuscriptView

GUTTER_WIDTH: Final = 112
_NUMBER_WIDTH: Final = 32
_GAP: Final = sizes.SPACE_3


class Gutter(QWidget):
    """Beside one field; a click on a mark takes the cursor to its paragraph."""

    def __init__(self, kit: Kit, document: NoteDocument, view: ManuscriptView) -> None:
        """The gutter of ``view``."""
        super().__init__(view)
        self._kit = kit
        self._note = document
        self._view = view
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(kit.words.text("Marks of the paragraphs in view"))
        # Once for all that one key press brings about.
        self._telling = QTimer(self, singleShot=True)
        self._telling.timeout.connect(self._tell)
        self.refresh()

    def refresh(self) -> None:
        """Draw anew now, and have it told in words as soon as there is time."""
        self.update()
        self._telling.start()

    def _tell(self) -> None:
        told = "\n".join(paragraph_name(self._note, block, self._kit.words) for block, _ in self._lines())
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the marks in view."""
        painter = QPainter(self)
        current = self._view.textCursor().blockNumber()
        for block, middle in self._lines():
            self._draw(painter, block, middle, is_current=block.blockNumber() == current)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the cursor to the paragraph."""
        block = self._block_at(event.position().y())
        if block is not None:
            self._view.go_to(block.blockNumber())

    def event(self, event: QEvent) -> bool:
        """A mark under the mouse is read in full."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            block = self._block_at(event.pos().y())
            if block is not None:
                named = paragraph_name(self._note, block, self._kit.words)
                QToolTip.showText(event.globalPos(), tooltip(named), self)
            return True
        return super().event(event)

    def _lines(self) -> Iterator[tuple[QTextBlock, float]]:
        """The paragraphs in view with the height of the middle of their first line."""
        for block, place in self._view.blocks_in_view():
            if is_tagged(block) and block.layout().lineCount():
                yield block, place.top() + block.layout().lineAt(0).height() / 2

    def _block_at(self, y: float) -> QTextBlock | None:
        return next((block for block, place in self._view.blocks_in_view() if place.top() <= y <= place.bottom()), None)

    def _draw(self, painter: QPainter, block: QTextBlock, middle: float, *, is_current: bool) -> None:
        palette = self._kit.theme.palette
        standing = self._note.standing(block)
        marked = chips_of(self._note.policy, standing.label, is_settled=standing.is_settled)
        shown = chips.fitted(marked, self.width() - 2 * _GAP)
        left = self.width() - _GAP - chips.width(shown) - len(shown) + 1
        chips.draw(painter, left, middle, shown, palette)
        if block.blockNumber() == 0:
            return
        painter.setFont(font(sizes.TEXT_TINY))
        painter.setPen(QColor(palette.text if is_current else palette.muted))
        room = min(_NUMBER_WIDTH, left - sizes.SPACE_1)
        box = QRectF(0, middle - sizes.TEXT_TINY, room, 2 * sizes.TEXT_TINY)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(block.blockNumber()))
