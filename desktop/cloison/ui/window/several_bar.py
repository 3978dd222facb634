"""Below the list while several notes are picked in it: how many, and what can be done with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, row
from cloison.ui.editor.menu import Entry
from cloison.ui.icons import icon_before_words
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel


class SeveralBar(QFrame):
    """Hidden unless there are several; what is asked are its buttons."""

    disseminate_asked = Signal()
    move_asked = Signal()
    bin_asked = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """None."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._kit = kit
        self._count = PlainLabel()
        self.disseminate = button(kit.words.text("Disseminate them…"))
        self.disseminate.clicked.connect(self.disseminate_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._count)
        self.move_them = button(kit.words.text("Move…"))
        self.delete_them = button(kit.words.text("Delete"))
        self.delete_them.setAccessibleName(kit.words.text("Delete: into the bin"))
        self.move_them.clicked.connect(self.move_asked)
        self.delete_them.clicked.connect(self.bin_asked)
        layout.addWidget(self.disseminate)
        layout.addWidget(row(self.move_them, self.delete_them))
        kit.theme.palette_changed.connect(self._draw_icon)
        self._draw_icon()
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many are picked."""
        words = self._kit.words
        text = words.plural("{count} note picked", "{count} notes picked", count)
        self._count.setText(text)
        self.setAccessibleName(text)
        self.setVisible(count > 1)

    def entries(self) -> tuple[Entry, ...]:
        """The same in a menu."""
        buttons = (self.disseminate, self.move_them, self.delete_them)
        return tuple(Entry(text=one.text(), act=one.click, is_offered=True) for one in buttons)

    def _draw_icon(self) -> None:
        # The other two stand side by side, and have no room for a picture in every language.
        self.disseminate.setIcon(icon_before_words("send", self._kit.theme.palette.text))
