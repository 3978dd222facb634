"""The quarantine: every package that waits, why, and those that would open now; checked anew, accepted or dropped."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.quarantine import Quarantined, drop, quarantined
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.quarantine.details import HeldDetails
from cloison.ui.quarantine.drop_bar import DropBar
from cloison.ui.quarantine.openable import Openable
from cloison.ui.two_lines import TwoLineList
from cloison.wording.arrivals import ready_text, wait_reason_text
from cloison.wording.dates import minute

_LIST: Final = 280


class QuarantinePage(FlowPage):
    """``check_asked`` carries packages somebody wants to have checked anew; ``changed``: fewer wait."""

    check_asked = Signal(tuple)
    changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Quarantine"), parent=parent)
        self._held: dict[str, Quarantined] = {}
        self._openable: set[str] = set()
        self._finder = Openable(clerk, parent=self)
        self._empty = PlainLabel(
            words.text("No package waits. One whose sender, policy or endorsement is missing here would."), role="muted"
        )
        self.list = TwoLineList(clerk.kit.theme, words.text("Packages that wait"))
        self.list.setFixedWidth(_LIST)
        self.details = HeldDetails(clerk)
        self.check = button(words.text("Check again"), role="primary")
        self.drop = button(words.text("Drop…"), role="quiet")
        self.bar = DropBar(clerk)
        self._place()
        self._connect()

    def arrive(self) -> None:
        """Read what waits; the focus on the first."""
        self.clerk.ask(self, quarantined, self._show_first, refused=self.refuse)

    def _show_first(self, found: tuple[Quarantined, ...]) -> None:
        self._show(found)
        if found:
            self.list.setFocus()

    def refresh(self) -> None:
        """Read it again, and look which would open."""
        self.clerk.ask(self, quarantined, self._show, refused=self.refuse)

    @property
    def picked(self) -> Quarantined | None:
        """The package whose row is the present one."""
        return self._held.get(str(self.list.present_id))

    def _show(self, found: tuple[Quarantined, ...]) -> None:
        self._held = {one.uid: one for one in found}
        self._openable &= self._held.keys()
        self._fill()
        self._finder.find(found)

    def _fill(self) -> None:
        present = self.picked
        words = self.clerk.words
        # A list that were empty in between would be hidden, and lose the focus to something far away.
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in self._held.values():
                about = wait_reason_text(one.reason, words)
                if one.uid in self._openable:
                    about = words.text("would open now")
                name = one.sender or words.text("Arrived {moment}", moment=minute(one.arrived, words))
                self.list.add(name, about, one.uid)
            if self._held:
                self.list.setCurrentRow(0)
            if present is not None:
                self.list.pick(present.uid)
        self._follow()

    def _found(self, uid: str) -> None:
        if uid in self._held:
            self._openable.add(uid)
            self._fill()
            self.say(ready_text(len(self._openable), self.clerk.words), Tone.PLAIN)

    def _follow(self) -> None:
        picked = self.picked
        is_any = picked is not None
        self._empty.setVisible(not self._held)
        for one in (self.list, self.details, self.check, self.drop):
            one.setVisible(is_any)
        self.bar.close_bar()
        if picked is not None:
            self.details.show_held(picked, is_openable=picked.uid in self._openable)

    def _check(self) -> None:
        if (picked := self.picked) is not None:
            self.check_asked.emit((picked,))

    def _drop(self) -> None:
        if (picked := self.picked) is not None:
            self.clerk.ask(
                self, lambda session: drop(session, picked.uid), lambda _: self._dropped(), refused=self.refuse
            )

    def _dropped(self) -> None:
        self.say(self.clerk.words.text("The package was dropped. Nothing of it is left here."), Tone.DONE)
        self.refresh()
        self.changed.emit()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._follow)
        self._finder.found.connect(self._found)
        self.check.clicked.connect(self._check)
        self.drop.clicked.connect(self.bar.open_bar)
        self.bar.confirmed.connect(self._drop)
        self.bar.closed.connect(self.list.setFocus)

    def _place(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(sizes.SPACE_4)
        right.addWidget(self.details)
        right.addWidget(self.bar)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(sizes.SPACE_5)
        columns.addWidget(self.list)
        columns.addLayout(right, 1)
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(columns, 1)
        self.footer.addWidget(self.drop)
        self.footer.addStretch(1)
        self.footer.addWidget(self.check)
