"""The health of the vault: each thing in a sentence with what to do, every page looked through on request, backups."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.check_vault import VaultCheck
from cloison.actions.health import HealthLine, health, look_through
from cloison.actions.session import Session
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row, rule
from cloison.ui.directory.warnings_view import WarningsView
from cloison.ui.flow_page import FlowPage
from cloison.ui.health.backup_view import BackupView
from cloison.ui.health.finding_bar import FindingBar
from cloison.ui.health.lines_view import LinesView
from cloison.ui.lane import Task
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.working import Working
from cloison.wording.health import check_sentences, sound_text

_WIDTH = 720


class HealthPage(FlowPage):
    """``folder_used`` carries where a backup was written."""

    folder_used = Signal(object)

    def __init__(self, clerk: Clerk, *, folder: Path | None, parent: QWidget | None = None) -> None:
        """Empty until it is shown; ``folder`` is where backups of this session went."""
        words = clerk.words
        super().__init__(clerk, words.text("Health"), parent=parent)
        self._looking: Task | None = None
        self._is_leaving = False
        self.lines = LinesView(clerk)
        self.found = WarningsView(clerk.kit.theme)
        self.finding = FindingBar(clerk)
        self.look = button(words.text("Look every page through"))
        self.working = Working(words.text("Cancel"))
        self.backup = BackupView(clerk, folder=folder)
        self._place()
        self.look.clicked.connect(self._look_through)
        self.working.given_up.connect(self._give_up_looking)
        self.finding.accepted.connect(self._accepted)
        self.finding.refused.connect(self.refuse)
        self.backup.made.connect(self._backed_up)
        self.backup.refused.connect(self.refuse)
        self.backup.ended.connect(self._leave_at_last)

    def arrive(self) -> None:
        """Read how the vault is; the focus on what looks further."""
        self.look.setFocus()
        self._refresh()

    def leave(self) -> None:
        """What is being looked through is given up; a backup is given up and tidied away first."""
        self._give_up_looking()
        if self.backup.is_at_work:
            self._is_leaving = True
            self.backup.give_up()
        else:
            self.left.emit()

    def _leave_at_last(self) -> None:
        if self._is_leaving:
            self.left.emit()

    def _refresh(self) -> None:
        self.clerk.ask(self, health, self._show, refused=self.refuse)

    def _show(self, lines: tuple[HealthLine, ...]) -> None:
        self.lines.show_lines(lines)
        self.finding.show_findings(one.problem for one in lines if one.problem is not None)

    def _accepted(self, sentence: str) -> None:
        self.say(sentence, Tone.DONE)
        self._refresh()

    def _backed_up(self, sentence: str) -> None:
        self.say(sentence, Tone.DONE)
        self.folder_used.emit(self.backup.folder)
        self._refresh()

    def _look_through(self) -> None:
        words = self.clerk.words
        self.look.setEnabled(False)
        self.notice.clear()
        self.working.start(words.text("Looking every page through…"))

        def act(session: Session, task: Task) -> Generator[None, None, VaultCheck]:
            return look_through(session)

        self._looking = self.clerk.ask_in_slices(self, act, self._looked, refused=self._looked_not)

    def _give_up_looking(self) -> None:
        if self._looking is not None:
            self.clerk.drop(self._looking)
            self._end_looking()

    def _looked(self, found: VaultCheck) -> None:
        words = self.clerk.words
        self._end_looking()
        self.found.show_warnings(check_sentences(found, words))
        if found.is_sound:
            self.say(sound_text(found, words), Tone.DONE)
        else:
            self.refuse(words.text("Something is amiss: what was found stands above, with what to do."))

    def _looked_not(self, sentence: str) -> None:
        self._end_looking()
        self.refuse(sentence)

    def _end_looking(self) -> None:
        self._looking = None
        self.working.stop()
        self.look.setEnabled(True)

    def _place(self) -> None:
        words = self.clerk.words
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        parts = (
            self.lines,
            self.finding,
            self.found,
            self.working,
            row(self.look),
            rule(),
            PlainLabel(words.text("Backups"), role="heading"),
            self.backup,
        )
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        self.body.addWidget(at_most(_WIDTH, holder))
        self.body.addStretch(1)
