"""My access: the compartments I am read into – opened, closed, made – and my ways into the vault."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.compartments import CompartmentLine, list_compartments, open_compartment
from cloison.actions.session import Session
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row, rule
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.person.compartment_form import CompartmentForm, NewCompartment
from cloison.ui.person.ways_view import WaysView
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList

_WIDTH = 560
_LIST_HEIGHT = 180


class AccessPage(FlowPage):
    """``compartments_changed`` after one was opened, closed or made; ``passphrase_asked``, ``way_asked`` (with the way)
    and ``removal_asked`` (with the slot) lead to pages of their own."""

    compartments_changed = Signal()
    passphrase_asked = Signal()
    way_asked = Signal(object)
    removal_asked = Signal(object)

    def __init__(self, clerk: Clerk, *, said: str = "", parent: QWidget | None = None) -> None:
        """Empty until it is shown; ``said`` is what was just done."""
        words = clerk.words
        super().__init__(clerk, words.text("My access"), parent=parent)
        self._said = said
        self._lines: dict[str, CompartmentLine] = {}
        self.list = TwoLineList(clerk.kit.theme, words.text("Compartments"))
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.identifier = PlainLabel(role="muted")
        self.identifier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.none = PlainLabel(words.text("No compartment yet: every note is kept in one. Make the first below."))
        self.none.hide()
        self.turn = button(words.text("Close it"))
        self.turn_row = row(self.turn)
        self.form = CompartmentForm(clerk)
        self.ways = WaysView(clerk)
        self._passphrase = button(words.text("Change the passphrase…"))
        self._place()
        self.list.currentItemChanged.connect(self._show_turn)
        self.turn.clicked.connect(self._turn)
        self.form.asked.connect(self._make)
        self._passphrase.clicked.connect(self.passphrase_asked)
        self.ways.addition_asked.connect(self.way_asked)
        self.ways.removal_asked.connect(self.removal_asked)
        self.ways.refused.connect(self.refuse)

    def arrive(self) -> None:
        """Read the compartments; the focus on them."""
        self._refresh()
        self.ways.refresh()
        if self._said:
            self.say(self._said, Tone.DONE)
            self.ways.list.setFocus()
            QTimer.singleShot(0, self, lambda: self.bring_into_sight(self.ways))
        else:
            self.list.setFocus()

    def _refresh(self) -> None:
        self.clerk.ask(self, list_compartments, self._fill, refused=self.refuse)

    def _fill(self, found: tuple[CompartmentLine, ...]) -> None:
        present = self.list.present_id
        self._lines = {one.id: one for one in found}
        self.list.clear()
        for one in found:
            self.list.add(one.name, self._about(one), one.id)
        self.list.setCurrentRow(0)
        self.list.pick(present)
        self.none.setVisible(not found)
        for part in (self.list, self.turn_row):
            part.setVisible(bool(found))
        self._show_turn()

    def _about(self, one: CompartmentLine) -> str:
        words = self.clerk.words
        parts = [words.text("closed") if one.notes is None else words.text("open")]
        if one.ceiling is not None:
            ceiling = strip(self.clerk.policy, one.ceiling, words.language)
            parts.append(words.text("up to {level}", level=ceiling))
        if one.need_to_know:
            parts.append(words.text("need to know"))
        return " · ".join(parts)

    def _present(self) -> CompartmentLine | None:
        return self._lines.get(str(self.list.present_id))

    def _show_turn(self) -> None:
        one, words = self._present(), self.clerk.words
        self.turn.setEnabled(one is not None)
        is_needed = one is not None and one.need_to_know
        self.identifier.setVisible(is_needed)
        if one is not None:
            self.identifier.setText(words.text("Identifier, for the authority that endorses: {id}", id=one.id))
        self.turn.setText(words.text("Open it") if one is not None and one.notes is None else words.text("Close it"))
        self.turn.setAccessibleName(self.turn.text())

    def _turn(self) -> None:
        one = self._present()
        if one is None:
            return

        def turn(session: Session) -> None:
            if one.notes is None:
                open_compartment(session, one.id)
            else:
                session.vault.close_compartment(one.id)

        self.clerk.ask(self, turn, lambda _: self._turned(one), refused=self.refuse)

    def _turned(self, one: CompartmentLine) -> None:
        words = self.clerk.words
        opened = words.text("“{name}” is open.", name=one.name)
        closed = words.text("“{name}” is closed: nothing of it can be read or searched.", name=one.name)
        self.say(opened if one.notes is None else closed, Tone.DONE)
        self._changed()

    def _make(self, wanted: NewCompartment) -> None:
        self.clerk.ask(self, wanted.make, self._made, refused=self.refuse)

    def _made(self, name: str) -> None:
        self.form.clear()
        self.say(self.clerk.words.text("“{name}” is made and open.", name=name), Tone.DONE)
        self._changed()

    def _changed(self) -> None:
        self._refresh()
        self.compartments_changed.emit()

    def _place(self) -> None:
        words = self.clerk.words
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        parts = (
            PlainLabel(words.text("Compartments"), role="heading"),
            self.none,
            self.list,
            self.identifier,
            self.turn_row,
            PlainLabel(words.text("New compartment"), role="heading"),
            self.form,
            rule(),
            PlainLabel(words.text("Ways into the vault"), role="heading"),
            self.ways,
            row(self._passphrase),
        )
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        self.body.addWidget(at_most(_WIDTH, holder))
        self.body.addStretch(1)
