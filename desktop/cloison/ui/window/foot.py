"""The line below the note: when it was saved, which revision it is, and the way to the drawer where there is one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.icons import icon_before_words
from cloison.ui.kit import Kit
from cloison.ui.plain import TwoPartLabel
from cloison.wording.dates import day, time_of_day


class Foot(QFrame):
    """``drawer_asked`` and ``history_asked`` are its buttons, ``more_asked`` carries where a menu is to be."""

    drawer_asked = Signal()
    history_asked = Signal()
    more_asked = Signal(QPoint)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Nothing was saved yet."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._kit = kit
        self._saved = TwoPartLabel(role="muted")
        self.history = button(kit.words.text("History…"), role="quiet")
        self.history.clicked.connect(self.history_asked)
        self.more = button(kit.words.text("More…"), role="quiet")
        self.more.setAccessibleName(kit.words.text("More to do with this note"))
        self.more.clicked.connect(lambda: self.more_asked.emit(self.more.mapToGlobal(QPoint(0, 0))))
        self._drawer = button(kit.words.text("Label and dissemination"), role="quiet")
        self._drawer.setCheckable(True)
        self._drawer.clicked.connect(self.drawer_asked)
        self._drawer.hide()
        line = QHBoxLayout()
        # No margin above and below: in a narrow window the words at the left stand on two lines.
        self._saved.setMinimumHeight(sizes.TARGET + 2 * sizes.SPACE_1)
        line.setContentsMargins(sizes.SPACE_4, 0, sizes.SPACE_2, 0)
        line.setSpacing(sizes.SPACE_2)
        line.addWidget(self._saved, 1)
        line.addWidget(self.history)
        line.addWidget(self.more)
        line.addWidget(self._drawer)
        rule = QFrame()
        rule.setProperty("role", "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule)
        layout.addLayout(line)
        self.setFixedHeight(sizes.TARGET + 2 * sizes.SPACE_1 + 1)
        self._draw_icon()
        kit.theme.palette_changed.connect(self._draw_icon)

    def show_saved(self, at: datetime | None, *, revision: int | None) -> None:
        """Show when the words were last kept and the number of the last revision; None while there is none."""
        self._saved.setText(self._sentence(at, revision))

    def offer_drawer(self, *, is_offered: bool) -> None:
        """Show the button, or hide it where the inspector stands beside the page."""
        self._drawer.setVisible(is_offered)

    def show_drawer(self, *, is_open: bool) -> None:
        """Follow the drawer."""
        self._drawer.setChecked(is_open)
        self._draw_icon()

    def _sentence(self, at: datetime | None, revision: int | None) -> str:
        words = self._kit.words
        if at is None:
            return words.text("Not saved yet") if revision is None else self._numbered(revision)
        numbered = "" if revision is None else self._numbered(revision)
        if at.astimezone().date() == self._kit.clock().astimezone().date():
            time = time_of_day(at, words)
            if revision is None:
                return words.text("Draft kept at {time}", time=time)
            return words.text("Saved at {time} · {revision}", time=time, revision=numbered)
        on = day(at, words)
        if revision is None:
            return words.text("Draft kept on {day}", day=on)
        return words.text("Saved on {day} · {revision}", day=on, revision=numbered)

    def _numbered(self, revision: int) -> str:
        return self._kit.words.text("revision {number}", number=revision)

    def _draw_icon(self) -> None:
        name = "chevron-right" if self._drawer.isChecked() else "chevron-left"
        self._drawer.setIcon(icon_before_words(name, self._kit.theme.palette.accent))
        self.history.setIcon(icon_before_words("history", self._kit.theme.palette.accent))
