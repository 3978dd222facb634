"""What stands in the middle while no note is chosen: what to do next, and the keys for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.icons import icon_before_words, picture
from cloison.ui.kit import Kit
from cloison.ui.palette import Palette
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import N_, Catalogue

_PICTURE: Final = 48
_KEYS: Final = (
    (N_("New note"), N_("Ctrl+N")),
    (N_("New note from a template"), N_("Ctrl+Shift+N")),
    (N_("Search"), N_("Ctrl+F")),
    (N_("Find any command"), N_("Ctrl+K")),
    (N_("Mark a paragraph"), N_("Ctrl+M")),
    (N_("Pick among all marks"), N_("Ctrl+Shift+M")),
    (N_("Find and replace in the note"), N_("Ctrl+H")),
    (N_("Settings"), N_("Ctrl+,")),
    (N_("Lock"), N_("Ctrl+L")),
    (N_("End at once, keeping nothing more"), N_("Ctrl+Shift+L")),
)


class EmptyPage(QWidget):
    """``new_note_asked`` and ``import_asked`` are its buttons."""

    new_note_asked = Signal()
    import_asked = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """The page."""
        super().__init__(parent)
        self._theme = kit.theme
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = PlainLabel(kit.words.text("No note is open"), role="heading")
        advice = PlainLabel(kit.words.text("Choose one in the list, or write a new one."), role="muted")
        self._new = button(kit.words.text("New note"), role="primary")
        self._new.clicked.connect(self.new_note_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_5, sizes.SPACE_5, sizes.SPACE_5, sizes.SPACE_5)
        layout.setSpacing(sizes.SPACE_2)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        for one in (heading, advice):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(one)
        layout.addSpacing(sizes.SPACE_2)
        self._import = button(kit.words.text("Import files as notes…"))
        self._import.clicked.connect(self.import_asked)
        layout.addWidget(self._new, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._import, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(sizes.SPACE_5)
        layout.addWidget(_keys(kit.words), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._draw(kit.theme.palette)
        kit.theme.palette_changed.connect(self._draw)

    def _draw(self, palette: Palette) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(picture("file-text", palette.muted, pixels=_PICTURE, scale=scale))
        self._new.setIcon(icon_before_words("plus", palette.on_accent))
        self._import.setIcon(icon_before_words("file-input", palette.text))


def _keys(words: Catalogue) -> QWidget:
    made = QWidget()
    lines = QGridLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setHorizontalSpacing(sizes.SPACE_5)
    lines.setVerticalSpacing(sizes.SPACE_1)
    for row, (what, chord) in enumerate(_KEYS):
        for column, message in enumerate((what, chord)):
            said = PlainLabel(words.text(message), role="muted")
            # A grid gives a label that may break its lines the room of a square one.
            said.setWordWrap(False)
            lines.addWidget(said, row, column)
    return made
