"""The links of the note that is open, the first few of them: how each bears, and the way to the other note."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.links import LinkLine
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel, on_one_line, tooltip
from cloison.ui.window.on_screen import Shown
from cloison.ui.window.section import section
from cloison.wording.links import link_text

_MOST: Final = 4


class LinksView(QWidget):
    """``note_asked`` carries the uid of a linked note, ``asked`` is a wish to see and change all links."""

    note_asked = Signal(str)
    asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No link."""
        super().__init__(parent)
        self._kit = kit
        self._policy = policy
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes.SPACE_1)
        self._others = PlainLabel(role="muted")
        self.show_all = button(kit.words.text("Links…"), role="quiet")
        self.show_all.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(kit.words.text("LINKS")))
        layout.addLayout(self._lines)
        layout.addWidget(self._others)
        layout.addWidget(row(self.show_all))
        self._others.hide()

    def show_links(self, found: Sequence[LinkLine]) -> None:
        """Show the first of these."""
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in found[:_MOST]:
            self._add(one)
        others = max(0, len(found) - _MOST)
        self._others.setText(self._kit.words.plural("and {count} other", "and {count} others", others))
        self._others.setVisible(others > 0)

    def _add(self, one: LinkLine) -> None:
        words = self._kit.words
        title = on_one_line(one.note.row.title) or words.text("Untitled")
        bears = link_text(one.kind, one.direction, words)
        chip = ChipView(self._kit.theme)
        chip.show_mark(self._policy, one.note.title_label or one.note.label)
        told = PlainLabel(bears, role="muted")
        told.setWordWrap(False)
        shown = button("", role="quiet")
        shown.setText(_fitting(title))
        shown.setAccessibleName(words.text("{bears} “{title}”: open it", bears=bears, title=title))
        shown.setToolTip(tooltip(title))
        shown.clicked.connect(partial(self.note_asked.emit, one.note.row.uid))
        for part in (row(chip, told), row(shown)):
            self._lines.addWidget(part)
            part.show()


def shown_of_links(found: Sequence[LinkLine]) -> list[Shown]:
    """What the titles that are shown are worth."""
    return [
        Shown(label=one.note.title_label or one.note.label, is_settled=one.note.title_label is not None)
        for one in found[:_MOST]
    ]


def _fitting(title: str) -> str:
    """As much as the column has room for; what is left out is in the tooltip."""
    most = 26
    cut = title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
    return cut.replace("&", "&&")
