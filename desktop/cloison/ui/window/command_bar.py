"""Everything that can be done, found by its name and done with Enter (Ctrl+K): a field over the window, and a list.

It is no dialog: nothing waits for it, a lock and a panic pass it by, and a press beside it lets it go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.chips import chips_of, mark_text
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.ui.window.on_screen import Shown
from cloison.vault.note_search import folded

_WIDTH: Final = 520
_HEIGHT: Final = 420
_DOWN: Final = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done now; ``detail`` is where it is else: a chord, or what kind of thing it is.

    ``shown``: the name is the title of a note, and worth that.
    """

    name: str
    detail: str
    act: Callable[[], object]
    shown: Shown | None = None


class CommandBar(QFrame):
    """Hidden until ``show_commands``; ``seen_changed`` carries what is on it and has a mark, as tuple of ``Shown``.

    ``typed`` carries what somebody types, where other things than commands may be found by it.
    """

    seen_changed = Signal(tuple)
    typed = Signal(str)

    def __init__(self, kit: Kit, policy: Policy, parent: QWidget) -> None:
        """Over ``parent``."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAccessibleName(kit.words.text("Commands"))
        self._commands: tuple[Command, ...] = ()
        self._found: tuple[Command, ...] = ()
        self._offered: list[Command] = []
        self._is_open = self._finds = False
        self._policy = policy
        self._over = parent
        self._before: QWidget | None = None
        self.field = QLineEdit()
        self._question = kit.words.text("What do you want to do?")
        self.list = TwoLineList(kit.theme, kit.words.text("Commands that fit"))
        self._no_command = kit.words.text("No command and no note fits.")
        self._no_answer = kit.words.text("Nothing fits.")
        self._nothing = PlainLabel(role="muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing)
        self.field.textChanged.connect(self._follow)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusObjectChanged.connect(self._follow_focus)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda item: self._do())
        self.list.itemClicked.connect(lambda item: self._do())
        parent.installEventFilter(self)
        self.hide()

    def show_commands(self, commands: Sequence[Command], *, question: str | None = None) -> None:
        """Offer these, with the focus in an empty field; ``question`` stands in it in place of the usual one."""
        asked = question or self._question
        self.field.setPlaceholderText(asked)
        self.field.setAccessibleName(asked)
        self._nothing.setText(self._no_command if question is None else self._no_answer)
        self._commands, self._found, self._finds = tuple(commands), (), question is None
        self._before = QApplication.focusWidget()
        self.field.clear()
        self._fit()
        self._place()
        self._is_open = True
        self.show()
        self.raise_()
        self.field.setFocus()

    def show_found(self, found: Sequence[Command]) -> None:
        """What was found beside commands by what is typed."""
        if self._is_open:
            self._found = tuple(found)
            self._fit()

    def leave(self) -> None:
        """Let go, the focus where it was before."""
        if not self._is_open:
            return
        self._is_open = False
        before, self._before = self._before, None
        # Before the bar goes, or Qt hands its focus on to whatever comes next.
        if before is not None and before.isVisible():
            before.setFocus()
        self.hide()
        self._commands = self._found = ()
        self.field.clear()
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The arrows move in the list while one types; the bar follows the window, and a press beside it closes it."""
        if watched is self._over:
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() == QEvent.Type.MouseButtonPress:
                self.leave()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _DOWN:
            QApplication.sendEvent(self.list, event)
            return True
        return False

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001, N802 - Qt's signature
        """Tab goes between the field and the list: behind the bar nobody sees where the focus is."""
        goes_down = self.field.hasFocus() and self.list.isVisible()
        (self.list if goes_down else self.field).setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter does what is chosen, Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
        else:
            super().keyPressEvent(event)

    def _follow(self, text: str) -> None:
        self._found = ()
        self._fit()
        if self._finds and self._is_open:
            self.typed.emit(text.strip())

    def _follow_focus(self, now: QObject | None) -> None:
        """Whoever goes on elsewhere in the window is done with it."""
        if self._is_open and isinstance(now, QWidget) and now is not self and not self.isAncestorOf(now):
            self._before = None
            self.leave()

    def _fit(self) -> None:
        """Those whose names hold every word that was typed, whatever its accents and capitals; then what was found."""
        words = folded(self.field.text()).split()
        fitting = (one for one in self._commands if all(word in folded(f"{one.name} {one.detail}") for word in words))
        self._offered = [*fitting, *self._found]
        self.list.clear()
        for number, one in enumerate(self._offered):
            self._add(number, one)
        self.seen_changed.emit(tuple(one.shown for one in self._offered if one.shown is not None))
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)

    def _add(self, number: int, one: Command) -> None:
        if one.shown is None:
            self.list.add(one.name, one.detail, number)
            return
        chips = chips_of(self._policy, one.shown.label, is_settled=one.shown.is_settled)
        told = mark_text(self._policy, one.shown.label, is_settled=one.shown.is_settled)
        self.list.add_with_chips(one.name, chips, told, one.detail, number)

    def _do(self) -> None:
        chosen = self.list.present_id
        if isinstance(chosen, int):
            act = self._offered[chosen].act
            self.leave()
            act()

    def _place(self) -> None:
        over = self._over
        width = min(_WIDTH, over.width() - 2 * sizes.SPACE_5)
        height = min(_HEIGHT, over.height() - 4 * sizes.SPACE_6)
        self.setGeometry((over.width() - width) // 2, 2 * sizes.SPACE_6, width, height)
