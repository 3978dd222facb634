"""What is attached to the note that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.notes.attachment import Attachment
from cloison.notes.portion import Portion
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.ui.window.section import section
from cloison.wording.sizes import size_text

_MOST: Final = 4


class AttachmentsView(QWidget):
    """``asked`` is a wish to see them, or to attach something."""

    asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Nothing is attached."""
        super().__init__(parent)
        self._kit = kit
        self._policy = policy
        self._shown: tuple[Portion, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes.SPACE_1)
        self._others = PlainLabel(role="muted")
        self.open = button(kit.words.text("Attachments…"), role="quiet")
        self.open.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(kit.words.text("ATTACHMENTS")))
        layout.addLayout(self._lines)
        layout.addWidget(self._others)
        layout.addWidget(row(self.open))
        self._others.hide()

    def show_attachments(self, attachments: Sequence[Portion]) -> None:
        """Show the first few of these."""
        if tuple(attachments) == self._shown:
            return
        self._shown = tuple(attachments)
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in attachments[:_MOST]:
            if isinstance(one.content, Attachment):
                self._add(one, one.content)
        others = len(attachments) - _MOST
        self._others.setText(self._kit.words.plural("and {count} other", "and {count} others", max(0, others)))
        self._others.setVisible(others > 0)

    def _add(self, portion: Portion, file: Attachment) -> None:
        chip = ChipView(self._kit.theme)
        chip.show_mark(self._policy, portion.label)
        size = PlainLabel(size_text(file.size, self._kit.words), role="muted")
        size.setWordWrap(False)
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_2)
        inside.addWidget(chip)
        inside.addWidget(OneLineLabel(file.name), 1)
        inside.addWidget(size)
        self._lines.addWidget(line)
        line.show()
