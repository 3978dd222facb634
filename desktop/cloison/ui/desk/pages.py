"""The pages beside the notes: one at a time, each let go in its own time before another comes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from cloison.labels.label import Label
from cloison.ui.flow_page import FlowPage
from cloison.ui.window.frame import Frame
from cloison.ui.window.values import Flow


class Pages(QObject):
    """Shows pages in ``frame``; ``back_asked`` is a wish to see the notes again."""

    back_asked = Signal()

    def __init__(self, frame: Frame, *, parent: QObject | None = None) -> None:
        """No page."""
        super().__init__(parent)
        self._frame = frame
        self._next: Callable[[], None] | None = None
        self.page: FlowPage | None = None

    def go(self, target: Callable[[], None]) -> None:
        """Do ``target`` once the present page lets go; at once where there is none."""
        if self.page is None:
            target()
            return
        self._next = target
        self.page.leave()

    def show(self, page: FlowPage, flow: Flow | None) -> None:
        """Show ``page`` in place of the present one."""
        self.go(lambda: self._show(page, flow))

    def _show(self, page: FlowPage, flow: Flow | None) -> None:
        self.page = page
        page.left.connect(self._left)
        page.back_asked.connect(self.back_asked)
        page.label_shown.connect(self._follow)
        self._frame.show_page(page, flow)
        self._follow(page.shown_label, page.is_settled)
        page.arrive()

    def _follow(self, label: Label | None, is_settled: bool) -> None:  # noqa: FBT001 - a slot
        if self.sender() in (None, self.page):
            self._frame.show_page_label(label, is_settled=is_settled)

    def _left(self) -> None:
        if self.page is None or self.sender() is not self.page:
            return
        page, self.page = self.page, None
        target, self._next = self._next, None
        (target or self.back_asked.emit)()
        if page.parent() is not None:
            # What comes next is still on its way from the vault: until then the notes are shown.
            self.back_asked.emit()
        page.deleteLater()
