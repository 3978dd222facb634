"""What is attached to the note that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.notes.attachment import Attachment
from cloison.notes.portion import Portion
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.kit import Kit
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.ui.window.few_lines import FewLines
from cloison.wording.sizes import size_text

_MOST: Final = 4


class AttachmentsView(FewLines):
    """The way leads to attaching something, too."""

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Nothing is attached."""
        words = kit.words
        super().__init__(words, words.text("ATTACHMENTS"), most=_MOST, parent=parent)
        self.show_all = self.way_to_all(words.text("Attachments…"))
        self._kit = kit
        self._policy = policy
        self._shown: tuple[Portion, ...] = ()

    def show_attachments(self, attachments: Sequence[Portion]) -> None:
        """Show the first few of these."""
        if tuple(attachments) != self._shown:
            self._shown = tuple(attachments)
            files = [(one, one.content) for one in attachments if isinstance(one.content, Attachment)]
            self.show_first(files, self._line)

    def _line(self, one: tuple[Portion, Attachment]) -> Iterator[Sequence[QWidget]]:
        portion, file = one
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
        yield (line,)
