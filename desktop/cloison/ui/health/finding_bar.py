"""What was found of a file, and a person who takes it as it is, with a reason; one finding after the other."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.findings import ACCEPTABLE, accept_finding
from cloison.ui.clerk import Clerk
from cloison.ui.reason_bar import ReasonBar
from cloison.vault.problems import Problem
from cloison.wording.health import accepted_text, problem_text


class FindingBar(ReasonBar):
    """``accepted`` carries a sentence. Hidden while nothing can be taken as it is."""

    accepted = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing was found."""
        words = clerk.words
        super().__init__(
            clerk,
            asked=words.text("Why it is as it is"),
            act=words.text("Take it as it is"),
            advice=words.text("Until it is taken as it is, an older copy of that file would not be noticed again."),
            parent=parent,
        )
        self._finding: Problem | None = None
        self.given.connect(self._take)

    def show_findings(self, findings: Iterable[Problem]) -> None:
        """Show the first that can be taken as it is."""
        self._finding = next((one for one in findings if one.kind in ACCEPTABLE), None)
        self.show_sentence(None if self._finding is None else problem_text(self._finding, self._clerk.words))

    def _take(self, reason: str) -> None:
        finding = self._finding
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
