"""The left column: compartments, flows, and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.ui import sizes
from cloison.ui.controls import rule
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.window.rail_button import RailButton
from cloison.ui.window.values import Flow
from cloison.wording.catalogue import N_, Catalogue

_FLOWS: Final[dict[Flow, str]] = {
    Flow.ARRIVALS: N_("Arrivals"),
    Flow.QUARANTINE: N_("Quarantine"),
    Flow.DISPATCHES: N_("Dispatches"),
    Flow.REQUIREMENTS: N_("Requirements"),
    Flow.COPIES: N_("Copies"),
    Flow.CALENDAR: N_("Calendar"),
    Flow.BIN: N_("Bin"),
    Flow.DIRECTORY: N_("Directory"),
    Flow.AUTHORITY: N_("Authority"),
    Flow.HEALTH: N_("Health"),
    Flow.MEMBERS: N_("Members"),
    Flow.PERSON: N_("My access"),
    Flow.SETTINGS: N_("Settings"),
}
_BELOW: Final = (Flow.HEALTH, Flow.MEMBERS, Flow.PERSON, Flow.SETTINGS)

Place = str | Flow | None
"""Where one is: a compartment by its id, a flow, or None for the notes of every open compartment."""


class Rail(QFrame):
    """``compartment_chosen`` carries an id, or None for all that are open; a locked one is chosen to be opened."""

    compartment_chosen = Signal(object)
    flow_chosen = Signal(object)
    lock_asked = Signal()
    compartment_menu_asked = Signal(str, QPoint)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """No compartments yet."""
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(sizes.RAIL_WIDTH)
        self._kit = kit
        self._notes_place: str | None = None
        self._place_now: Place = None
        self._all = RailButton(kit.theme, kit.words.text("All notes"), "file-text")
        self._compartments: dict[str | None, RailButton] = {None: self._all}
        self._flows = {flow: RailButton(kit.theme, kit.words.text(name), flow.value) for flow, name in _FLOWS.items()}
        self._lock = RailButton(kit.theme, kit.words.text("Lock"), "power")
        chord = kit.words.text("Ctrl+L")
        self._lock.show_beside(chord, read_out=kit.words.text("Lock, {chord}", chord=chord))
        self._listed = QVBoxLayout()
        self._area = QScrollArea(widgetResizable=True)
        self._place()
        self._all.setCheckable(True)
        self._all.clicked.connect(partial(self._choose_compartment, None, is_open=True))
        for flow, button in self._flows.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose_flow, flow))
        self._lock.clicked.connect(self.lock_asked)
        self.show_compartments(())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where one is stays in sight."""
        super().resizeEvent(event)
        self._check()

    def show_compartments(self, lines: Sequence[CompartmentLine]) -> None:
        """Show these under the entry for all that are open; the one chosen stays so."""
        focused = next((place for place, button in self._compartments.items() if button.hasFocus()), None)
        for place, button in self._compartments.items():
            if place is not None:
                self._listed.removeWidget(button)
                button.hide()
                button.deleteLater()
        self._compartments = {None: self._all}
        _count(self._all, sum(one.notes or 0 for one in lines), self._kit.words)
        before = self._all
        for one in lines:
            button = self._compartment(one)
            self._compartments[one.id] = button
            self._listed.addWidget(button)
            button.show()
            QWidget.setTabOrder(before, button)
            before = button
        if focused in self._compartments and focused is not None:
            self._compartments[focused].setFocus()
        self._check()

    def show_counts(self, counts: Mapping[Flow, int]) -> None:
        """Show how many wait at each flow; nothing where nothing does."""
        for flow, button in self._flows.items():
            count = counts.get(flow, 0)
            read_out = _read_out(button.name, count, self._kit.words) if count else button.name
            button.show_beside(str(count) if count else "", read_out=read_out)

    def offer_authority(self) -> None:
        """The member of this vault is an authority: show the way to what it does."""
        self._flows[Flow.AUTHORITY].show()

    def flow_names(self) -> Mapping[Flow, str]:
        """The ways there are, by name."""
        return {flow: button.name for flow, button in self._flows.items() if not button.isHidden()}

    def show_notes_of(self, compartment_id: str | None) -> None:
        """The notes of that compartment are on screen; None: of all that are open."""
        self._notes_place = compartment_id
        self._place_now = compartment_id
        self._check()

    def show_flow(self, flow: Flow | None) -> None:
        """That flow is on screen; None: the notes that were there before."""
        self._place_now = self._notes_place if flow is None else flow
        self._check()

    def _choose_compartment(self, place: str | None, *, is_open: bool) -> None:
        if is_open:
            self.show_notes_of(place)
        else:
            self._check()
        self.compartment_chosen.emit(place)

    def _choose_flow(self, flow: Flow) -> None:
        self._check()
        self.flow_chosen.emit(flow)

    def _check(self) -> None:
        """A press checks a button; what is checked is where one is."""
        for place, button in [*self._compartments.items(), *self._flows.items()]:
            button.setChecked(place == self._place_now)
            if place == self._place_now:
                self._area.ensureWidgetVisible(button, 0, sizes.SPACE_4)

    def _compartment(self, line: CompartmentLine) -> RailButton:
        words = self._kit.words
        is_open = line.notes is not None
        picture = "folder-open" if is_open else "folder-lock"
        made = RailButton(self._kit.theme, line.name, picture, is_dim=not is_open)
        made.setCheckable(True)
        made.clicked.connect(partial(self._choose_compartment, line.id, is_open=is_open))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(
            lambda at: self.compartment_menu_asked.emit(line.id, made.mapToGlobal(at))
        )
        if line.notes is None:
            made.show_beside("", read_out=words.text("{compartment}, locked", compartment=line.name))
        else:
            _count(made, line.notes, words)
        return made

    def _place(self) -> None:
        words = self._kit.words
        self._listed.setContentsMargins(0, 0, 0, 0)
        self._listed.setSpacing(2)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(sizes.SPACE_2, sizes.SPACE_4, sizes.SPACE_2, sizes.SPACE_2)
        inner.setSpacing(2)
        inner.addWidget(_section(words.text("COMPARTMENTS")))
        self._listed.addWidget(self._all)
        inner.addLayout(self._listed)
        inner.addSpacing(sizes.SPACE_4)
        inner.addWidget(_section(words.text("FLOWS")))
        for flow in (one for one in _FLOWS if one not in _BELOW):
            inner.addWidget(self._flows[flow])
        self._flows[Flow.AUTHORITY].hide()
        inner.addStretch(1)
        # On a low window the ways below scroll with the flows: two groups that are cut against each other read as one.
        inner.addSpacing(sizes.SPACE_2)
        for place in _BELOW:
            inner.addWidget(self._flows[place])
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(holder)
        below = QVBoxLayout()
        below.setContentsMargins(sizes.SPACE_2, sizes.SPACE_1, sizes.SPACE_2, sizes.SPACE_2)
        below.addWidget(self._lock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addWidget(rule(role="rail-rule"))
        layout.addLayout(below)


def _section(text: str) -> PlainLabel:
    made = PlainLabel(text, role="rail-section")
    made.setContentsMargins(sizes.SPACE_3, 0, sizes.SPACE_3, sizes.SPACE_1)
    return made


def _count(button: RailButton, notes: int, words: Catalogue) -> None:
    read_out = words.plural("{place}, {count} note", "{place}, {count} notes", notes, place=button.name)
    button.show_beside(str(notes), read_out=read_out)


def _read_out(name: str, count: int, words: Catalogue) -> str:
    return words.plural("{place}, {count} waiting", "{place}, {count} waiting", count, place=name)
