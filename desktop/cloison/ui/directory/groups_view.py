"""Groups: named lists of people, for addressing. Who is in one is ticked, and kept at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from cloison.actions.groups import Group, drop_group, groups, make_group, rename_group, set_members
from cloison.actions.people import Contact, contacts
from cloison.actions.session import Session
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.directory.view import DirectoryView
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import ID_ROLE, TwoLineList
from cloison.vault.names import MOST_NAME
from cloison.wording.trust import trust_text

_LIST_WIDTH: Final = 280
_LEAST_HEIGHT: Final = 220


class GroupsView(DirectoryView):
    """The groups, and the people with a tick for those in the one that is picked."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._groups: dict[str, Group] = {}
        self._people: tuple[Contact, ...] = ()
        self._wanted: str | None = None
        self.list = TwoLineList(clerk.kit.theme, words.text("Groups"))
        self.new_name = QLineEdit(maxLength=MOST_NAME)
        self._new = Field(words.text("New group"), self.new_name)
        self.make = button(words.text("Make the group"), role="primary")
        self.name = QLineEdit(maxLength=MOST_NAME)
        self._named = Field(words.text("Name of the group"), self.name)
        self.rename = button(words.text("Rename"))
        self.members = TwoLineList(clerk.kit.theme, words.text("Who is in the group"))
        self.members.setMinimumHeight(_LEAST_HEIGHT)
        self.remove = ConfirmBar(words, words.text("Remove the group…"))
        self._picked = QWidget()
        self._place()
        self.list.currentItemChanged.connect(self._show)
        self.make.clicked.connect(self._make)
        self.new_name.returnPressed.connect(self._make)
        self.rename.clicked.connect(self._rename)
        self.name.returnPressed.connect(self._rename)
        self.members.itemChanged.connect(self._tick)
        self.remove.confirmed.connect(self._drop)
        self._show()

    def refresh(self) -> None:
        """Read groups and people again; the same group stays picked."""
        self.clerk.ask(self, _read, lambda found: self._fill(*found), refused=self.refuse)

    @property
    def picked(self) -> Group | None:
        """The group that is picked."""
        return self._groups.get(str(self.list.present_id))

    def _fill(self, every: tuple[Group, ...], people: tuple[Contact, ...]) -> None:
        words = self.clerk.words
        present = self._wanted or self.list.present_id
        self._wanted = None
        self._groups = {one.id: one for one in every}
        self._people = people
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in every:
                count = words.plural("{count} person", "{count} people", len(one.members))
                self.list.add(one.name, count, one.id)
            self.list.setCurrentRow(0)
            self.list.pick(present)
        self._show()

    def _show(self) -> None:
        one = self.picked
        self._picked.setVisible(one is not None)
        if one is None:
            return
        self.name.setText(one.name)
        self._named.show_advice()
        self.remove.explain(
            self.clerk.words.text(
                "The group “{name}” is forgotten. The people in it stay in the directory, and what was sent to them "
                "stays in the registers.",
                name=one.name,
            )
        )
        self._show_members(one)

    def _show_members(self, one: Group) -> None:
        members = {member.id for member in one.members}
        present = self.members.present_id
        with QSignalBlocker(self.members):
            self.members.clear()
            for person in self._people:
                item = self.members.add(person.card.name, trust_text(person.standing, self.clerk.words), person.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if person.id in members else Qt.CheckState.Unchecked)
            self.members.setCurrentRow(0)
            self.members.pick(present)

    def _make(self) -> None:
        self._new.show_advice()
        name = self.new_name.text()
        self.clerk.ask(self, lambda session: make_group(session, name), self._made, refused=self._new.show_fault)

    def _made(self, one: Group) -> None:
        self.new_name.clear()
        self._wanted = one.id
        self.done(self.clerk.words.text("The group “{name}” is made. Tick who is in it.", name=one.name))

    def _rename(self) -> None:
        one, name = self.picked, self.name.text()
        if one is None:
            return
        self.clerk.ask(
            self,
            lambda session: rename_group(session, one.id, name),
            lambda new: self.done(self.clerk.words.text("The group is called “{name}” now.", name=new.name)),
            refused=self._named.show_fault,
        )

    def _tick(self, item: QListWidgetItem) -> None:
        one = self.picked
        if one is None:
            return
        rows = (self.members.item(number) for number in range(self.members.count()))
        ticked = [str(each.data(ID_ROLE)) for each in rows if each.checkState() is Qt.CheckState.Checked]
        is_in = item.checkState() is Qt.CheckState.Checked
        who = item.text()
        self.clerk.ask(
            self,
            lambda session: set_members(session, one.id, ticked),
            lambda new: self._ticked(new, who, is_in=is_in),
            refused=self.refuse,
        )

    def _ticked(self, one: Group, who: str, *, is_in: bool) -> None:
        words = self.clerk.words
        added = words.text("{person} is in the group “{name}”.", person=who, name=one.name)
        taken = words.text("{person} is not in the group “{name}” any more.", person=who, name=one.name)
        self.done(added if is_in else taken)

    def _drop(self) -> None:
        one = self.picked
        if one is None:
            return
        self.clerk.ask(
            self,
            lambda session: drop_group(session, one.id),
            lambda _: self.done(self.clerk.words.text("The group “{name}” is removed.", name=one.name)),
            refused=self.refuse,
        )

    def _place(self) -> None:
        words = self.clerk.words
        beside = QWidget()
        beside.setFixedWidth(_LIST_WIDTH)
        left = QVBoxLayout(beside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(sizes.SPACE_2)
        for part in (self.list, self._new, row(self.make)):
            left.addWidget(part)
        right = QVBoxLayout(self._picked)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(sizes.SPACE_3)
        for part in (self._named, row(self.rename), self.members, self.remove):
            right.addWidget(part)
        explained = words.text("A group is picked as a whole when a note is disseminated. It gives nobody anything.")
        across = QHBoxLayout()
        across.setSpacing(sizes.SPACE_5)
        across.addWidget(beside)
        across.addWidget(self._picked, 1)
        across.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(PlainLabel(explained, role="muted"))
        layout.addLayout(across, 1)


def _read(session: Session) -> tuple[tuple[Group, ...], tuple[Contact, ...]]:
    return groups(session), tuple(one for one in contacts(session) if not one.is_mine)
