"""A file that is chosen or dropped, and beside the button what is in it, or why it will not do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.pick import pick_file
from cloison.ui.plain import OneLineLabel
from cloison.ui.taking_files import accept_as_copy, dropped_files
from cloison.wording.catalogue import Catalogue


class FileRow(QWidget):
    """``chosen`` carries the path; whoever reads it says what it is with ``show_good`` or ``show_bad``."""

    chosen = Signal(object)

    def __init__(
        self, words: Catalogue, button_text: str, *, empty: str, pattern: str, parent: QWidget | None = None
    ) -> None:
        """``empty`` is what stands there before a file does; ``pattern`` as for ``pick_file``."""
        super().__init__(parent)
        self._words = words
        self._empty = empty
        self._pattern = pattern
        self._title = button_text.rstrip("…")
        self.choose = button(button_text)
        self.label = OneLineLabel(empty, role="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(self.choose)
        layout.addWidget(self.label, 1)
        self.take_drops_on(self)
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self._pick)

    def show_good(self, text: str) -> None:
        """It is this."""
        self._show(text, role="")

    def show_bad(self, sentence: str) -> None:
        """It will not do."""
        self._show(sentence, role="danger")
        self.choose.setFocus()

    def clear(self) -> None:
        """No file."""
        self._show(self._empty, role="muted")

    def take_drops_on(self, widget: QWidget) -> None:
        """Take what is dropped anywhere on ``widget``, the first file of it."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Files that are dragged over and dropped."""
        if not isinstance(event, QDropEvent) or event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        files = dropped_files(event.mimeData())
        if not files:
            return False
        accept_as_copy(event)
        if event.type() == QEvent.Type.Drop:
            self.chosen.emit(files[0])
        return True

    def _pick(self) -> None:
        pick_file(self, self._words, self._title, self._pattern, self.chosen.emit)

    def _show(self, text: str, *, role: str) -> None:
        self.label.setProperty("role", role)
        self.label.style().polish(self.label)
        self.label.setText(text)
