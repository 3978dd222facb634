"""The recipients to whom nothing can be sealed, each with the reason, what to do, and a way to leave them out."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from cloison.actions.dissemination_plan import Plan, Row
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.dissemination.verdicts import recovery_sentence
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import Catalogue
from cloison.wording.trust import remedy_text, trust_warning_text

_MOST: Final = 3


class RefusedBar(QFrame):
    """Hidden while everybody receives something and nothing is to be told; ``left_out`` carries a contact id."""

    left_out = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = clerk.words
        self.ways: list[QPushButton] = []
        self.sentences: list[PlainLabel] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(sizes.SPACE_3)
        self._grid.setVerticalSpacing(sizes.SPACE_1)
        self._grid.setColumnStretch(0, 1)
        self._others = PlainLabel(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_1)
        layout.addLayout(self._grid)
        layout.addWidget(self._others)
        self.hide()

    def show_plan(self, table: Plan | None) -> None:
        """Name those who are refused, then tell what else there is to tell; None: nobody was chosen."""
        self._empty()
        rows = () if table is None else table.rows
        refused = [row for row in rows if row.is_refused]
        for row in refused[:_MOST]:
            self._add(refusal_sentence(row, self._words), row)
        told = [trust_warning_text(one, row.contact.card.name, self._words) for row in rows for one in row.warnings]
        if table is not None and table.recovery is not None and (table.recovery.is_extra or table.recovery.problem):
            told.insert(0, recovery_sentence(table.recovery, self._words))
        for sentence in told[:_MOST]:
            self._add(sentence, None)
        others = max(0, len(refused) - _MOST)
        self._others.setText(self._words.plural("and {count} other", "and {count} others", others))
        self._others.setVisible(others > 0)
        self.setVisible(bool(refused or told))

    def _add(self, sentence: str, row: Row | None) -> None:
        line = PlainLabel(sentence)
        number = len(self.sentences)
        self.sentences.append(line)
        self._grid.addWidget(line, number, 0)
        if row is None:
            return
        way = button(self._words.text("Leave out"), role="quiet")
        way.setAccessibleName(self._words.text("Leave {name} out", name=row.contact.card.name))
        way.clicked.connect(partial(self.left_out.emit, row.contact.id))
        self.ways.append(way)
        self._grid.addWidget(way, number, 1, Qt.AlignmentFlag.AlignTop)

    def _empty(self) -> None:
        for gone in (*self.sentences, *self.ways):
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.sentences, self.ways = [], []


def refusal_sentence(row: Row, words: Catalogue) -> str:
    """Who is refused, why, and what to do."""
    if row.shortfall is not None:
        why = remedy_text(row.shortfall, words)
    elif any(one.needs_consent and one.decision.permitted for one in row.decisions):
        why = words.text("What they are cleared for came from another service, whose consent is not on record.")
    elif row.contact.standing.clearance is None:
        why = words.text("No clearance is established: take in a card that an authority endorsed.")
    else:
        why = words.text("Nothing of the note is theirs to read: the table says why, paragraph by paragraph.")
    return words.text("{name}: {why}", name=row.contact.card.name, why=why)
