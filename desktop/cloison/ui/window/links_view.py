"""The links of the note that is open, the first few of them: how each bears, and the way to the other note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.links import LinkLine
from cloison.labels.policy import Policy
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel, on_one_line, tooltip
from cloison.ui.window.few_lines import FewLines
from cloison.ui.window.on_screen import Shown
from cloison.wording.links import link_text

_MOST: Final = 4


class LinksView(FewLines):
    """``note_asked`` carries the uid of a linked note."""

    note_asked = Signal(str)

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No link."""
        words = kit.words
        super().__init__(words, words.text("LINKS"), most=_MOST, parent=parent)
        self.show_all = self.way_to_all(words.text("Links…"))
        self._kit = kit
        self._policy = policy

    def show_links(self, found: Sequence[LinkLine]) -> None:
        """Show the first of these."""
        self.show_first(found, self._line)

    def _line(self, one: LinkLine) -> Iterator[Sequence[QWidget]]:
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
        yield (row(chip, told),)
        yield (row(shown),)


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
