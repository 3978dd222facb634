"""The directory: people, the authorities followed here, and my own card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.ui.clerk import Clerk
from cloison.ui.directory.authorities_view import AuthoritiesView
from cloison.ui.directory.groups_view import GroupsView
from cloison.ui.directory.my_card_view import MyCardView
from cloison.ui.directory.people_view import PeopleView
from cloison.ui.directory.policies_view import PoliciesView
from cloison.ui.directory.views_page import ViewsPage
from cloison.ui.taking_files import TakesFiles


class DirectoryPage(TakesFiles, ViewsPage):
    """The views of one directory; a card may be dropped anywhere on it."""

    directory_changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        self.people = PeopleView(clerk)
        self.groups = GroupsView(clerk)
        self.authorities = AuthoritiesView(clerk)
        self.policies = PoliciesView(clerk)
        self.my_card = MyCardView(clerk)
        views = (
            (words.text("People"), self.people),
            (words.text("Groups"), self.groups),
            (words.text("Authorities"), self.authorities),
            (words.text("Policies"), self.policies),
            (words.text("My card"), self.my_card),
        )
        super().__init__(clerk, words.text("Directory"), views, parent=parent)
        self.setAcceptDrops(True)

    def arrive(self) -> None:
        """Read the directory; the focus on the people."""
        self.refresh()
        self.people.begin()

    def take_card(self, path: Path) -> None:
        """Take in a card file."""
        self.take([path])

    def take(self, paths: Sequence[Path]) -> None:
        """Take in several files at once."""
        self.views.show_view(self.people)
        self.people.take(paths)

    def refresh(self) -> None:
        """The directory is another one, also for whoever works with it elsewhere."""
        super().refresh()
        self.directory_changed.emit()
