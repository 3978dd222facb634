"""Fields for the categories that ask for more than their name."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.labels.elements import CategoryRef, InputKind
from cloison.labels.inputs import MOST_CHARACTERS, values_by_category
from cloison.ui import sizes
from cloison.ui.controls import Field
from cloison.ui.picker.picking import Picking
from cloison.wording.catalogue import N_, Catalogue

_ADVICE: Final[dict[InputKind, str]] = {
    InputKind.DATE: N_("A day, as in 2027-12-31"),
    InputKind.INTEGER: N_("A whole number"),
    InputKind.STRING: N_("A few words"),
}


class InputsView(QWidget):
    """``typed`` carries a category and what is in its field now. Hidden while nothing is asked for."""

    typed = Signal(object, str)

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Nothing is asked for."""
        super().__init__(parent)
        self._words = words
        self._fields: dict[CategoryRef, Field] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(sizes.SPACE_1)
        self.hide()

    def show_picking(self, picking: Picking) -> None:
        """A field for each picked category that asks for a value; those that are there keep what is typed in them."""
        label = picking.label
        refs = () if label is None else label.categories
        asked = {ref: kind for ref in refs if (kind := picking.policy.category(ref).category.asks_for) is not None}
        values = {} if label is None else values_by_category(label.inputs)
        for ref in [one for one in self._fields if one not in asked]:
            gone = self._fields.pop(ref)
            self._layout.removeWidget(gone)
            gone.deleteLater()
        for ref, kind in asked.items():
            if ref not in self._fields:
                self._add(ref, kind, values.get(ref, ""))
        self.setVisible(bool(asked))

    def clear(self) -> None:
        """Forget what was typed: another label is picked."""
        for one in self._fields.values():
            self._layout.removeWidget(one)
            one.deleteLater()
        self._fields = {}
        self.hide()

    def _add(self, ref: CategoryRef, kind: InputKind, value: str) -> None:
        line = QLineEdit(value)
        line.setMaxLength(MOST_CHARACTERS)
        field = Field(ref.name, line, advice=self._words.text(_ADVICE[kind]))
        line.textChanged.connect(partial(self.typed.emit, ref))
        self._fields[ref] = field
        self._layout.addWidget(field)
