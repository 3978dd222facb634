"""How the information of the note is evaluated: both characters, what they say, the mark of the block."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.notes.evaluation import Evaluation
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.window.section import section
from cloison.wording.evaluation import credibility_name, reliability_name


class EvaluationView(QWidget):
    """``asked`` is a wish to evaluate, or to evaluate otherwise."""

    asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No evaluation."""
        super().__init__(parent)
        self._words = kit.words
        self._policy = policy
        self._chips = ChipView(kit.theme)
        self._code = PlainLabel(role="heading")
        self._code.setWordWrap(False)
        self._line = row(self._chips, self._code)
        self._said = PlainLabel(role="muted")
        self._ask = button("", role="quiet")
        self._ask.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(kit.words.text("EVALUATION")))
        layout.addWidget(self._line)
        layout.addWidget(self._said)
        layout.addWidget(row(self._ask))
        self.show_evaluation(None)

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show it; None: nobody evaluated yet."""
        words = self._words
        self._line.setVisible(evaluation is not None)
        self._said.setVisible(evaluation is not None)
        text = words.text("Evaluate…") if evaluation is None else words.text("Change the evaluation…")
        self._ask.setText(text)
        self._ask.setAccessibleName(text)
        if evaluation is None:
            return
        self._chips.show_mark(self._policy, evaluation.label)
        self._code.setText(evaluation.code)
        names = (reliability_name(evaluation.reliability, words), credibility_name(evaluation.credibility, words))
        count = len(evaluation.sources)
        sources = words.plural("{count} source on record", "{count} sources on record", count) if count else ""
        self._said.setText("\n".join(one for one in (*names, sources) if one))
