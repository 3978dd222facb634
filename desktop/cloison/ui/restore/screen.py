"""A backup becomes a vault: which one, looked through first; as whom; into which new folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.actions.backup import KeptBackup, find_backups
from cloison.actions.session import Session
from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.controls import Field, button, put_in_the_middle, row
from cloison.ui.folder_field import FolderField
from cloison.ui.health.backup_list_view import BackupListView
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.new_folder import new_folder_fault
from cloison.ui.notice import Notice, Tone
from cloison.ui.outcome import Done, Failed, Outcome, Step
from cloison.ui.plain import PlainLabel
from cloison.ui.restore.attempt import EXPECTED, RestoreOrder, restoring
from cloison.ui.tasks import Where
from cloison.ui.unlock.opening import MemberWays, members_of
from cloison.ui.unlock.way import Way
from cloison.ui.unlock.way_fields import WayFields
from cloison.ui.working import Working
from cloison.vault.restoring import Inspection, inspect_backup
from cloison.wording.errors import sentence_for
from cloison.wording.health import inspection_text

_WIDTH = 640
_MEBIBYTE = 1024 * 1024
_KIBIBYTE = 1024
T = TypeVar("T")
Looked = tuple[Path, Inspection, tuple[MemberWays, ...]]


class RestoreScreen(QWidget):
    """``restored`` carries the session, the folder and whether the recovery code opened it; ``back_asked`` a wish."""

    restored = Signal(object, object, bool)
    back_asked = Signal()

    def __init__(self, kit: Kit, vaults: Path, *, parent: QWidget | None = None) -> None:
        """Propose a folder below ``vaults``."""
        super().__init__(parent)
        self._kit = kit
        self._vaults = vaults
        self._members: dict[str, tuple[Way, ...]] = {}
        self._task: Task | None = None
        self._goes_on = False
        words = kit.words
        self.source = FolderField(
            words, words.text("Folder of the backups"), advice=words.text("Where backups lie, or one of them.")
        )
        self.backups = BackupListView(kit)
        self.alias = ChoiceBox()
        self._who = Field(words.text("Who are you?"), self.alias)
        self.fields = WayFields(words, passphrase=words.text("Passphrase of that time"))
        self.target = QLineEdit()
        self._target_field = Field(words.text("Folder of the new vault"), self.target)
        self.notice = Notice(kit.theme)
        self.working = Working(words.text("Cancel"))
        self.go = button(words.text("Restore"), role="primary")
        self.back = button(words.text("Back"), role="quiet")
        self._place()
        self._connect()
        self._show_choice()

    def arrive(self) -> None:
        """Put the focus where a person begins."""
        self.source.line.setFocus()

    def _find(self) -> None:
        self._goes_on = False
        folder = self.source.given
        if folder is None:
            self.backups.show_no_folder()
            self._choose()
            return
        self._start_quietly(lambda task: find_backups(folder), self._show_backups)

    def _go_on(self) -> None:
        """Return in the first field leads to the next one: at once, or when the backup is looked through."""
        following = self._following()
        self._goes_on = following is None
        if following is not None:
            following.setFocus()
        elif self.source.line.text().strip():
            self.source.will_do()

    def _following(self) -> QWidget | None:
        if self.go.isEnabled():
            return self.fields if self._who.isHidden() else self.alias
        return None if self.backups.inspected is None else self.backups.list

    def _show_backups(self, found: tuple[KeptBackup, ...]) -> None:
        self.backups.show_backups(found)
        self._choose()

    def _choose(self) -> None:
        """The one that is chosen is looked through before anything can be made of it."""
        present = self.backups.present
        self._show_choice()
        if present is None or present.backup is None or self.backups.inspected is not None:
            return
        path = present.path
        self.working.start(self._kit.words.text("Reading every file of the backup…"))
        self._start_quietly(lambda task: (path, inspect_backup(path), members_of(path)), self._looked)

    def _looked(self, found: Looked) -> None:
        path, inspection, members = found
        self.working.stop()
        self._members = {one.alias: one.ways for one in members}
        with QSignalBlocker(self.alias):
            self.alias.clear()
            self.alias.addItems(list(self._members))
        self.target.setText(str(self._vaults / _proposed(inspection)))
        self.backups.show_inspection(path, inspection)
        if inspection.damaged:
            self.notice.say(inspection_text(inspection, self._kit.words), Tone.REFUSED)
        self._show_choice()
        self._offer_ways()
        if self._goes_on and self.window().focusWidget() is self.source.line:
            self._go_on()

    def _show_choice(self) -> None:
        found = self.backups.inspected
        is_whole = found is not None and not found.damaged
        for part in (self.fields, self.fields.others, self._target_field):
            part.setVisible(is_whole)
        self._who.setVisible(is_whole and len(self._members) > 1)
        self.go.setEnabled(is_whole)

    def _offer_ways(self) -> None:
        self.fields.offer(self._members.get(self.alias.currentText(), ()))

    def _start(self) -> None:
        present = self.backups.present
        if self._task is not None or present is None or not self.go.isEnabled() or not self.fields.is_filled:
            return
        target = Path(self.target.text().strip()).expanduser()
        fault = new_folder_fault(target, self._kit.words)
        if fault is not None:
            self._target_field.show_fault(fault)
            return
        typed = self.fields.typed()
        order = RestoreOrder(backup=present.path, target=target, alias=self.alias.currentText() or None, typed=typed)
        self._begin()
        self._task = self._kit.runner.start(
            Where.RECORDS,
            restoring(self._kit, order),
            owner=self,
            then=lambda outcome: self._after(outcome, order),
            expected=EXPECTED,
            progress=self._follow,
        )

    def _after(self, outcome: Outcome[Session], order: RestoreOrder) -> None:
        self._end()
        if isinstance(outcome, Done):
            self.fields.clear()
            self.restored.emit(outcome.value, order.target, order.typed.way is Way.RECOVERY)
        elif isinstance(outcome, Failed):
            self.notice.say(sentence_for(outcome.error, self._kit.words) or "", Tone.REFUSED)
            self.fields.clear()
            self.fields.present.setFocus()
        else:
            self.notice.say(self._kit.words.text("Given up: nothing is left of the new vault."), Tone.PLAIN)

    def _follow(self, step: Step) -> None:
        done, total = (round(count / _MEBIBYTE) for count in (step.done, step.total))
        text = self._kit.words.text("Copying: {done} of {total} MiB", done=done, total=total)
        self.working.follow(text, Step(done=step.done // _KIBIBYTE, total=step.total // _KIBIBYTE))

    def _give_up(self) -> None:
        if self._task is not None:
            self._kit.runner.cancel(self._task)

    def _begin(self) -> None:
        self.notice.clear()
        self._target_field.show_advice()
        self.working.start(self._kit.words.text("Restoring…"))
        self._set_enabled(is_enabled=False)

    def _end(self) -> None:
        self._task = None
        self.working.stop()
        self._set_enabled(is_enabled=True)

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for one in (self.source, self.backups, self.alias, self.fields, self.fields.others, self.target, self.go):
            one.setEnabled(is_enabled)
        self.back.setEnabled(is_enabled)

    def _start_quietly(self, work: Callable[[Task], T], then: Callable[[T], None]) -> None:
        """Do what only reads away from the records; what cannot be read is said."""

        def hear(outcome: Outcome[T]) -> None:
            if isinstance(outcome, Done):
                then(outcome.value)
            elif isinstance(outcome, Failed):
                self.working.stop()
                self.notice.say(sentence_for(outcome.error, self._kit.words) or "", Tone.REFUSED)

        self.notice.clear()
        self._kit.runner.start(Where.WORK, work, owner=self, then=hear, expected=EXPECTED)

    def _connect(self) -> None:
        self.source.line.textChanged.connect(self._find)
        self.source.line.returnPressed.connect(self._go_on)
        self.backups.chosen.connect(self._choose)
        self.alias.currentTextChanged.connect(self._offer_ways)
        self.fields.entered.connect(self._start)
        self.target.returnPressed.connect(self._start)
        self.go.clicked.connect(self._start)
        self.working.given_up.connect(self._give_up)
        self.back.clicked.connect(self.back_asked)

    def _place(self) -> None:
        put_in_the_middle(self, self._sheet())

    def _sheet(self) -> QFrame:
        words = self._kit.words
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        sheet.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(sizes.SPACE_6, sizes.SPACE_5, sizes.SPACE_6, sizes.SPACE_5)
        inside.setSpacing(sizes.SPACE_3)
        inside.addWidget(PlainLabel(words.text("Restore a backup"), role="title"))
        inside.addWidget(
            PlainLabel(
                words.text(
                    "A new vault is made of it, and the one you have is left as it is. What was written after the "
                    "backup is not in it. It begins a new life: its packages are numbered anew, and your readers are "
                    "told."
                ),
                role="muted",
            )
        )
        parts = (self.source, self.backups, self._who, self.fields, row(self.fields.others), self._target_field)
        for part in (*parts, self.working, self.notice):
            inside.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.go)
        inside.addLayout(foot)
        return sheet


def _proposed(found: Inspection) -> str:
    """A name for the folder: whose it is, and of which day."""
    return f"{found.members[0]} {found.backup.at:%Y-%m-%d}.cloison"
