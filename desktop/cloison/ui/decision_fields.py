"""Whose decision it is, under which reference, on which day: what a change of dates takes, and taking a raise back."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.labels.day_format import read_day
from cloison.labels.declassification import AuthorityDecision
from cloison.notes.compilation import MOST_NAME
from cloison.ui import sizes
from cloison.ui.controls import Field
from cloison.wording.catalogue import Catalogue

_FORMS: Final = ("yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy")


class DayField(Field):
    """A day, typed: 2027-12-31, or with the day first, as offices write it."""

    def __init__(self, label: str, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Empty."""
        self.line = QLineEdit()
        super().__init__(label, self.line, advice=words.text("As in 2027-12-31"), parent=parent)
        self._words = words
        self.line.textChanged.connect(lambda text: self.show_advice())

    def day(self) -> datetime | None:
        """The beginning of the day typed, UTC; None, said in the field, where it is none."""
        typed = self.line.text().strip()
        found = next((day for form in _FORMS if (day := read_day(typed, form)) is not None), None)
        if found is None:
            self.show_fault(self._words.text("This is no day. Write it as 2027-12-31."))
            return None
        return datetime.combine(found, time(tzinfo=UTC))


class DecisionFields(QWidget):
    """``changed``: somebody typed."""

    changed = Signal()

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._authority, self._reference = QLineEdit(), QLineEdit()
        self._day = DayField(words.text("Its date"), words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for field in (
            Field(words.text("Authority"), self._authority),
            Field(words.text("Reference of its decision"), self._reference),
            self._day,
        ):
            layout.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        for line in (self._authority, self._reference):
            line.setMaxLength(MOST_NAME)
        for line in (self._authority, self._reference, self._day.line):
            line.textChanged.connect(self.changed)
        self.setFocusProxy(self._authority)

    def forget(self) -> None:
        """Empty every field; what undo could bring back goes too."""
        for line in (self._authority, self._reference, self._day.line):
            line.setText("")

    @property
    def is_filled(self) -> bool:
        """Whether nothing is left empty."""
        return all(line.text().strip() for line in (self._authority, self._reference, self._day.line))

    def decision(self) -> AuthorityDecision | None:
        """What was typed; None, said in the field, where the day is none."""
        day = self._day.day()
        if day is None:
            return None
        return AuthorityDecision(
            authority=self._authority.text().strip(), reference=self._reference.text().strip(), day=day.date()
        )
