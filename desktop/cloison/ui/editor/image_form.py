"""An image and what it shows, in words, for those who do not see it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cloison.notes.image import MOST_DESCRIPTION, Image
from cloison.ui import sizes
from cloison.ui.controls import Field
from cloison.ui.editor.clips import Clip, ClipShelf
from cloison.ui.editor.replacement_field import ReplacementField
from cloison.ui.plain import visible
from cloison.wording.catalogue import Catalogue


class ImageForm(QWidget):
    """``described`` carries the description as it is written."""

    described = Signal(str)

    def __init__(self, words: Catalogue, shelf: ClipShelf, *, parent: QWidget | None = None) -> None:
        """No image yet."""
        super().__init__(parent)
        self._whole = QPixmap()
        self.description = ReplacementField(shelf)
        self.description.setMaxLength(MOST_DESCRIPTION)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._picture.setMinimumSize(1, 1)
        field = Field(
            words.text("What the image shows"),
            self.description,
            advice=words.text("It is read out to who does not see the image, and found by a search."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(field)
        layout.addWidget(self._picture, 1)
        self.description.textChanged.connect(self.described)

    @property
    def brought(self) -> list[Clip]:
        """The clips that words of the description came from."""
        return self.description.brought

    def show_image(self, image: Image) -> None:
        """Show ``image``; nothing was brought into its description yet."""
        self._whole.loadFromData(image.png, "PNG")
        self._fit()
        self.description.blockSignals(True)  # noqa: FBT003 - Qt's argument
        self.description.forget()
        self.description.setText(visible(image.description))
        self.description.blockSignals(False)  # noqa: FBT003 - Qt's argument
        self._picture.setAccessibleName(visible(image.description))

    def forget(self) -> None:
        """Keep nothing of it."""
        self._whole = QPixmap()
        self._picture.clear()
        self._picture.setAccessibleName("")
        self.description.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the sheet."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        room = self._picture.size().boundedTo(self._whole.size())
        self._picture.setPixmap(
            self._whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
