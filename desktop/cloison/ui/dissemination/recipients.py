"""Choosing recipients: people and groups of them in a list with boxes to tick, and a line that narrows it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from cloison.actions.groups import Group, groups
from cloison.actions.people import Contact, contacts
from cloison.actions.session import Session
from cloison.ui import sizes
from cloison.ui.chips import chips_of
from cloison.ui.clerk import Clerk
from cloison.ui.directory.clearance_chip import label_of_clearance
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import ID_ROLE, TwoLineList
from cloison.wording.states import clearance_text
from cloison.wording.trust import trust_text

WIDTH: Final = 240


class _Filter(QLineEdit):
    """Down leads to the list, Enter ticks or unticks the first of it, so that a name is typed and taken."""

    went_down = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Some keys act on the list."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whom one can choose among: everybody in the directory, and the groups they are in."""

    contacts: tuple[Contact, ...]
    groups: tuple[Group, ...]


def read_people(session: Session) -> People:
    """The directory as it is now."""
    return People(contacts=contacts(session), groups=groups(session))


class Recipients(QWidget):
    """``chosen_changed`` says that ``chosen`` is another one.

    Ticking a group ticks the people in it: what is chosen are people, and a group stands for nobody once that is done.
    """

    chosen_changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self._groups: dict[str, frozenset[str]] = {}
        self._filter = _Filter()
        self._filter.setPlaceholderText(words.text("Search the directory"))
        self._filter.setAccessibleName(words.text("Search the directory"))
        self._filter.setClearButtonEnabled(True)
        self._list = TwoLineList(clerk.kit.theme, words.text("Recipients"))
        self._nobody = PlainLabel(words.text("Nobody in the directory yet: add the cards of your readers first."))
        self._nobody.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(words.text("Recipients"), role="heading"))
        for part in (self._filter, self._nobody, self._list):
            layout.addWidget(part)
        self._filter.textChanged.connect(self._narrow)
        self._filter.went_down.connect(self._enter_list)
        self._filter.entered.connect(self._turn_first)
        self._list.itemChanged.connect(self._tell)
        self.setFocusProxy(self._list)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the people that are ticked, in the order of the list."""
        return tuple(
            str(id)
            for one in self._items()
            if (id := one.data(ID_ROLE)) not in self._groups and one.checkState() is Qt.CheckState.Checked
        )

    def show_people(self, people: People) -> None:
        """The groups, then everybody but myself."""
        others = [one for one in people.contacts if not one.is_mine]
        with QSignalBlocker(self._list):
            self._list.clear()
            self._groups.clear()
            for group in people.groups:
                self._add_group(group)
            for one in others:
                self._add(one)
        self._nobody.setVisible(not others)
        self._list.setVisible(bool(others))
        if others:
            self._list.setCurrentRow(0)

    def tick(self, contact_id: str) -> None:
        """Choose somebody."""
        self._set(contact_id, Qt.CheckState.Checked)

    def leave_out(self, contact_id: str) -> None:
        """Choose somebody no more."""
        self._set(contact_id, Qt.CheckState.Unchecked)

    def _set(self, contact_id: str, state: Qt.CheckState) -> None:
        for item in self._items():
            if item.data(ID_ROLE) == contact_id:
                item.setCheckState(state)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _add_group(self, group: Group) -> None:
        members = [one for one in group.members if not one.is_mine]
        if not members:
            return
        words = self._clerk.words
        count = words.plural("{count} person", "{count} people", len(members))
        key = f"group {group.id}"
        self._groups[key] = frozenset(one.id for one in members)
        item = self._list.add(words.text("Group “{name}”", name=group.name), count, key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)

    def _add(self, contact: Contact) -> None:
        words = self._clerk.words
        policy, clearance = self._clerk.policy, contact.standing.clearance
        label = label_of_clearance(policy, clearance)
        item = self._list.add_with_chips(
            contact.card.name,
            () if label is None else chips_of(policy, label, is_settled=True),
            clearance_text(policy, clearance, words),
            trust_text(contact.standing, words),
            contact.id,
        )
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    def _enter_list(self) -> None:
        self._list.setFocus()
        if (first := self._first_shown()) is not None:
            self._list.setCurrentItem(first)

    def _turn_first(self) -> None:
        if (first := self._first_shown()) is not None:
            is_ticked = first.checkState() is Qt.CheckState.Checked
            first.setCheckState(Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked)

    def _first_shown(self) -> QListWidgetItem | None:
        items = self._items()
        return next((one for one in items if not one.isHidden()), None)

    def _tell(self, item: QListWidgetItem) -> None:
        members = self._groups.get(str(item.data(ID_ROLE)), frozenset())
        with QSignalBlocker(self._list):
            for one in self._items():
                if one.data(ID_ROLE) in members:
                    one.setCheckState(item.checkState())
            self._follow_groups()
        self._list.viewport().update()
        self.chosen_changed.emit()

    def _follow_groups(self) -> None:
        """A group is ticked while everybody in it is."""
        chosen = set(self.chosen)
        for one in self._items():
            members = self._groups.get(str(one.data(ID_ROLE)))
            if members is not None:
                one.setCheckState(Qt.CheckState.Checked if members <= chosen else Qt.CheckState.Unchecked)
