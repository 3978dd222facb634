"""One register of the open compartments – arrivals, dispatches or copies –, newest first, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cloison.actions.registers import Line, Verdict, lines, verify
from cloison.actions.session import Session
from cloison.registers.facts import Kind
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.line_table import LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.registers.columns import register_columns
from cloison.ui.registers.words import nothing_entered, register_name, verdict_sentence


class RegisterPage(FlowPage):
    """Shows the register ``kind``."""

    def __init__(self, clerk: Clerk, kind: Kind, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        super().__init__(clerk, register_name(kind, clerk.words), parent=parent)
        self._kind = kind
        self._model = LineModel(register_columns(clerk.policy, clerk.words), clerk.words, self)
        self._empty = PlainLabel(nothing_entered(kind, clerk.words), role="muted")
        self._empty.hide()
        self.table = line_table(clerk, self._model, register_name(kind, clerk.words))
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def arrive(self) -> None:
        """Read and verify the register; the focus on its first line."""
        self.refresh()
        self.table.setFocus()

    def offer(self, text: str, act: Callable[[], None]) -> None:
        """A button at the foot of the page."""
        made = button(text, role="primary")
        made.clicked.connect(act)
        self.footer.addStretch(1)
        self.footer.addWidget(made)

    def refresh(self) -> None:
        """Read and verify it again."""
        self.clerk.ask(self, self._read, self._show, refused=self.refuse)

    def _read(self, session: Session) -> tuple[tuple[Line, ...], tuple[Verdict, ...]]:
        verdicts = verify(session)
        is_whole = all(one.first_bad is None for one in verdicts)
        return (lines(session, self._kind) if is_whole else (), verdicts)

    def _show(self, found: tuple[tuple[Line, ...], tuple[Verdict, ...]]) -> None:
        entered, verdicts = found
        self._model.show_lines(tuple(reversed(entered)))
        self._empty.setVisible(not entered)
        self.table.setVisible(bool(entered))
        if entered:
            self.table.selectRow(0)
        is_whole = all(one.first_bad is None for one in verdicts)
        self.say(verdict_sentence(verdicts, self.clerk.words), Tone.DONE if is_whole else Tone.REFUSED)
