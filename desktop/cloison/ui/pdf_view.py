"""Shows the very bytes of a PDF, page under page, from memory."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui.theme import Theme


class PdfView(QWidget):
    """Shows one document at a time; ``content`` is what it shows."""

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        """Empty; ``name`` is for assistive technology."""
        super().__init__(parent)
        self.content = b""
        self._bytes = QByteArray()
        self._buffer = QBuffer(self._bytes, self)
        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        # Fitted to the width, a page that is just as high as the view would make the bar come and go for ever.
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setFocusProxy(self._view)
        self._theme = theme
        theme.palette_changed.connect(self._dress)
        self._dress()

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount()

    def show_pdf(self, content: bytes) -> None:
        """Show these bytes from the first page on."""
        self.clear()
        self.content = content
        self._bytes = QByteArray(content)
        self._buffer.setBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)

    def clear(self) -> None:
        """Show nothing."""
        self._document.close()
        self._buffer.close()
        self.content = b""

    def _dress(self) -> None:
        palette = self._view.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(self._theme.palette.ground))
        self._view.setPalette(palette)
