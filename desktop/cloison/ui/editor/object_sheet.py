"""The sheet in which a table or an image is edited: in the place of the text, never a window of its own.

Each change goes into the note at once, so that a lock finds it there. All changes of one visit are one step to undo.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cloison.notes.errors import ImageRefusedError, TableRefusedError
from cloison.notes.image import Image, image_of
from cloison.notes.table import Table, table_of
from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.editor.clips import Clip, ClipShelf
from cloison.ui.editor.image_form import ImageForm
from cloison.ui.editor.objects import Content
from cloison.ui.editor.table_form import TableForm
from cloison.ui.kit import Kit
from cloison.ui.plain import OneLineLabel


class ObjectSheet(QFrame):
    """``written`` carries the content as it is now and the clips that came into it; ``refused`` an error of ``notes``.

    ``closed`` and ``delete_asked`` are wishes.
    """

    written = Signal(object, object)
    refused = Signal(object)
    closed = Signal()
    delete_asked = Signal()

    def __init__(self, kit: Kit, shelf: ClipShelf, *, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._words = kit.words
        self._content: Content | None = None
        self.table = TableForm(kit, shelf)
        self.image = ImageForm(kit.words, shelf)
        self._heading = OneLineLabel(role="heading")
        self._delete = button(kit.words.text("Delete it"), role="danger")
        self._done = button(kit.words.text("Done"), role="primary")
        self._forms = QStackedWidget()
        self._forms.setProperty("role", "plain")
        self._forms.addWidget(self.table)
        self._forms.addWidget(self.image)
        self._place()
        self.table.changed.connect(self._write_table)
        self.image.described.connect(self._write_image)
        self._delete.clicked.connect(self.delete_asked)
        self._done.clicked.connect(self.closed)
        self.hide()

    def show_object(self, content: Content) -> None:
        """Show ``content`` and put the focus where a person begins."""
        self._content = content
        if isinstance(content, Table):
            self._heading.setText(self._words.text("Table"))
            self.table.show_table(content)
            self._forms.setCurrentWidget(self.table)
        else:
            self._heading.setText(self._words.text("Image"))
            self.image.show_image(content)
            self._forms.setCurrentWidget(self.image)
        self.setAccessibleName(self._heading.text())
        self.show()
        (self.table.grid if isinstance(content, Table) else self.image.description).setFocus()

    def forget(self) -> None:
        """Hide, and keep nothing of what was shown."""
        self.hide()
        self._content = None
        self.table.show_table(Table(rows=(("",),), has_header=False))
        self.image.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back to the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _write_table(self, rows: Sequence[Sequence[str]], has_header: bool) -> None:  # noqa: FBT001 - a slot
        try:
            self._write(table_of(rows, has_header=has_header), self.table.brought)
        except TableRefusedError as error:
            self.refused.emit(error)

    def _write_image(self, description: str) -> None:
        if not isinstance(self._content, Image):
            return
        try:
            self._write(image_of(self._content.png, description=description), self.image.brought)
        except ImageRefusedError as error:
            self.refused.emit(error)

    def _write(self, content: Content, brought: Sequence[Clip]) -> None:
        if content != self._content:
            self._content = content
            self.written.emit(content, tuple(brought))

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(sizes.SPACE_2)
        head.addWidget(self._heading, 1)
        head.addWidget(self._delete)
        head.addWidget(self._done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_5, sizes.SPACE_3, sizes.SPACE_5, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(self._forms, 1)
