"""What came of sealing, one line for each package: its number in the register, its reader, its mark, its file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.seal_note import Sealed
from cloison.labels.marks import portion_mark
from cloison.ui.clerk import Clerk
from cloison.ui.line_table import Column, LineModel, line_table
from cloison.wording.catalogue import N_


class OutcomeTable(QWidget):
    """Shows packages as they left."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._clerk = clerk
        words = clerk.words
        self.model = LineModel(self._columns(), words, self)
        self.table = line_table(clerk, self.model, words.text("Packages that were sealed"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.setFocusProxy(self.table)

    def show_packages(self, packages: Sequence[Sealed]) -> None:
        """Show these."""
        self.model.show_lines(packages)
        if packages:
            self.table.selectRow(0)

    def _columns(self) -> tuple[Column[Sealed], ...]:
        policy, words = self._clerk.policy, self._clerk.words
        return (
            Column(name=N_("Number"), width=116, text=lambda one: one.number),
            Column(name=N_("Recipient"), width=150, text=lambda one: one.recipient),
            Column(
                name=N_("Mark"),
                width=84,
                text=lambda one: portion_mark(policy, one.label).strip("[]"),
                label=lambda one: one.label,
            ),
            Column(
                name=N_("Paragraphs"),
                width=104,
                text=lambda one: words.text("{count} §", count=one.portions),
            ),
            Column(name=N_("File"), width=None, text=lambda one: one.path.name),
        )
