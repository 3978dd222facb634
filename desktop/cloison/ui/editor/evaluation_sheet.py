"""The sheet on which information is evaluated: both scales in words, the sources on record, a mark of its own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.notes.compilation import MOST_REASON
from cloison.notes.evaluation import Credibility, Evaluation, Reliability
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.controls import Field, button
from cloison.ui.editor.sheet import Sheet
from cloison.ui.editor.sources_view import SourcesView
from cloison.ui.kit import Kit
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.wording.evaluation import credibility_name, reliability_name


class EvaluationSheet(Sheet):
    """``kept`` is a wish to keep what ``evaluation`` gives, ``mark_asked`` to pick its mark, ``removed`` to drop it."""

    kept = Signal()
    mark_asked = Signal()
    removed = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Nothing to judge yet."""
        words = kit.words
        super().__init__(kit, words.text("Evaluation of the information"), parent=parent)
        self._policy = policy
        self._block: Evaluation | None = None
        self.label: Label | None = None
        self._reliability, self._credibility = ChoiceBox(), ChoiceBox()
        for reliability in Reliability:
            self._reliability.addItem(f"{reliability.value} – {reliability_name(reliability, words)}", reliability)
        for credibility in Credibility:
            self._credibility.addItem(f"{credibility.value} – {credibility_name(credibility, words)}", credibility)
        self._sources = SourcesView(kit)
        self._chips = ChipView(kit.theme)
        self._mark = OneLineLabel()
        self._pick = button(words.text("Mark…"))
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(words.text("Why does its mark fall? Kept in the revision"))
        self._reason.setAccessibleName(self._reason.placeholderText())
        self._reason.setMaxLength(MOST_REASON)
        self._remove = button(words.text("Remove the evaluation"))
        self._keep = button(words.text("Keep the evaluation"), role="primary")
        self._place_parts()
        self._sources.changed.connect(self.forget_refusal)
        for scale in (self._reliability, self._credibility):
            scale.currentIndexChanged.connect(self.forget_refusal)
        self._pick.clicked.connect(self.mark_asked)
        self._remove.clicked.connect(self.removed)
        self._keep.clicked.connect(self.kept)
        self.setFocusProxy(self._reliability)

    @property
    def reason(self) -> str | None:
        """Why its mark falls, where that was asked and answered."""
        return self._reason.text().strip() or None

    def start(self, evaluation: Evaluation, *, is_new: bool) -> None:
        """Show ``evaluation``; one that is new cannot be removed."""
        self._block = evaluation
        self._reliability.setCurrentIndex(list(Reliability).index(evaluation.reliability))
        self._credibility.setCurrentIndex(list(Credibility).index(evaluation.credibility))
        self._sources.show_sources(evaluation.sources)
        # Not ``clear``, which undo would take back.
        self._reason.setText("")
        self._reason.hide()
        self._remove.setVisible(not is_new)
        self.show_label(evaluation.label)

    def forget(self) -> None:
        """Keep nothing of what was judged."""
        self._block = None
        self._sources.show_sources(())
        self._reason.setText("")
        self.show_label(None)

    def show_label(self, label: Label | None) -> None:
        """Its mark; None is the question mark, and stops printing and dissemination."""
        self.label = label
        self.forget_refusal()
        self._chips.show_mark(self._policy, label)
        words = self.words
        self._mark.setText(words.text("not marked") if label is None else strip(self._policy, label, words.language))

    def evaluation(self) -> Evaluation | None:
        """What is judged now; raises ``UnconfirmedError`` or ``SourceRefusedError``."""
        if self._block is None:
            return None
        return replace(
            self._block,
            reliability=list(Reliability)[self._reliability.currentIndex()],
            credibility=list(Credibility)[self._credibility.currentIndex()],
            sources=self._sources.sources,
            label=self.label,
        )

    def ask_reason(self) -> None:
        """Its mark would fall: ask why."""
        self._reason.show()
        self._reason.setFocus()

    def _place_parts(self) -> None:
        words = self.words
        scales = QHBoxLayout()
        scales.setSpacing(sizes.SPACE_3)
        scales.addWidget(Field(words.text("Reliability of the source"), self._reliability), 1)
        scales.addWidget(Field(words.text("Credibility of the information"), self._credibility), 1)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, sizes.SPACE_2, 0)
        inner.setSpacing(sizes.SPACE_2)
        inner.addLayout(scales)
        inner.addWidget(
            PlainLabel(
                words.text(
                    "Each is judged for itself. F: the source was never used before. 1 takes a second, independent "
                    "source on record."
                ),
                role="muted",
            )
        )
        inner.addWidget(self._sources)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        self.body.addWidget(area, 1)
        self.body.addWidget(self._reason)
        mark = QHBoxLayout()
        mark.setSpacing(sizes.SPACE_2)
        mark.addWidget(self._chips)
        mark.addWidget(self._mark, 1)
        mark.addWidget(self._pick)
        self.body.addLayout(mark)
        self.acts.addWidget(self._remove)
        self.acts.addStretch(1)
        self.acts.addWidget(self._keep)
