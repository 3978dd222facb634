"""The sheet on which a label is picked, for paragraphs or for another block of the note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.labels.label import Label
from cloison.ui.controls import button
from cloison.ui.editor.sheet import Sheet
from cloison.ui.kit import Kit
from cloison.ui.picker.panel import LabelPicker
from cloison.ui.picker.picking import Picking
from cloison.vault.label_shelf import AtHand, marking_of


class PickSheet(Sheet):
    """``applied`` carries a whole label; ``starred`` and ``unstarred`` one to be kept at hand, or no more."""

    applied = Signal(object)
    starred = Signal(object)
    unstarred = Signal(object)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Nothing to pick from yet."""
        super().__init__(kit, kit.words.text("Pick a mark"), parent=parent)
        self.picker = LabelPicker(kit)
        self._favourites: frozenset[bytes] = frozenset()
        self._star = button(kit.words.text("Favourite"))
        self._star.setCheckable(True)
        self._apply = button(kit.words.text("Apply"), role="primary")
        self.head.addWidget(self.picker.filter, 1)
        self.body.addWidget(self.picker, 1)
        self.acts.addStretch(1)
        self.acts.addWidget(self._star)
        self.acts.addWidget(self._apply)
        self.picker.picked.connect(self._follow)
        self.picker.refused.connect(self.refuse)
        self._star.clicked.connect(self._turn_star)
        self._apply.clicked.connect(self._do)
        self.setFocusProxy(self.picker.filter)

    def start(self, title: str, picking: Picking) -> None:
        """Begin with ``picking``, for what ``title`` names."""
        self.show_title(title)
        self.picker.start(picking)

    def show_at_hand(self, at_hand: Sequence[AtHand]) -> None:
        """Offer these first."""
        self._favourites = frozenset(one.label.to_xml() for one in at_hand if one.is_favourite)
        self.picker.show_at_hand(at_hand)
        self._follow()

    def _follow(self) -> None:
        self.forget_refusal()
        label = self.picker.label
        self._apply.setEnabled(label is not None)
        self._star.setEnabled(label is not None)
        self._star.setChecked(label is not None and marking_of(label).to_xml() in self._favourites)

    def _turn_star(self) -> None:
        label = self.picker.label
        if label is not None:
            (self.starred if self._star.isChecked() else self.unstarred).emit(label)

    def _do(self) -> None:
        label: Label | None = self.picker.label
        if label is not None:
            self.applied.emit(label)
