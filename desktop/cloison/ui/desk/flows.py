"""Which page a person is led to, and what its end means for the rest of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cloison.notes.note import Note
from cloison.registers.facts import Kind
from cloison.ui.clerk import Clerk
from cloison.ui.desk.exchange import Exchange
from cloison.ui.desk.pages import Pages
from cloison.ui.window.values import Flow

if TYPE_CHECKING:
    from cloison.ui.directory.page import DirectoryPage
    from cloison.ui.unlock.way import Way
    from cloison.vault.errors import SlotSummary

_REGISTERS = {Flow.DISPATCHES: Kind.DISPATCH, Flow.COPIES: Kind.COPY}


class Flows(QObject):
    """Makes pages, which are loaded only when somebody goes there, and passes on what they tell."""

    refused = Signal(str)
    portion_asked = Signal(int)
    note_asked = Signal(str)
    note_restored = Signal(str)
    note_changed = Signal(str, str)
    notes_changed = Signal()
    compartments_changed = Signal()
    directory_changed = Signal()
    settings_changed = Signal(object)

    def __init__(self, clerk: Clerk, pages: Pages, *, parent: QObject | None = None) -> None:
        """No page yet; folders that were written to are remembered until the session ends."""
        super().__init__(parent)
        self._clerk = clerk
        self._pages = pages
        self._packages: Path | None = None
        self._copies: Path | None = None
        self._backups: Path | None = None
        self.exchange = Exchange(clerk, pages, parent=self)
        self.exchange.refused.connect(self.refused)
        self.exchange.note_asked.connect(self.note_asked)
        self.exchange.notes_changed.connect(self.notes_changed)

    def show(self, flow: Flow) -> None:
        """The page of an entry of the rail."""
        own = {
            Flow.ARRIVALS: self.exchange.show_arrivals,
            Flow.QUARANTINE: self.exchange.show_quarantine,
            Flow.REQUIREMENTS: self.exchange.show_requirements,
        }
        if flow in own:
            own[flow]()
        elif flow in _REGISTERS:
            self._show_register(flow)
        elif flow is Flow.CALENDAR:
            self._show_calendar()
        elif flow is Flow.DIRECTORY:
            self._pages.show(self._directory(), flow)
        elif flow is Flow.AUTHORITY:
            self._show_authority()
        elif flow is Flow.SETTINGS:
            self._show_settings()
        elif flow is Flow.MEMBERS:
            self._show_members_saying("")
        elif flow is Flow.HEALTH:
            self._show_health()
        else:
            self._show_access()

    def disseminate(self, note: Note) -> None:
        """The disseminate sheet of a note as it is kept."""
        from cloison.ui.dissemination.page import DisseminatePage

        page = DisseminatePage(self._clerk, note, folder=self._packages)
        page.portion_asked.connect(self.portion_asked)
        page.left.connect(lambda: self._remember_packages(page.folder))
        self._pages.show(page, None)

    def disseminate_several(self, uids: tuple[str, ...]) -> None:
        """The sheet on which several notes are disseminated together."""
        from cloison.ui.dissemination.batch_page import BatchPage

        page = BatchPage(self._clerk, uids, folder=self._packages)
        page.left.connect(lambda: self._remember_packages(page.folder))
        self._pages.show(page, None)

    def print(self, note: Note) -> None:
        """The print sheet of a note as it is kept."""
        from cloison.ui.printing.page import PrintPage

        page = PrintPage(self._clerk, note, folder=self._copies)
        page.portion_asked.connect(self.portion_asked)
        page.left.connect(lambda: self._remember_copies(page.folder))
        self._pages.show(page, None)

    def history(self, note: Note) -> None:
        """The revisions of a note as it is kept."""
        from cloison.ui.history.page import HistoryPage

        page = HistoryPage(self._clerk, note)
        page.restored.connect(self.note_restored)
        self._pages.show(page, None)

    def attach(self, note: Note, *, files: Sequence[Path] = (), number: int = 1) -> None:
        """The attachments of a note as it is kept: ``files`` are put to it, or the one of that number looked at."""
        from cloison.ui.attachments.page import AttachmentsPage

        page = AttachmentsPage(self._clerk, note, files=files)
        page.choose(number)
        page.note_kept.connect(self.note_restored)
        self._pages.show(page, None)

    def relabel(self, note: Note) -> None:
        """What a newer version of the policy makes of the marks of a note as it is kept."""
        from cloison.ui.calendar.relabel_page import RelabelPage

        page = RelabelPage(self._clerk, note)
        page.note_changed.connect(self.note_changed)
        self._pages.show(page, None)

    def date(self, note: Note) -> None:
        """The dates of a note as it is kept."""
        from cloison.ui.calendar.dates_page import DatesPage

        page = DatesPage(self._clerk, note)
        page.note_changed.connect(self.note_changed)
        self._pages.show(page, None)

    def take_card(self, path: Path) -> None:
        """Take in a card that was dropped."""
        from cloison.ui.directory.page import DirectoryPage

        page = self._pages.page if isinstance(self._pages.page, DirectoryPage) else self._directory()
        if page is not self._pages.page:
            self._pages.show(page, Flow.DIRECTORY)
        page.take_card(path)

    def show_passphrase(self, *, by_recovery: bool) -> None:
        """Change of passphrase."""
        from cloison.ui.person.passphrase_page import PassphrasePage

        page = PassphrasePage(self._clerk, by_recovery=by_recovery)
        page.changed.connect(self._show_access_saying)
        self._pages.show(page, Flow.PERSON)

    def _show_register(self, flow: Flow) -> None:
        from cloison.ui.registers.page import RegisterPage

        self._pages.show(RegisterPage(self._clerk, _REGISTERS[flow]), flow)

    def _show_calendar(self) -> None:
        from cloison.ui.calendar.page import CalendarPage

        page = CalendarPage(self._clerk)
        page.note_asked.connect(self.note_asked)
        self._pages.show(page, Flow.CALENDAR)

    def _show_access(self) -> None:
        self._show_access_saying("")

    def _show_access_saying(self, said: str) -> None:
        from cloison.ui.person.access_page import AccessPage

        page = AccessPage(self._clerk, said=said)
        page.compartments_changed.connect(self.compartments_changed)
        page.passphrase_asked.connect(lambda: self.show_passphrase(by_recovery=False))
        page.way_asked.connect(self._show_way)
        page.removal_asked.connect(self._show_removal)
        self._pages.show(page, Flow.PERSON)

    def _show_way(self, way: Way) -> None:
        from cloison.ui.person.way_page import WayPage

        page = WayPage(self._clerk, way)
        page.added.connect(self._show_access_saying)
        self._pages.show(page, Flow.PERSON)

    def _show_removal(self, slot: SlotSummary) -> None:
        from cloison.ui.person.removal_page import RemovalPage

        page = RemovalPage(self._clerk, slot)
        page.changed.connect(self._show_access_saying)
        self._pages.show(page, Flow.PERSON)

    def _show_members_saying(self, said: str) -> None:
        from cloison.ui.members.page import MembersPage

        page = MembersPage(self._clerk, said=said)
        page.addition_asked.connect(self._show_new_member)
        self._pages.show(page, Flow.MEMBERS)

    def _show_new_member(self) -> None:
        from cloison.ui.members.new_member_page import NewMemberPage

        page = NewMemberPage(self._clerk)
        page.added.connect(self._show_members_saying)
        self._pages.show(page, Flow.MEMBERS)

    def _show_health(self) -> None:
        from cloison.ui.health.page import HealthPage

        page = HealthPage(self._clerk, folder=self._backups)
        page.folder_used.connect(self._remember_backups)
        self._pages.show(page, Flow.HEALTH)

    def _show_authority(self) -> None:
        from cloison.ui.authority.page import AuthorityPage

        self._pages.show(AuthorityPage(self._clerk), Flow.AUTHORITY)

    def _show_settings(self) -> None:
        from cloison.ui.settings.page import SettingsPage

        page = SettingsPage(self._clerk)
        page.changed.connect(self.settings_changed)
        self._pages.show(page, Flow.SETTINGS)

    def _directory(self) -> DirectoryPage:
        from cloison.ui.directory.page import DirectoryPage

        page = DirectoryPage(self._clerk)
        page.directory_changed.connect(self.directory_changed)
        return page

    def _remember_packages(self, folder: Path | None) -> None:
        self._packages = folder or self._packages

    def _remember_copies(self, folder: Path | None) -> None:
        self._copies = folder or self._copies

    def _remember_backups(self, folder: Path | None) -> None:
        self._backups = folder or self._backups
