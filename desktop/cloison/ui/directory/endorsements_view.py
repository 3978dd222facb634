"""Every endorsement of a card, one below the other: by whom, what, from when until when, counted here or why not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.actions.endorsements import EndorsementLine
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.directory.clearance_chip import ClearanceView
from cloison.ui.plain import PlainLabel
from cloison.wording.dates import short_day
from cloison.wording.states import need_to_know_text
from cloison.wording.trust import lapse_text


class EndorsementsView(QFrame):
    """``texts`` are its lines, as they are read."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """No card's."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        self._shown: list[QWidget] = []
        self.texts: tuple[str, ...] = ()
        self._none = PlainLabel(clerk.words.text("No authority has endorsed this card."), role="muted")
        self._inside = QVBoxLayout()
        self._inside.setSpacing(sizes.SPACE_3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(clerk.words.text("Endorsements"), role="heading"))
        layout.addWidget(self._none)
        layout.addLayout(self._inside)

    def show_endorsements(self, lines: Sequence[EndorsementLine]) -> None:
        """Show these in place of what was there."""
        for widget in self._shown:
            self._inside.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._none.setVisible(not lines)
        self.texts = tuple(self._text(one) for one in lines)
        self._shown = [self._line(one, text) for one, text in zip(lines, self.texts, strict=True)]
        for widget in self._shown:
            self._inside.addWidget(widget)

    def _text(self, one: EndorsementLine) -> str:
        words = self._clerk.words
        counted = lapse_text(one.lapse, words)
        if one.authority is None or one.issued is None or one.expires is None:
            return counted
        return words.text(
            "{authority}, from {first} to {last}: {counted}",
            authority=one.authority,
            first=short_day(one.issued, words),
            last=short_day(one.expires, words),
            counted=counted,
        )

    def _line(self, one: EndorsementLine, text: str) -> QWidget:
        words = self._clerk.words
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        said = PlainLabel(text, role="ok" if one.lapse is None else "warn")
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(said)
        if one.clearance is not None:
            given = ClearanceView(self._clerk)
            given.show_clearance(one.clearance)
            layout.addWidget(given)
            about = f"{one.nationality} · {need_to_know_text(one.need_to_know, words)}"
            layout.addWidget(PlainLabel(about, role="muted"))
        return made
