"""A page of several views of one directory: what changes in one is read again by the others when they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cloison.ui.clerk import Clerk
from cloison.ui.directory.view import DirectoryView
from cloison.ui.flow_page import FlowPage
from cloison.ui.view_stack import ViewStack


class ViewsPage(FlowPage):
    """Reads for the view that is shown alone: the vault is not kept busy with what nobody looks at."""

    def __init__(
        self, clerk: Clerk, title: str, views: Sequence[tuple[str, DirectoryView]], *, parent: QWidget | None = None
    ) -> None:
        """``views`` with their names; the first is shown, and nothing is read yet."""
        super().__init__(clerk, title, parent=parent)
        self._all = tuple(view for _, view in views)
        self._stale = set(self._all)
        self.views = ViewStack()
        for name, view in views:
            self.views.add(name, view)
            view.said.connect(self.say)
            view.changed.connect(self.refresh)
            view.filled.connect(self.settle)
        self.body.addWidget(self.views, 1)
        self.views.shown.connect(self._look)

    def refresh(self) -> None:
        """The directory is another one."""
        self._stale = set(self._all)
        self._read_shown()

    def _look(self) -> None:
        self.notice.clear()
        self._read_shown()

    def _read_shown(self) -> None:
        for view in self._all:
            if view is self.views.view and view in self._stale:
                self._stale.discard(view)
                view.refresh()
