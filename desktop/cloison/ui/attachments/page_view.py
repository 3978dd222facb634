"""Pages seen one at a time: which one, how large, and a sentence where there is none to be seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from cloison.notes.pages import MOST_WIDTH, Page
from cloison.ui import sizes
from cloison.ui.attachments.page_area import PageArea
from cloison.ui.controls import button
from cloison.ui.icons import icon
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel, tooltip
from cloison.ui.tab_order import put_after

ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""In widths of the view, or of a picture that is narrower."""

_WHOLE: Final = ZOOMS.index(1.0)
_SETTLE_MS: Final = 150


class PageView(QWidget):
    """``wanted`` carries the number of a page, from 0, and how many pixels wide it is to be."""

    wanted = Signal(int, int)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Nothing to be seen."""
        super().__init__(parent)
        words = self._words = kit.words
        self._theme = kit.theme
        self._number, self._count, self._zoom = 0, 0, _WHOLE
        self._natural: float | None = None
        self.area = PageArea(words.text("Page of the attachment"))
        self.sentence = PlainLabel(role="muted")
        self.previous = button("", role="tool")
        self.next = button("", role="tool")
        self.smaller = button("−", role="tool")
        self.larger = button("+", role="tool")
        self.place = PlainLabel()
        self.zoom = PlainLabel(role="muted")
        self._controls = QWidget()
        self._stack = QStackedWidget()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._name()
        self._place()
        self._connect()
        self.clear()

    @property
    def number(self) -> int:
        """The page that is seen, or asked for, from 0."""
        return self._number

    def begin(self) -> None:
        """Another file: its first page is wanted."""
        self.clear()
        self.say(self._words.text("Opening…"))
        self._ask()

    def show_page(self, page: Page) -> None:
        """Show what was wanted last."""
        is_first = self._stack.currentWidget() is not self.area
        asked = self._pixels
        if self._natural is None and page.size.width < asked:
            self._natural = page.size.width / self.devicePixelRatioF()
        self._count = page.size.count
        self._stack.setCurrentWidget(self.area)
        self.area.show_page(page, across=self._across)
        self._follow()
        if is_first:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.area, self.place.text()))

    def say(self, sentence: str) -> None:
        """A sentence in place of a page."""
        self.area.forget()
        self.sentence.setText(sentence)
        self._stack.setCurrentIndex(0)
        self._follow()

    def clear(self) -> None:
        """Keep nothing of what was seen."""
        self._settle.stop()
        self._number, self._count, self._zoom, self._natural = 0, 0, _WHOLE, None
        self.say("")

    def turn(self, step: int) -> None:
        """Go that many pages on, or back."""
        number = min(max(0, self._number + step), max(0, self._count - 1))
        if number != self._number:
            self._number, self._natural = number, None
            self.area.go_to_top()
            self._ask()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.area, self.place.text()))

    def zoom_by(self, step: int) -> None:
        """Larger or smaller; 0 is the width of the view again."""
        zoom = min(max(0, self._zoom + step), len(ZOOMS) - 1) if step else _WHOLE
        if zoom != self._zoom and self._count:
            self._zoom = zoom
            self.area.scale_to(self._across)
            self._ask()

    @property
    def _across(self) -> int:
        """How wide the page is seen."""
        whole = self.area.room if self._natural is None else min(self.area.room, self._natural)
        return max(1, round(whole * ZOOMS[self._zoom]))

    @property
    def _pixels(self) -> int:
        return min(MOST_WIDTH, max(1, round(self._across * self.devicePixelRatioF())))

    def _ask(self) -> None:
        self._follow()
        self.wanted.emit(self._number, self._pixels)

    def _resized(self) -> None:
        if self._count:
            self.area.scale_to(self._across)
            self._settle.start()

    def _follow(self) -> None:
        words, has_pages = self._words, self._count > 0
        place = words.text("Page {number} of {total}", number=self._number + 1, total=self._count)
        self._controls.setVisible(has_pages)
        self.place.setText(place if has_pages else "")
        self.area.setAccessibleDescription(self.place.text())
        zoom = words.text("{share} %", share=round(100 * ZOOMS[self._zoom]))
        self.zoom.setText(zoom if has_pages else "")
        self.previous.setEnabled(has_pages and self._number > 0)
        self.next.setEnabled(has_pages and self._number + 1 < self._count)
        self.smaller.setEnabled(has_pages and self._zoom > 0)
        self.larger.setEnabled(has_pages and self._zoom + 1 < len(ZOOMS))

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.zoom_by(1))
        self.area.turned.connect(self.turn)
        self.area.resized.connect(self._resized)
        self._settle.timeout.connect(self._ask)
        for chord, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            QShortcut(QKeySequence(chord), self).activated.connect(lambda step=step: self.zoom_by(step))
        self._theme.palette_changed.connect(self._draw_icons)

    def _name(self) -> None:
        words = self._words
        names: tuple[tuple[QPushButton, str], ...] = (
            (self.previous, words.text("Previous page (Page Up)")),
            (self.next, words.text("Next page (Page Down)")),
            (self.smaller, words.text("Smaller (Ctrl+-)")),
            (self.larger, words.text("Larger (Ctrl++)")),
        )
        for one, name in names:
            one.setAccessibleName(name)
            one.setToolTip(tooltip(name))
            one.setFixedSize(sizes.TARGET, sizes.TARGET)
        self.place.setWordWrap(False)
        self.zoom.setWordWrap(False)
        self._draw_icons()

    def _draw_icons(self) -> None:
        colour = self._theme.palette.text
        self.previous.setIcon(icon("chevron-left", colour))
        self.next.setIcon(icon("chevron-right", colour))

    def _place(self) -> None:
        line = QHBoxLayout(self._controls)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(sizes.SPACE_2)
        for one in (self.previous, self.place, self.next):
            line.addWidget(one)
        line.addStretch(1)
        for one in (self.smaller, self.zoom, self.larger):
            line.addWidget(one)
        said = QWidget()
        inside = QVBoxLayout(said)
        inside.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, 0)
        inside.addWidget(self.sentence)
        inside.addStretch(1)
        self._stack.addWidget(said)
        self._stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._controls)
        layout.addWidget(self._stack, 1)
        put_after(self.previous, (self.next, self.smaller, self.larger, self.area))
