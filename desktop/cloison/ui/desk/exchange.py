"""What comes in from other vaults: packages, and those of them that wait in quarantine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.registers.facts import Kind
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.clerk import Clerk
from cloison.ui.desk.pages import Pages
from cloison.ui.window.values import Flow


class Exchange(QObject):
    """Makes pages and passes on what they tell; ``counts_changed``: something waits that did not, or waits no more."""

    note_asked = Signal(str)
    notes_changed = Signal()
    counts_changed = Signal()

    def __init__(self, clerk: Clerk, pages: Pages, *, parent: QObject | None = None) -> None:
        """No page yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._pages = pages

    def receive(self, path: Path | None) -> None:
        """Read a package that was dropped, picked or handed in; None: ask for some."""
        page = self._receiving()
        if path is not None:
            page.read(path)

    def show_arrivals(self) -> None:
        """The register of arrivals, from which packages are received and answered."""
        from cloison.ui.registers.page import RegisterPage

        words = self._clerk.words
        page = RegisterPage(self._clerk, Kind.ARRIVAL)
        page.offer(words.text("Receive packages…"), lambda: self.receive(None))
        self._pages.show(page, Flow.ARRIVALS)

    def show_quarantine(self) -> None:
        """The packages that wait."""
        from cloison.ui.quarantine.page import QuarantinePage

        page = QuarantinePage(self._clerk)
        page.changed.connect(self.counts_changed)
        page.check_asked.connect(lambda held: self._receiving().take_held(held))
        self._pages.show(page, Flow.QUARANTINE)

    def _receiving(self) -> ReceivePage:
        """The page that receives, shown."""
        present = self._pages.page
        if isinstance(present, ReceivePage):
            return present
        page = ReceivePage(self._clerk)
        page.received.connect(self.notes_changed)
        page.received.connect(self.counts_changed)
        page.held.connect(self.counts_changed)
        page.note_asked.connect(self.note_asked)
        page.quarantine_asked.connect(self.show_quarantine)
        self._pages.show(page, Flow.ARRIVALS)
        return page
