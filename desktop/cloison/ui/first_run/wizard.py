"""The first run itself: five pages, back and forth until the vault is made, forward from there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, put_in_the_middle
from cloison.ui.first_run.answers import Answers, Made, make
from cloison.ui.first_run.language_page import LanguagePage
from cloison.ui.first_run.page import Page
from cloison.ui.first_run.passphrase_page import PassphrasePage
from cloison.ui.first_run.person_page import PersonPage
from cloison.ui.first_run.policy_page import PolicyPage
from cloison.ui.first_run.recovery_page import RecoveryPage
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.ui.outcome import Done, Failed, Outcome
from cloison.ui.plain import PlainLabel
from cloison.ui.tasks import Where
from cloison.ui.working import Working

if TYPE_CHECKING:
    from cloison_crypto.argon2 import Argon2Cost

PAGES = 5
_WIDTH = 640
_LEAST_HEIGHT = 600


class FirstRun(QWidget):
    """``made`` tells of the vault as soon as it exists, ``finished`` when the recovery code was typed back."""

    language_chosen = Signal(str)
    other_vault_asked = Signal()
    restore_asked = Signal()
    made = Signal(object)
    finished = Signal(object)

    def __init__(
        self, kit: Kit, vaults: Path, *, cost: Argon2Cost | None = None, parent: QWidget | None = None
    ) -> None:
        """``cost`` is the work factor of the passphrase; None measures this machine."""
        super().__init__(parent)
        self._kit = kit
        self._cost = cost
        self._made: Made | None = None
        self._language = LanguagePage(kit)
        self._policy = PolicyPage(kit)
        self._person = PersonPage(kit, vaults)
        self._passphrase = PassphrasePage(kit, self._known_names)
        self._pages = QStackedWidget()
        self._pages.setProperty("role", "plain")
        self._step = PlainLabel(role="section")
        self._notice = Notice(kit.theme)
        self._working = Working()
        self._back = button(kit.words.text("Back"), role="quiet")
        self._other = button(kit.words.text("Open a vault that exists…"), role="quiet")
        self._restore = button(kit.words.text("Restore a backup…"), role="quiet")
        self._next = button(kit.words.text("Continue"), role="primary")
        for page in (self._language, self._policy, self._person, self._passphrase):
            self._add(page)
        self._place()
        self._language.language_chosen.connect(self.language_chosen)
        self._next.clicked.connect(self._advance)
        self._back.clicked.connect(lambda: self._go(self._pages.currentIndex() - 1))
        self._other.clicked.connect(self.other_vault_asked)
        self._restore.clicked.connect(self.restore_asked)
        self._go(0)

    def _advance(self) -> None:
        page = self._page(self._pages.currentIndex())
        if not self._next.isEnabled() or not page.will_do():
            return
        if isinstance(page, RecoveryPage):
            self.finished.emit(self._made)
        elif page is self._passphrase:
            self._start_making()
        else:
            self._go(self._pages.currentIndex() + 1)

    def _go(self, index: int) -> None:
        words = self._kit.words
        self._notice.clear()
        self._pages.setCurrentIndex(index)
        self._step.setText(words.text("STEP {number} OF {total}", number=index + 1, total=PAGES))
        self._back.setVisible(index > 0 and self._made is None)
        for one in (self._other, self._restore):
            one.setVisible(index == 0)
        labels = {PAGES - 2: words.text("Create the vault"), PAGES - 1: words.text("Finish")}
        self._next.setText(labels.get(index, words.text("Continue")))
        self._next.setAccessibleName(self._next.text())
        self._page(index).arrive()

    def _start_making(self) -> None:
        self._notice.clear()
        self._set_enabled(is_enabled=False)
        if self._cost is not None:
            self._make(self._cost)
            return
        self._working.start(self._kit.words.text("Measuring how fast this machine is…"))
        self._kit.runner.start(Where.WORK, lambda task: measure(time.perf_counter), owner=self, then=self._measured)

    def _measured(self, outcome: Outcome[Argon2Cost]) -> None:
        if isinstance(outcome, Done):
            self._make(outcome.value)

    def _make(self, cost: Argon2Cost) -> None:
        from cloison.directory.errors import DirectoryError
        from cloison.vault.errors import VaultError

        self._working.start(self._kit.words.text("Making your keys and the vault…"))
        self._kit.runner.start(
            Where.RECORDS,
            make(self._kit, self._answers(), cost),
            owner=self,
            then=self._after_making,
            expected=(VaultError, DirectoryError),
        )

    def _after_making(self, outcome: Outcome[Made]) -> None:
        from cloison.wording.errors import sentence_for

        self._working.stop()
        self._set_enabled(is_enabled=True)
        if isinstance(outcome, Failed):
            self._notice.say(sentence_for(outcome.error, self._kit.words) or "", Tone.REFUSED)
        elif isinstance(outcome, Done):
            self._passphrase.clear()
            self._made = outcome.value
            self.made.emit(outcome.value)
            self._add(RecoveryPage(self._kit, outcome.value.recovery_code))
            self._go(PAGES - 1)

    def _answers(self) -> Answers:
        return Answers(
            purpose=self._person.purpose,
            name=self._person.name,
            folder=self._person.folder,
            compartment=self._person.compartment,
            authority=self._policy.authority,
            passphrase=self._passphrase.passphrase,
        )

    def _known_names(self) -> tuple[str, ...]:
        return (self._person.name, self._person.compartment, self._person.folder.name, "cloison")

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for one in (self._pages, self._back, self._next):
            one.setEnabled(is_enabled)

    def _page(self, index: int) -> Page:
        page = self._pages.widget(index)
        if not isinstance(page, Page):
            raise TypeError(type(page))
        return page

    def _add(self, page: Page) -> None:
        page.advanced.connect(self._advance)
        self._pages.addWidget(page)

    def _place(self) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        sheet.setFixedWidth(_WIDTH)
        sheet.setMinimumHeight(_LEAST_HEIGHT)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(sizes.SPACE_6, sizes.SPACE_5, sizes.SPACE_6, sizes.SPACE_5)
        inside.setSpacing(sizes.SPACE_3)
        inside.addWidget(self._step)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._working)
        inside.addWidget(self._notice)
        inside.addLayout(self._footer())
        put_in_the_middle(self, sheet)

    def _footer(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(sizes.SPACE_2)
        line.addWidget(self._back)
        line.addWidget(self._other)
        line.addWidget(self._restore)
        line.addStretch(1)
        line.addWidget(self._next)
        return line


def measure(seconds: Callable[[], float]) -> Argon2Cost:
    """The cost that takes about a second on this machine."""
    from cloison_crypto.argon2 import calibrate

    return calibrate(seconds)
