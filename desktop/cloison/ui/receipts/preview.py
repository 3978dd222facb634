"""What a receipt will say, as its reader will have it: to whom, its mark, line by line."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.actions.make_receipt import Answer, Remark
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.controls import row
from cloison.ui.plain import PlainLabel
from cloison.wording.usefulness import usefulness_name


class ReceiptPreview(QFrame):
    """Follows the form."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        self._chip = ChipView(clerk.kit.theme)
        self._banner = PlainLabel(role="heading")
        self._banner.setWordWrap(False)
        self.text = PlainLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(clerk.words.text("What is sent"), role="muted"))
        layout.addWidget(row(self._chip, self._banner))
        layout.addWidget(self.text)
        layout.addStretch(1)

    def show_answer(self, answer: Answer, label: Label | None, *, sender: str, reference: str) -> None:
        """Show what is said under ``label``, None where a mark is none, to ``sender`` of the note ``reference``."""
        words, policy = self._clerk.words, self._clerk.policy
        self._chip.show_mark(policy, label)
        self._banner.setText("" if label is None else strip(policy, label, words.language))
        lines = [words.text("To {name}: note {reference} was received.", name=sender, reference=reference)]
        if answer.useful is not None:
            lines.append(words.text("Usefulness: {degree}", degree=usefulness_name(answer.useful, words)))
        if answer.comment is not None:
            lines.append(words.text("Comment: {text}", text=self._marked(answer.comment)))
        lines += [words.text("Question: {text}", text=self._marked(one)) for one in answer.questions]
        self.text.setText("\n".join(lines))

    def _marked(self, remark: Remark) -> str:
        mark = "[?]" if remark.label is None else portion_mark(self._clerk.policy, remark.label)
        return f"{mark} {remark.text}"
