"""The compartments that are open, as one member is to them: read in or not; the key handed over, or another made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.actions.membership import Membership
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.wording.members import LATER_ONLY, readers_text

_HEIGHT = 164


class ReadersView(QWidget):
    """``read_in_asked`` and ``read_out_asked`` carry the id of a compartment."""

    read_in_asked = Signal(str)
    read_out_asked = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody's yet."""
        super().__init__(parent)
        words = clerk.words
        self._words = words
        self._alias = ""
        self._lines: dict[str, CompartmentLine] = {}
        self.heading = PlainLabel(role="heading")
        self.list = TwoLineList(clerk.kit.theme, words.text("Compartments"))
        self.list.setFixedHeight(_HEIGHT)
        self.none = PlainLabel(words.text("No compartment is open: open one under My access."), role="muted")
        self.read_in = button(words.text("Read in"), role="primary")
        self.read_out = ConfirmBar(words, words.text("Read out…"))
        self._place()
        self.list.currentItemChanged.connect(self._show_what_can_be_done)
        self.read_in.clicked.connect(lambda: self.read_in_asked.emit(str(self.list.present_id)))
        self.read_out.confirmed.connect(lambda: self.read_out_asked.emit(str(self.list.present_id)))

    def show_member(self, found: Membership, alias: str) -> None:
        """Whose reading is shown from now on."""
        words = self._words
        present = self.list.present_id
        self._alias = alias
        self._lines = {one.id: one for one in found.compartments}
        self.heading.setText(words.text("What {member} is read into", member=alias))
        self.list.clear()
        for one in found.compartments:
            self.list.add(one.name, readers_text(one.readers or (), alias, words), one.id)
        self.list.setCurrentRow(0)
        self.list.pick(present)
        self.list.setVisible(bool(self._lines))
        self.none.setVisible(not self._lines)
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        one = self._lines.get(str(self.list.present_id))
        is_in = one is not None and self._alias in (one.readers or ())
        self.read_in.setVisible(one is not None and not is_in)
        self.read_out.setVisible(is_in)
        if one is not None:
            sentence = self._words.text(
                "“{compartment}” gets another key, which {member} does not get.",
                compartment=one.name,
                member=self._alias,
            )
            self.read_out.explain(f"{sentence} {self._words.text(LATER_ONLY)}")

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self.heading, self.none, self.list, row(self.read_in), self.read_out):
            layout.addWidget(part)
