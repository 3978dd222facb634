"""A receipt that passed every check, before it is taken in: from whom, what became of the package, what is said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cloison.dissemination.receipt import Receipt, Statement, Verdict
from cloison.dissemination.receipt_file import OpenedReceipt
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.controls import emptied, row
from cloison.ui.plain import PlainLabel
from cloison.wording.usefulness import usefulness_name


class ReceiptView(QFrame):
    """Shows one."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        self._chip = ChipView(clerk.kit.theme)
        self._banner = PlainLabel(role="heading")
        self._banner.setWordWrap(False)
        self._verdict = PlainLabel(role="title")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(sizes.SPACE_3)
        self._grid.setVerticalSpacing(sizes.SPACE_2)
        self._grid.setColumnStretch(2, 1)
        self.texts: list[PlainLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(row(self._chip, self._banner))
        layout.addWidget(self._verdict)
        layout.addLayout(self._grid)

    def show_receipt(self, opened: OpenedReceipt) -> None:
        """Show ``opened``."""
        receipt, words, policy = opened.receipt, self._clerk.words, self._clerk.policy
        self._chip.show_mark(policy, receipt.label)
        self._banner.setText(strip(policy, receipt.label, words.language))
        verdict = (
            words.text("{name} refused note {reference}", name=opened.signer.name, reference=opened.reference)
            if receipt.verdict is Verdict.REFUSED
            else words.text("{name} received note {reference}", name=opened.signer.name, reference=opened.reference)
        )
        self._verdict.setText(verdict)
        self._fill(receipt)

    def _fill(self, receipt: Receipt) -> None:
        words = self._clerk.words
        emptied(self._grid)
        self.texts = []
        if receipt.useful is not None:
            self._add(words.text("Usefulness"), usefulness_name(receipt.useful, words), None)
        if receipt.comment is not None:
            self._add(words.text("Comment"), receipt.comment.text, receipt.comment)
        for number, one in enumerate(receipt.questions, start=1):
            self._add(words.text("Question {number}", number=number), one.text, one)

    def _add(self, name: str, text: str, statement: Statement | None) -> None:
        number, top = len(self.texts), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(PlainLabel(name, role="muted"), number, 0, top)
        if statement is not None:
            chip = ChipView(self._clerk.kit.theme)
            chip.show_mark(self._clerk.policy, statement.label)
            self._grid.addWidget(chip, number, 1, top)
        shown = PlainLabel(text)
        self.texts.append(shown)
        self._grid.addWidget(shown, number, 2, top)
