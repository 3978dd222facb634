"""Requirements: what readers asked, those that wait first; each is answered with a note or closed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from cloison.actions.requirements import Requirement, answer_requirement, close_requirement
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.line_table import LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.requirements.act_bar import ActBar
from cloison.ui.requirements.columns import requirement_columns
from cloison.ui.requirements.details import RequirementDetails
from cloison.ui.requirements.reading import Asked, read_requirements
from cloison.ui.window.on_screen import Shown, together

_LEAST_TABLE: Final = 100


class RequirementsPage(FlowPage):
    """``note_asked`` carries the uid of a note somebody wants to read; ``changed``: fewer wait."""

    note_asked = Signal(str)
    changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Requirements"), parent=parent)
        self._asked: tuple[Asked, ...] = ()
        self._model = LineModel(requirement_columns(clerk.policy, words), words, self)
        self.table = line_table(clerk, self._model, words.text("Requirements"))
        self.table.setMinimumHeight(_LEAST_TABLE)
        # It takes what is left and asks for nothing, or the bar below would lie out of sight in a low window.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._empty = PlainLabel(
            words.text("Nobody has asked anything yet. Questions in the receipts of your readers come here."),
            role="muted",
        )
        self.details = RequirementDetails(clerk)
        self.bar = ActBar(clerk)
        self.answer = button(words.text("Answer with a note…"))
        self.close_it = button(words.text("Close without an answer…"))
        self.open = button(words.text("Read the note"), role="quiet")
        self._place()
        self._connect()

    def arrive(self) -> None:
        """Read them; the focus on the first."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read them again."""
        self.clerk.ask(self, read_requirements, self._show, refused=self.refuse)

    @property
    def picked(self) -> Asked | None:
        """The requirement whose line is the present one."""
        row = self.table.currentIndex().row()
        return self._asked[row] if 0 <= row < len(self._asked) else None

    def _show(self, found: tuple[Asked, ...]) -> None:
        present = self.picked
        self._asked = found
        self._model.show_lines([one.requirement for one in found])
        ids = [one.requirement.id for one in found]
        if found:
            self.table.selectRow(
                0 if present is None or present.requirement.id not in ids else ids.index(present.requirement.id)
            )
        self._follow()

    def _follow(self) -> None:
        picked = self.picked
        self.bar.close_bar()
        self._empty.setVisible(not self._asked)
        for one in (self.table, self.details, self.answer, self.close_it, self.open):
            one.setVisible(bool(self._asked))
        if picked is not None:
            self.details.show_asked(picked)
        self.close_it.setEnabled(picked is not None and picked.requirement.is_open)
        self._show_highest()

    def _show_highest(self) -> None:
        shown = [Shown(label=one.requirement.label, is_settled=True) for one in self._asked]
        highest = together(self.clerk.policy, (*shown, *self.bar.picker.seen), created=self.clerk.session.now())
        self.show_label(None if highest is None else highest.label, is_settled=highest is None or highest.is_settled)

    def _answer(self, note_uid: str) -> None:
        self._act(
            lambda session, one: answer_requirement(session, one.id, note_uid),
            lambda done: self.clerk.words.text("The requirement of {name} is answered.", name=done.sender),
        )

    def _close(self, reason: str) -> None:
        self._act(
            lambda session, one: close_requirement(session, one.id, reason=reason),
            lambda done: self.clerk.words.text("The requirement of {name} is closed.", name=done.sender),
        )

    def _act(self, act: Callable[[Session, Requirement], Requirement], sentence: Callable[[Requirement], str]) -> None:
        picked = self.picked
        if picked is None:
            return

        def tell(done: Requirement) -> None:
            self.say(sentence(done), Tone.DONE)
            self.refresh()
            self.table.setFocus()
            self.changed.emit()

        self.clerk.ask(self, lambda session: act(session, picked.requirement), tell, refused=self.refuse)

    def _read_note(self) -> None:
        if (picked := self.picked) is not None:
            self.note_asked.emit(picked.requirement.note_uid)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.answer.clicked.connect(self.bar.open_answer)
        self.close_it.clicked.connect(self.bar.open_closing)
        self.open.clicked.connect(self._read_note)
        self.bar.answered.connect(self._answer)
        self.bar.closed_with.connect(self._close)
        self.bar.left.connect(self.table.setFocus)
        self.bar.picker.seen_changed.connect(self._show_highest)
        self.bar.picker.refused.connect(self.refuse)

    def _place(self) -> None:
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.details)
        self.body.addWidget(self.bar)
        self.body.addStretch(0)
        self.footer.addWidget(self.open)
        self.footer.addStretch(1)
        self.footer.addWidget(self.close_it)
        self.footer.addWidget(self.answer)
