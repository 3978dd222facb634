"""One requirement in full: from whom, its mark, the question, the note it is about, what answers it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.controls import row
from cloison.ui.plain import PlainLabel
from cloison.ui.requirements.reading import Asked
from cloison.wording.dates import minute


class RequirementDetails(QFrame):
    """Shows one."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        self._chip = ChipView(clerk.kit.theme)
        self._from = PlainLabel(role="muted")
        self._from.setWordWrap(False)
        self.text = PlainLabel()
        self.about = PlainLabel(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(row(self._chip, self._from))
        layout.addWidget(self.text)
        layout.addWidget(self.about)

    def show_asked(self, asked: Asked) -> None:
        """Show it."""
        words, one = self._clerk.words, asked.requirement
        self._chip.show_mark(self._clerk.policy, one.label)
        self._from.setText(words.text("{name}, {moment}", name=one.sender, moment=minute(one.at, words)))
        self.text.setText(one.text)
        told = [words.text("About note {reference}.", reference=one.reference)]
        if asked.answers:
            told.append(words.text("Answered by {references}.", references=", ".join(asked.answers)))
        if one.closing is not None:
            told.append(words.text("Closed by {name}: {reason}", name=one.closing.by, reason=one.closing.reason))
        self.about.setText(" ".join(told))
