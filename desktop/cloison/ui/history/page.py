"""The history of one note: its revisions, what the chosen one changed, and restoring it.

Restoring asks nothing, since it takes nothing away: it adds a revision, and no mark falls by it (see
``notes.restoring``); what is worth more than it was then is named.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.note_history import Comparison, RevisionLine, compare_revisions, list_revisions
from cloison.actions.restore_note import Restored, restore_revision
from cloison.notes.note import Note
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.flow_page import FlowPage
from cloison.ui.history.columns import revision_columns
from cloison.ui.history.comparison_view import ComparisonView
from cloison.ui.line_table import LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.plain import visible
from cloison.wording.dates import minute
from cloison.wording.portions import numbered

_MOST_ROWS: Final = 6


class HistoryPage(FlowPage):
    """``restored`` carries the uid of the note, which has one more revision."""

    restored = Signal(str)

    def __init__(self, clerk: Clerk, note: Note, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown; a note that was received is looked at and not restored."""
        super().__init__(clerk, clerk.words.text("History of the note"), parent=parent)
        self._uid = note.uid
        self._is_writable = note.title.origin is None
        self._model = LineModel(revision_columns(clerk.policy, clerk.words), clerk.words, self)
        self.table = line_table(clerk, self._model, clerk.words.text("Revisions"))
        self.compared = ChoiceBox()
        self.view = ComparisonView(clerk)
        self.restore = button(clerk.words.text("Restore this revision"), role="primary")
        self.restore.setEnabled(False)
        self.body.addWidget(self.table)
        self.body.addWidget(Field(clerk.words.text("Compared with"), self.compared))
        self.body.addWidget(self.view, 1)
        self.footer.addStretch(1)
        self.footer.addWidget(self.restore)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.compared.activated.connect(self._compare)
        self.restore.clicked.connect(self._restore)

    def arrive(self) -> None:
        """Read the history; the focus on the latest revision."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read it again."""
        uid = self._uid
        self.clerk.ask(self, lambda session: list_revisions(session, uid), self._show, refused=self.refuse)

    @property
    def chosen(self) -> RevisionLine | None:
        """The revision that is looked at."""
        row = self.table.currentIndex().row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    def _show(self, lines: tuple[RevisionLine, ...]) -> None:
        self._model.show_lines(lines)
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(row * min(len(lines), _MOST_ROWS) + self.table.horizontalHeader().height() + 2)
        self.compared.clear()
        for line in lines:
            named = self.clerk.words.text(
                "Revision {number}, {when}", number=line.number, when=minute(line.at, self.clerk.words)
            )
            self.compared.addItem(visible(named), line.number)
        self.table.selectRow(0)

    def _chosen(self) -> None:
        """Compare the chosen one with the one before it; the first is shown as it is."""
        line = self.chosen
        if line is None:
            return
        self.compared.setCurrentIndex(self.compared.findData(max(1, line.number - 1)))
        self.restore.setEnabled(self._is_writable and line.number < self._model.lines[0].number)
        self._compare()

    def _compare(self) -> None:
        line, other = self.chosen, self.compared.currentData()
        if line is None or other is None:
            return
        uid, earlier, later = self._uid, min(line.number, other), max(line.number, other)
        self.clerk.ask(
            self,
            lambda session: compare_revisions(session, uid, earlier=earlier, later=later),
            self._show_comparison,
            refused=self.refuse,
        )

    def _show_comparison(self, found: Comparison) -> None:
        self.show_label(found.label, is_settled=found.is_settled)
        self.view.show_portions(found.portions)

    def _restore(self) -> None:
        line, uid = self.chosen, self._uid
        if line is None:
            return
        self.restore.setEnabled(False)
        number = line.number
        self.clerk.ask(
            self,
            lambda session: restore_revision(session, uid, number),
            lambda made: self._restored(number, made),
            refused=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.restore.setEnabled(True)
        self.refuse(sentence)

    def _restored(self, number: int, made: Restored) -> None:
        words = self.clerk.words
        sentence = words.text(
            "Revision {number} is restored as revision {made}; nothing was lost.", number=number, made=made.revision
        )
        if made.kept_high:
            paragraphs = numbered(made.kept_high, words)
            kept = words.text("Marks that rose since stay: {paragraphs}.", paragraphs=paragraphs)
            sentence = f"{sentence} {kept}"
        self.say(sentence, Tone.BEWARE if made.kept_high else Tone.DONE)
        self.restored.emit(self._uid)
        self.refresh()
