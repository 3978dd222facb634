"""What was found of a file, and a person who takes it as it is, with a reason; one finding after the other."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.actions.findings import ACCEPTABLE, accept_finding
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.plain import PlainLabel
from cloison.vault.problems import Problem
from cloison.wording.health import accepted_text, problem_text


class FindingBar(QFrame):
    """``accepted`` and ``refused`` carry a sentence. Hidden while nothing can be taken as it is."""

    accepted = Signal(str)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing was found."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        words = clerk.words
        self._clerk = clerk
        self._finding: Problem | None = None
        self._sentence = PlainLabel()
        self.reason = QLineEdit()
        self._field = Field(
            words.text("Why it is as it is"),
            self.reason,
            advice=words.text("Until it is taken as it is, an older copy of that file would not be noticed again."),
        )
        self.take = button(words.text("Take it as it is"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self._sentence, self._field, row(self.take)):
            layout.addWidget(part)
        self.take.clicked.connect(self._take)
        self.reason.returnPressed.connect(self._take)
        self.hide()

    def show_findings(self, findings: Iterable[Problem]) -> None:
        """Show the first that can be taken as it is."""
        self._finding = next((one for one in findings if one.kind in ACCEPTABLE), None)
        if self._finding is not None:
            self._sentence.setText(problem_text(self._finding, self._clerk.words))
        self.setVisible(self._finding is not None)

    def _take(self) -> None:
        finding, reason = self._finding, self.reason.text()
        if finding is None:
            return
        self._clerk.ask(
            self,
            lambda session: accept_finding(session, finding, reason),
            lambda number: self._taken(finding, number),
            refused=self.refused.emit,
        )

    def _taken(self, finding: Problem, number: str | None) -> None:
        self.reason.clear()
        self.accepted.emit(accepted_text(finding.file, number, self._clerk.words))
