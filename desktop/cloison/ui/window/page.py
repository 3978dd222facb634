"""The middle of the window: the editor over its foot, a page of another area, or what to do while no note is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.ui.window.empty_page import EmptyPage
from cloison.ui.window.foot import Foot


class Page(QFrame):
    """Shows one of the three; whatever is said stands at the bottom of it."""

    new_note_asked = Signal()
    import_asked = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """The page without a note."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._editor: QWidget | None = None
        self._guest: QWidget | None = None
        self._empty = EmptyPage(kit)
        self.notice = Notice(kit.theme)
        self.foot = Foot(kit)
        self._stack = QStackedWidget()
        self._stack.setProperty("role", "plain")
        self._stack.addWidget(self._empty)
        said = QVBoxLayout()
        said.setContentsMargins(sizes.SPACE_4, 0, sizes.SPACE_4, sizes.SPACE_2)
        said.addWidget(self.notice)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addLayout(said)
        layout.addWidget(self.foot)
        self._empty.new_note_asked.connect(self.new_note_asked)
        self._empty.import_asked.connect(self.import_asked)
        self._words = kit.words
        self.show_empty()

    @property
    def is_guest_shown(self) -> bool:
        """Whether a page of another area is shown."""
        return self._guest is not None

    @property
    def is_note_shown(self) -> bool:
        """Whether the editor is shown."""
        return self._editor is not None and self._stack.currentWidget() is self._editor

    @property
    def has_focus(self) -> bool:
        """Whether the focus is on something of it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def set_editor(self, editor: QWidget) -> None:
        """The widget a note is written in, once."""
        self._editor = editor
        self._stack.addWidget(editor)
        # What is added to a window comes last in the order of Tab, and the foot stands after the editor.
        self.foot.setParent(None)
        self._layout.addWidget(self.foot)

    def show_note(self) -> None:
        """Show the editor."""
        if self._editor is not None:
            self._show(self._editor)

    def show_empty(self) -> None:
        """Show that no note is open."""
        self._show(self._empty)

    def show_guest(self, guest: QWidget) -> None:
        """Show a page of another area; it is the caller's, and is let go when another is shown."""
        if guest is not self._guest:
            self._stack.addWidget(guest)
        self._show(guest)
        self._guest = guest

    def say(self, sentence: str, tone: Tone, undo: Callable[[], object] | None = None) -> None:
        """One sentence below what is shown, and how to take back what was done, where that is possible."""
        self.notice.say(sentence, tone)
        if undo is not None:
            self.notice.offer(self._words.text("Undo"), undo)

    def focus_editor(self) -> None:
        """Put the focus where the note is written."""
        if self.is_note_shown and self._editor is not None:
            self._editor.setFocus()

    def _show(self, shown: QWidget) -> None:
        before, self._guest = self._guest, None
        focused = QApplication.focusWidget()
        comes_back = before is not None and focused is not None and before.isAncestorOf(focused)
        self._stack.setCurrentWidget(shown)
        self.foot.setVisible(shown is self._editor)
        self.notice.clear()
        if before is not None and before is not shown:
            self._stack.removeWidget(before)
            before.hide()
            before.setParent(None)
        if comes_back:
            # Qt would choose the first button, which marks.
            self.focus_editor()
