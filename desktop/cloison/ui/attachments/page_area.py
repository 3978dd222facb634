"""The paper on which a page is seen: pixels scaled to a width, scrolled by keys, from one page to the next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from cloison.notes.pages import Page

_MARGIN = 8


class PageArea(QScrollArea):
    """``turned`` carries +1 or -1 where a page ends and the key goes on, ``resized`` that there is another width."""

    turned = Signal(int)
    resized = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        """Nothing on it; ``name`` is for assistive technology."""
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._paper)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # What is fitted to the width must not make the bar come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(name)

    @property
    def room(self) -> int:
        """How wide a page can be seen whole."""
        return max(1, self.viewport().width() - 2 * _MARGIN)

    def show_page(self, page: Page, *, across: int) -> None:
        """Show these pixels, ``across`` wide."""
        self._pixmap = _pixmap_of(page)
        self.scale_to(across)

    def scale_to(self, across: int) -> None:
        """Show what is there at another width, until it is drawn anew."""
        if self._pixmap.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = QSize(across, max(1, round(across * self._pixmap.height() / self._pixmap.width())))
        shown = self._pixmap.scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        self._paper.setPixmap(shown)
        self._paper.resize(size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN)

    def forget(self) -> None:
        """Keep nothing of it."""
        self._pixmap = QPixmap()
        self._paper.clear()

    def go_to_top(self) -> None:
        """The beginning of the page."""
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page keys scroll, and go on to the next page where this one ends."""
        bar = self.verticalScrollBar()
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if step and bar.value() == (bar.maximum() if step > 0 else bar.minimum()):
            self.turned.emit(step)
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """There may be more room, or less."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()


def _pixmap_of(page: Page) -> QPixmap:
    size = page.size
    form = QImage.Format.Format_Grayscale8 if size.channels == 1 else QImage.Format.Format_RGB888
    image = QImage(page.rows, size.width, size.height, size.width * size.channels, form)
    return QPixmap.fromImage(image)
