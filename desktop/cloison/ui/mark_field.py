"""A mark that is typed, ``[S-SF]`` or ``S-SF``, with the chip it makes beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.labels.errors import LabelsError
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark, read_mark
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk

_WIDTH = 96


class MarkField(QWidget):
    """``label`` is what is typed, None where that is no mark; ``fault`` says why; ``changed`` at each key."""

    changed = Signal()

    def __init__(self, clerk: Clerk, name: str, label: Label, *, parent: QWidget | None = None) -> None:
        """Begin with ``label``; ``name`` is for assistive technology."""
        super().__init__(parent)
        self._clerk = clerk
        self.label: Label | None = label
        self.fault = ""
        self.line = QLineEdit(portion_mark(clerk.policy, label).strip("[]"))
        self.line.setFixedWidth(_WIDTH)
        self.line.setAccessibleName(name)
        self._chip = ChipView(clerk.kit.theme)
        self._chip.show_mark(clerk.policy, label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.line)
        layout.addWidget(self._chip)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._read)

    def _read(self, typed: str) -> None:
        mark = typed.strip()
        mark = mark if mark.startswith(("[", "(")) else f"[{mark}]"
        try:
            self.label, self.fault = read_mark(self._clerk.policy, mark, created=self._clerk.session.now()), ""
        except LabelsError as error:
            self.label, self.fault = None, self._clerk.sentence(error)
        self._chip.show_mark(self._clerk.policy, self.label)
        self.line.setAccessibleDescription(self.fault)
        self.changed.emit()
