"""A package that passed every check, before it is accepted: its mark, its sender, its reference, its title."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cloison.dissemination.checks import Opened
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.controls import row
from cloison.ui.plain import PlainLabel, on_one_line
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import minute

_MOST_NAMED: Final = 8


class PackageSummary(QFrame):
    """Shows one package."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        self._chip = ChipView(clerk.kit.theme)
        self._banner = PlainLabel(role="heading")
        self._title = PlainLabel(role="title")
        words = clerk.words
        self._facts = {
            words.text("Sender"): PlainLabel(),
            words.text("Reference"): PlainLabel(),
            words.text("Sealed on"): PlainLabel(),
            words.text("Paragraphs"): PlainLabel(),
            words.text("Attachments"): PlainLabel(),
        }
        self._place()

    def show_package(self, opened: Opened) -> None:
        """Show ``opened``."""
        label, rendition = opened.manifest.label, opened.rendition
        words = self._clerk.words
        self._chip.show_mark(self._clerk.policy, label)
        self._banner.setText(strip(self._clerk.policy, label, words.language))
        self._title.setText(rendition.reference if rendition.title is None else rendition.title.text)
        texts = (
            opened.sender.name,
            rendition.reference,
            minute(opened.manifest.at, words),
            str(len(rendition.portions)),
            _names(opened, words),
        )
        for shown, text in zip(self._facts.values(), texts, strict=True):
            shown.setText(text)

    def _place(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(sizes.SPACE_4)
        facts.setVerticalSpacing(sizes.SPACE_1)
        facts.setColumnStretch(1, 1)
        for number, (name, shown) in enumerate(self._facts.items()):
            facts.addWidget(PlainLabel(name, role="muted"), number, 0)
            facts.addWidget(shown, number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        self._banner.setWordWrap(False)
        layout.addWidget(row(self._chip, self._banner))
        layout.addWidget(self._title)
        layout.addLayout(facts)


def _names(opened: Opened, words: Catalogue) -> str:
    """What is attached, by name, the first few of many."""
    names = [on_one_line(one.text) for one in opened.rendition.attachments]
    if not names:
        return words.text_in("attachments", "none")
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
