"""What comes in from other vaults, and what is said back: packages, the quarantine, receipts, requirements."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.registers import Line, lines
from cloison.actions.session import Session
from cloison.registers.facts import Arrival, ArrivalEvent, Kind
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.clerk import Clerk
from cloison.ui.desk.pages import Pages
from cloison.ui.window.values import Flow


class Exchange(QObject):
    """Makes pages and passes on what they tell; ``counts_changed``: something waits that did not, or waits no more."""

    refused = Signal(str)
    note_asked = Signal(str)
    notes_changed = Signal()
    counts_changed = Signal()

    def __init__(self, clerk: Clerk, pages: Pages, *, parent: QObject | None = None) -> None:
        """No page yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._pages = pages
        self._folder: Path | None = None

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
        page.offer_for_line(words.text("Receipt…"), self._answer_line, _is_accepted)
        page.offer(words.text("Receive packages…"), lambda: self.receive(None))
        self._pages.show(page, Flow.ARRIVALS)

    def show_quarantine(self) -> None:
        """The packages that wait."""
        from cloison.ui.quarantine.page import QuarantinePage

        page = QuarantinePage(self._clerk)
        page.changed.connect(self.counts_changed)
        page.check_asked.connect(lambda held: self._receiving().take_held(held))
        self._pages.show(page, Flow.QUARANTINE)

    def show_requirements(self) -> None:
        """What readers asked."""
        from cloison.ui.requirements.page import RequirementsPage

        page = RequirementsPage(self._clerk)
        page.changed.connect(self.counts_changed)
        page.note_asked.connect(self.note_asked)
        self._pages.show(page, Flow.REQUIREMENTS)

    def answer(self, package: str) -> None:
        """The receipt for a package, by its uid or its number in the register of arrivals."""
        from cloison.ui.receipts.page import ReceiptPage

        page = ReceiptPage(self._clerk, package, folder=self._folder)
        page.left.connect(lambda: self._remember(page.folder))
        self._pages.show(page, Flow.ARRIVALS)

    def answer_note(self, note_uid: str) -> None:
        """The receipt for the package a note came in with last."""
        self._clerk.ask(
            self, lambda session: _package_of(session, note_uid), self._answer_found, refused=self.refused.emit
        )

    def _answer_found(self, package: str | None) -> None:
        if package is not None:
            self.answer(package)

    def _answer_line(self, line: Line) -> None:
        self.answer(line.entry.number)

    def _receiving(self) -> ReceivePage:
        """The page that receives, shown."""
        present = self._pages.page
        if isinstance(present, ReceivePage):
            return present
        page = ReceivePage(self._clerk)
        page.received.connect(self.notes_changed)
        page.received.connect(self.counts_changed)
        page.held.connect(self.counts_changed)
        page.answered.connect(self.counts_changed)
        page.note_asked.connect(self.note_asked)
        page.receipt_asked.connect(self.answer)
        page.quarantine_asked.connect(self.show_quarantine)
        page.requirements_asked.connect(self.show_requirements)
        self._pages.show(page, Flow.ARRIVALS)
        return page

    def _remember(self, folder: Path | None) -> None:
        self._folder = folder or self._folder


def _is_accepted(line: Line) -> bool:
    facts = line.entry.facts
    return isinstance(facts, Arrival) and facts.event is ArrivalEvent.ACCEPTED


def _package_of(session: Session, note_uid: str) -> str | None:
    found = [
        facts.package_uid
        for line in lines(session, Kind.ARRIVAL)
        if isinstance(facts := line.entry.facts, Arrival) and facts.note_uid == note_uid and _is_accepted(line)
    ]
    return found[-1] if found else None
