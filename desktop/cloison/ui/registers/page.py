"""One register of the open compartments – arrivals, dispatches or copies –, newest first, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cloison.actions.dispatches import DispatchLine, DispatchState, list_dispatches
from cloison.actions.registers import Line, Verdict, lines, verify
from cloison.actions.session import Session
from cloison.registers.facts import Dispatch, DispatchEvent, Kind
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.line_table import LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.registers.columns import register_columns
from cloison.ui.registers.words import nothing_entered, register_name, verdict_sentence, waiting_sentence
from cloison.wording.receipts import dispatch_state_text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    entered: tuple[Line, ...]
    verdicts: tuple[Verdict, ...]
    dispatches: tuple[DispatchLine, ...] = ()


class RegisterPage(FlowPage):
    """Shows the register ``kind``."""

    def __init__(self, clerk: Clerk, kind: Kind, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        super().__init__(clerk, register_name(kind, clerk.words), parent=parent)
        self._kind = kind
        self._dispatches: dict[str, DispatchLine] = {}
        columns = register_columns(clerk.policy, clerk.words, self._state)
        self._model = LineModel(columns, clerk.words, self)
        self.waiting = PlainLabel(role="warn")
        self.waiting.hide()
        self._empty = PlainLabel(nothing_entered(kind, clerk.words), role="muted")
        self._empty.hide()
        self.table = line_table(clerk, self._model, register_name(kind, clerk.words))
        self.body.addWidget(self.waiting)
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

    def offer_for_line(self, text: str, act: Callable[[Line], None], is_for: Callable[[Line], bool]) -> None:
        """A button at the foot of the page for the line one is in, where that is one it is for."""
        made = button(text)
        self.footer.addWidget(made)

        def present() -> Line | None:
            row = self.table.currentIndex().row()
            line = self._model.lines[row] if 0 <= row < len(self._model.lines) else None
            return line if line is not None and is_for(line) else None

        def press() -> None:
            if (line := present()) is not None:
                act(line)

        made.clicked.connect(press)
        self.table.selectionModel().currentRowChanged.connect(lambda: made.setEnabled(present() is not None))
        made.setEnabled(False)

    def refresh(self) -> None:
        """Read and verify it again."""
        self.clerk.ask(self, self._read, self._show, refused=self.refuse)

    def _read(self, session: Session) -> _Read:
        verdicts = verify(session)
        if not all(one.first_bad is None for one in verdicts):
            return _Read(entered=(), verdicts=verdicts)
        return _Read(
            entered=lines(session, self._kind),
            verdicts=verdicts,
            dispatches=list_dispatches(session) if self._kind is Kind.DISPATCH else (),
        )

    def _state(self, line: Line) -> str:
        """What has become of a package that left, where something has, or should have."""
        facts = line.entry.facts
        dispatch = self._dispatches.get(line.entry.number)
        if dispatch is None or not isinstance(facts, Dispatch) or facts.event is not DispatchEvent.SEALED:
            return ""
        is_quiet = dispatch.state in (DispatchState.SENT, DispatchState.VOID)
        return "" if is_quiet else dispatch_state_text(dispatch.state, self.clerk.words)

    def _show(self, found: _Read) -> None:
        entered, verdicts = found.entered, found.verdicts
        self._dispatches = {one.number: one for one in found.dispatches}
        waiting = [one.number for one in found.dispatches if one.state is DispatchState.WAITING]
        self.waiting.setVisible(bool(waiting))
        self.waiting.setText(waiting_sentence(waiting, self.clerk.words) if waiting else "")
        self._model.show_lines(tuple(reversed(entered)))
        self._empty.setVisible(not entered)
        self.table.setVisible(bool(entered))
        if entered:
            self.table.selectRow(0)
        is_whole = all(one.first_bad is None for one in verdicts)
        self.say(verdict_sentence(verdicts, self.clerk.words), Tone.DONE if is_whole else Tone.REFUSED)
