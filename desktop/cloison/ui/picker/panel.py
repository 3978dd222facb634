"""The picker itself: a field that filters, the list, fields for values, the preview. It knows nothing of notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label
from cloison.labels.picker import Refusal
from cloison.ui import sizes
from cloison.ui.kit import Kit
from cloison.ui.picker.choice_list import ChoiceList
from cloison.ui.picker.inputs_view import InputsView
from cloison.ui.picker.picking import Picking
from cloison.ui.picker.preview import MarkPreview
from cloison.ui.picker.rows import PickRow, RowKind, matching, refusal_text, rows
from cloison.vault.label_shelf import AtHand


class _Filter(QLineEdit):
    """Down and Enter go to the list."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Some keys leave the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class LabelPicker(QWidget):
    """``picked`` follows each step; ``refused`` carries the sentence for one that cannot be taken."""

    picked = Signal()
    refused = Signal(str)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Nothing to pick from yet; ``filter`` is placed by whoever shows the picker."""
        super().__init__(parent)
        self._words = kit.words
        self._picking: Picking | None = None
        self._at_hand: tuple[AtHand, ...] = ()
        self._rows: tuple[PickRow, ...] = ()
        self.filter = _Filter()
        self.filter.setPlaceholderText(kit.words.text("Filter levels and categories"))
        self.filter.setAccessibleName(kit.words.text("Filter levels and categories"))
        self.filter.setClearButtonEnabled(False)
        self.list = ChoiceList(kit.theme, kit.words.text("Levels and categories"))
        self.inputs = InputsView(kit.words)
        self._preview = MarkPreview(kit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.inputs)
        layout.addWidget(self._preview)
        self.filter.textChanged.connect(self._list)
        self.filter.went_down.connect(self.list.enter)
        self.list.went_up.connect(self.filter.setFocus)
        self.list.chosen.connect(self._choose)
        self.inputs.typed.connect(self._give)

    @property
    def picking(self) -> Picking | None:
        """What is picked so far."""
        return self._picking

    @property
    def label(self) -> Label | None:
        """The label, once it is whole."""
        return self._picking.label if self._picking is not None and self._picking.is_whole else None

    def start(self, picking: Picking) -> None:
        """Begin with ``picking``, and with every choice in the list."""
        self.filter.setText("")
        self.inputs.clear()
        self._show(picking)

    def show_at_hand(self, at_hand: Sequence[AtHand]) -> None:
        """Offer these whole labels first."""
        self._at_hand = tuple(at_hand)
        if self._picking is not None:
            self._show(self._picking)

    def _choose(self, row: PickRow) -> None:
        picking = self._picking
        if picking is None:
            return
        outcome = _outcome(picking, row)
        if isinstance(outcome, Refusal):
            sentence = refusal_text(outcome, self._words)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
            self.refused.emit(sentence)
            return
        if row.kind is RowKind.AT_HAND:
            self.inputs.clear()
        self._show(outcome)

    def _give(self, category: CategoryRef, text: str) -> None:
        if self._picking is None:
            return
        outcome = self._picking.give(category, text)
        # What is not understood counts as nothing typed: the preview goes on asking for it.
        empty = self._picking.give(category, "")
        self._show(next(one for one in (outcome, empty, self._picking) if isinstance(one, Picking)))

    def _show(self, picking: Picking) -> None:
        self._picking = picking
        self._rows = rows(picking, self._at_hand, self._words)
        self._list()
        self.inputs.show_picking(picking)
        self._preview.show_picking(picking)
        self.picked.emit()

    def _list(self) -> None:
        self.list.rows.show_rows(matching(self._rows, self.filter.text()))


def _outcome(picking: Picking, row: PickRow) -> Picking | Refusal:
    """What choosing that row makes of what is picked."""
    if isinstance(row.value, Label):
        return picking.take(row.value)
    if isinstance(row.value, CategoryRef):
        return picking.toggle(row.value)
    if row.kind is RowKind.PRIVACY_MARK:
        return picking.toggle_privacy_mark(row.value)
    return picking.pick_level(row.value)
