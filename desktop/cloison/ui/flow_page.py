"""A page for one thing a person does – seal, receive, print, keep the directory – beside the rail, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.labels.label import Label
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.icons import icon
from cloison.ui.notice import Notice, Tone
from cloison.ui.plain import OneLineLabel
from cloison.ui.process import application
from cloison.ui.tall_area import TallArea


class FlowPage(QWidget):
    """``back_asked`` is a person's wish to leave; ``left`` is the page's answer to ``leave``, once it has tidied up.

    ``label_shown`` tells the strips what is on the page, and whether all of it is marked.
    """

    back_asked = Signal()
    left = Signal()
    label_shown = Signal(object, bool)

    def __init__(self, clerk: Clerk, title: str, *, parent: QWidget | None = None) -> None:
        """An empty page: fill ``body`` and ``footer``."""
        super().__init__(parent)
        self.clerk = clerk
        self.shown_label: Label | None = None
        self.is_settled = True
        self.setObjectName(type(self).__name__)
        self.setAccessibleName(title)
        self.heading = OneLineLabel(title, role="title")
        self.notice = Notice(clerk.kit.theme)
        self.body = QVBoxLayout()
        self.body.setSpacing(sizes.SPACE_4)
        self.footer = QHBoxLayout()
        self.footer.setSpacing(sizes.SPACE_2)
        self._back = button(clerk.words.text("Back"), role="quiet")
        self._back.clicked.connect(self.back_asked)
        self._frame()
        self._draw_icon()
        clerk.kit.theme.palette_changed.connect(self._draw_icon)
        application().focusChanged.connect(self._keep_focus)

    def arrive(self) -> None:
        """Put the focus where a person begins."""
        self._back.setFocus()

    def leave(self) -> None:
        """Let go; a page that must tidy up first does so here, one that cannot now says so."""
        self.left.emit()

    def say(self, sentence: str, tone: Tone = Tone.REFUSED) -> None:
        """One sentence, at the foot of the page."""
        self.notice.say(sentence, tone)

    def refuse(self, sentence: str) -> None:
        """What could not be done, and why."""
        self.notice.say(sentence, Tone.REFUSED)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part of the body."""
        self._area.ensureWidgetVisible(part, 0, sizes.SPACE_6)

    def settle(self) -> None:
        """Much of the body is another: give each part the height it now needs."""
        self._area.settle()

    def show_label(self, label: Label | None, *, is_settled: bool = True) -> None:
        """Tell the strips the highest mark of what is on the page now."""
        self.shown_label, self.is_settled = label, is_settled
        self.label_shown.emit(label, is_settled)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _keep_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Where what had the focus is shown or enabled no longer, Qt may hand it on to the rail: it stays here."""
        if before is None or now is None or not self.isVisible() or self.isAncestorOf(now):
            return
        if self.isAncestorOf(before) and not (before.isVisible() and before.isEnabled()):
            self._nearest(before).setFocus()

    def _nearest(self, gone: QWidget) -> QWidget:
        """What comes before ``gone`` in the order of Tab and can have the focus."""
        one = gone.previousInFocusChain()
        while one is not None and one is not gone:
            is_stop = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if is_stop and one.isVisible() and one.isEnabled() and self.isAncestorOf(one):
                return one
            one = one.previousInFocusChain()
        return self._back

    def _draw_icon(self) -> None:
        self._back.setIcon(icon("arrow-left", self.clerk.kit.theme.palette.accent))

    def _frame(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(sizes.SPACE_2)
        head.addWidget(self._back)
        head.addWidget(self.heading, 1)
        holder = QWidget()
        holder.setLayout(self.body)
        self.body.setContentsMargins(0, 0, sizes.SPACE_2, 0)
        self._area = TallArea(holder)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_5, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.notice)
        layout.addLayout(self.footer)
