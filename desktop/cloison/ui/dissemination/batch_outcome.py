"""What came of sealing several notes, one line for each: its numbers in the register, or why nothing was sealed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.batch_sealing import NoteOutcome
from cloison.ui.line_table import Column, LineModel, line_table
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import N_, Catalogue


class BatchOutcome(QWidget):
    """The line one is in is said in full below: each package with its number, its reader and its file."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._words = words = clerk.words
        self.model = LineModel(_columns(words), words, self)
        self.table = line_table(clerk, self.model, words.text("Notes that were sealed"))
        self.said = PlainLabel(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._say)

    def show_outcomes(self, outcomes: Sequence[NoteOutcome]) -> None:
        """Show these."""
        self.model.show_lines(outcomes)
        if outcomes:
            self.table.selectRow(0)

    def _say(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.said.setText("")
            return
        one = self.model.lines[index.row()]
        lines = [
            self._words.text(
                "{number}  {recipient}: {file}", number=sealed.number, recipient=sealed.recipient, file=sealed.path.name
            )
            for sealed in one.sealed
        ]
        self.said.setText("\n".join(lines) or one.sentence)


def _columns(words: Catalogue) -> tuple[Column[NoteOutcome], ...]:
    def packages(one: NoteOutcome) -> str:
        return (
            words.plural("{count} package", "{count} packages", len(one.sealed)) if one.sealed else words.text("none")
        )

    def result(one: NoteOutcome) -> str:
        return ", ".join(sealed.number for sealed in one.sealed) or one.sentence

    return (
        Column(name=N_("Note"), width=170, text=lambda one: one.reference),
        Column(name=N_("Packages"), width=120, text=packages),
        Column(name=N_("Numbers in the register, or why there are none"), width=None, text=result),
    )
