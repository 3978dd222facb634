"""What the reader of a package says: how useful it was, a comment, questions; each of the latter under its own mark."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.make_receipt import Answer
from cloison.dissemination.receipt import MOST_QUESTIONS
from cloison.labels.label import Label
from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.plain import PlainLabel
from cloison.ui.receipts.statement_row import StatementRow
from cloison.ui.tab_order import put_before
from cloison.wording.usefulness import usefulness_names


class ReceiptForm(QWidget):
    """``changed`` whenever it says something else."""

    changed = Signal()

    def __init__(self, clerk: Clerk, label: Label, *, parent: QWidget | None = None) -> None:
        """Nothing is said yet; ``label`` is the package's, which everything said begins with."""
        super().__init__(parent)
        self._clerk = clerk
        self._label = label
        words = clerk.words
        self.useful = ChoiceBox()
        self.useful.addItem(words.text("Nothing said of it"), None)
        for degree, name in enumerate(usefulness_names(words)):
            self.useful.addItem(name, degree)
        self.comment = StatementRow(clerk, words.text("Comment"), label)
        self.questions: list[StatementRow] = []
        self._questions = QVBoxLayout()
        self._questions.setSpacing(sizes.SPACE_2)
        self.add = button(words.text("Add a question"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(Field(words.text("Usefulness"), self.useful))
        layout.addWidget(PlainLabel(words.text("Comment, and its mark")))
        layout.addWidget(self.comment)
        layout.addWidget(PlainLabel(words.text("Questions, each with its mark: the sender keeps them as requirements")))
        layout.addLayout(self._questions)
        layout.addWidget(row(self.add))
        self.setFocusProxy(self.useful)
        self.useful.currentIndexChanged.connect(self.changed)
        self.comment.changed.connect(self.changed)
        self.add.clicked.connect(self.add_question)

    @property
    def answer(self) -> Answer:
        """What is said."""
        asked = tuple(one for question in self.questions if (one := question.remark) is not None)
        return Answer(useful=self.useful.currentData(), comment=self.comment.remark, questions=asked)

    @property
    def labels(self) -> tuple[Label | None, ...]:
        """The label of each thing that is said; None where its mark is none."""
        said = [one for one in (self.comment, *self.questions) if one.remark is not None]
        return tuple(one.mark.label for one in said)

    @property
    def fault(self) -> str:
        """Why it cannot be sealed as it stands; empty where it can."""
        return next((one.fault for one in (self.comment, *self.questions) if one.fault), "")

    def add_question(self) -> None:
        """One more; the focus in it."""
        name = self._clerk.words.text("Question {number}", number=len(self.questions) + 1)
        made = StatementRow(self._clerk, name, self._label)
        made.remove.show()
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        self.questions.append(made)
        self._questions.addWidget(made)
        # Shown at once, or it would not take the focus: a layout shows what it is given only later.
        made.show()
        put_before(self.add, (made.line, made.mark.line, made.remove))
        made.setFocus()
        self.add.setEnabled(len(self.questions) < MOST_QUESTIONS)
        self.changed.emit()

    def _remove(self, gone: StatementRow) -> None:
        self.questions.remove(gone)
        self._questions.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.add.setEnabled(True)
        self.add.setFocus()
        self.changed.emit()
