"""Choosing recipients from the directory: a list with boxes to tick, and a line that narrows it down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from cloison.actions.people import Contact
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


class Recipients(QWidget):
    """``chosen_changed`` says that ``chosen`` is another one."""

    chosen_changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
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
        """The ids of those that are ticked, in the order of the list."""
        items = [self._list.item(row) for row in range(self._list.count())]
        return tuple(str(one.data(ID_ROLE)) for one in items if one.checkState() is Qt.CheckState.Checked)

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Everybody but myself."""
        others = [one for one in contacts if not one.is_mine]
        with QSignalBlocker(self._list):
            self._list.clear()
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
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item.data(ID_ROLE) == contact_id:
                item.setCheckState(state)

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
        for row in range(self._list.count()):
            item = self._list.item(row)
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
        items = (self._list.item(row) for row in range(self._list.count()))
        return next((one for one in items if not one.isHidden()), None)

    def _tell(self) -> None:
        self.chosen_changed.emit()
