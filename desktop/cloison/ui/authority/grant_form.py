"""What an authority grants the holder of a card: clearance, nationality, need to know, until when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cloison.actions.cards import Granted
from cloison.directory.endorsement import check_holdable
from cloison.directory.errors import UnholdableClearanceError
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field
from cloison.ui.decision_fields import DayField
from cloison.ui.directory.clearance_field import ClearanceField
from cloison.wording.dates import short_day

_NATIONALITY: Final = re.compile(r"[A-Z]{3}")
_IDENTIFIER: Final = re.compile(r"[0-9a-f]{32}")
_END_OF_DAY: Final = timedelta(days=1) - timedelta(seconds=1)
_USUAL: Final = timedelta(days=365)
_IDS_HEIGHT: Final = 70


class GrantForm(QWidget):
    """Four fields; what cannot be held is said while it is typed."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty, but for the day in a year."""
        super().__init__(parent)
        self._clerk = clerk
        words = clerk.words
        self.clearance = ClearanceField(
            clerk,
            words.text("Clearance"),
            advice=words.text("The highest mark they may read, as in [S-SF]; all levels below it are part of it."),
        )
        self.nationality = QLineEdit(maxLength=3)
        self.identifiers = QPlainTextEdit()
        self.until = DayField(words.text("Until"), words)
        self._nation = Field(
            words.text("Nationality"), self.nationality, advice=words.text("Three capitals, as in FRA or DEU")
        )
        self._ids = Field(
            words.text("Compartments they need to know"),
            self.identifiers,
            advice=words.text("One identifier on a line, as “My access” shows it to who keeps the compartment."),
        )
        self._place()
        self.nationality.textEdited.connect(self._raise_capitals)
        self.nationality.textChanged.connect(self._follow)
        self.clearance.changed.connect(self._follow)
        self.identifiers.textChanged.connect(self._ids.show_advice)
        self.setFocusProxy(self.clearance)
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.clearance.clear()
        self.nationality.clear()
        self.identifiers.clear()
        self.until.line.setText(short_day(self._clerk.session.now() + _USUAL, self._clerk.words, zone=UTC))

    def granted(self) -> Granted | None:
        """What is granted; None, said where it is wrong."""
        if not (self.clearance.will_do() and self._nation_will_do()):
            return None
        identifiers, until = self._identifiers(), self._last_moment()
        clearance = self.clearance.clearance
        if identifiers is None or until is None or clearance is None or not self._is_holdable():
            return None
        return Granted(
            clearance=clearance,
            nationality=self.nationality.text(),
            need_to_know=identifiers,
            until=until,
        )

    def _nation_will_do(self) -> bool:
        if _NATIONALITY.fullmatch(self.nationality.text()):
            return True
        self._nation.show_fault(self._clerk.words.text("A nationality is three capitals, as in FRA or DEU."))
        return False

    def _identifiers(self) -> tuple[str, ...] | None:
        typed = tuple(self.identifiers.toPlainText().lower().split())
        wrong = next((one for one in typed if not _IDENTIFIER.fullmatch(one)), None)
        if wrong is None:
            return typed
        self._ids.show_fault(
            self._clerk.words.text("“{value}” is no identifier: it has 32 digits and letters from a to f.", value=wrong)
        )
        return None

    def _last_moment(self) -> datetime | None:
        day = self.until.day()
        if day is None:
            return None
        end = day + _END_OF_DAY
        if end <= self._clerk.session.now():
            self.until.show_fault(self._clerk.words.text("This day is past. Choose a later one."))
            return None
        return end

    def _is_holdable(self) -> bool:
        """Whether somebody of that nationality may hold it; says why not."""
        clearance, nationality = self.clearance.clearance, self.nationality.text()
        if clearance is None or not _NATIONALITY.fullmatch(nationality):
            return True
        try:
            check_holdable(self._clerk.policy, clearance, nationality)
        except UnholdableClearanceError as error:
            self.clearance.show_refusal(self._clerk.sentence(error))
            return False
        return True

    def _follow(self) -> None:
        self._nation.show_advice()
        self.clearance.show_refusal("")
        self._is_holdable()

    def _raise_capitals(self, typed: str) -> None:
        at = self.nationality.cursorPosition()
        self.nationality.setText(typed.upper())
        self.nationality.setCursorPosition(at)

    def _place(self) -> None:
        self.identifiers.setFixedHeight(_IDS_HEIGHT)
        self.identifiers.setTabChangesFocus(True)
        beside = QHBoxLayout()
        beside.setSpacing(sizes.SPACE_3)
        beside.addWidget(self._nation, 1, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.until, 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(self.clearance)
        layout.addLayout(beside)
        layout.addWidget(self._ids)
