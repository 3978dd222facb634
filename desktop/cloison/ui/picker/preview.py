"""The mark as it will look, in front of a paragraph and as a banner, and what is still missing of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.labels.marks import portion_mark
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.kit import Kit
from cloison.ui.picker.picking import Picking
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.wording.reasons import reason_text


class MarkPreview(QWidget):
    """One line for the mark, and one for what is missing while anything is."""

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Nothing is picked."""
        super().__init__(parent)
        self._words = kit.words
        self._chips = ChipView(kit.theme)
        self._mark = OneLineLabel()
        self._missing = PlainLabel(role="warn")
        line = QHBoxLayout()
        line.setSpacing(sizes.SPACE_2)
        line.addWidget(self._chips)
        line.addWidget(self._mark, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addLayout(line)
        layout.addWidget(self._missing)
        self._missing.hide()

    def show_picking(self, picking: Picking) -> None:
        """Follow what is picked."""
        label, policy = picking.label, picking.policy
        self._chips.setVisible(label is not None)
        if label is None:
            self._mark.setText(self._words.text("Nothing is picked yet"))
        else:
            self._chips.show_mark(policy, label)
            looks = {"banner": strip(policy, label, self._words.language), "mark": portion_mark(policy, label)}
            self._mark.setText(self._words.text("{banner}, in front of the text {mark}", **looks))
        missing = " ".join(reason_text(one, self._words) for one in picking.outstanding)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
