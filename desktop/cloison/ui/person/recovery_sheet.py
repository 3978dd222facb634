"""A recovery code in nine groups, two of which are typed back to show that it was written down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field
from cloison.ui.fonts import font
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel

_COLUMNS: Final = 3
_ASKED: Final = 2


class RecoverySheet(QWidget):
    """Shows ``code``; ``entered`` is Return in the last field."""

    entered = Signal()

    def __init__(self, kit: Kit, code: str, *, parent: QWidget | None = None) -> None:
        """Ask for two groups, chosen at random."""
        super().__init__(parent)
        self._words = kit.words
        self._groups = code.split("-")
        self._asked = self._choose(kit)
        self._lines = [QLineEdit() for _ in self._asked]
        self._fields = [
            Field(kit.words.text("Group {number}", number=number + 1), line)
            for number, line in zip(self._asked, self._lines, strict=True)
        ]
        self._fault = PlainLabel(role="danger")
        self._fault.hide()
        self._place()
        self._lines[0].returnPressed.connect(self._lines[1].setFocus)
        self._lines[1].returnPressed.connect(self.entered)
        self.setFocusProxy(self._lines[0])

    @property
    def asked(self) -> tuple[int, ...]:
        """Which groups are asked for, from 0."""
        return self._asked

    def will_do(self) -> bool:
        """Whether both groups were typed back; says which was not."""
        for number, line in zip(self._asked, self._lines, strict=True):
            # Zero and one are not in the alphabet: whoever types them has misread the letters.
            typed = line.text().strip().upper().replace("0", "O").replace("1", "I")
            if typed != self._groups[number]:
                self._fault.setText(
                    self._words.text("Group {number} is not what is written above: look again.", number=number + 1)
                )
                self._fault.show()
                line.setFocus()
                line.selectAll()
                return False
        self._fault.hide()
        return True

    def _choose(self, kit: Kit) -> tuple[int, ...]:
        order = sorted(range(len(self._groups)), key=lambda number: kit.randomness(4))
        return tuple(sorted(order[:_ASKED]))

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_4)
        layout.addWidget(_grid(self._groups))
        layout.addWidget(PlainLabel(self._words.text("Type back two groups from your paper:")))
        line = QHBoxLayout()
        line.setSpacing(sizes.SPACE_4)
        for field in self._fields:
            line.addWidget(field)
        layout.addLayout(line)
        layout.addWidget(self._fault)


def _grid(groups: list[str]) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "notice")
    frame.setAccessibleName(" ".join(groups))
    grid = QGridLayout(frame)
    grid.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
    grid.setSpacing(sizes.SPACE_3)
    for number, group in enumerate(groups):
        row, column = divmod(number, _COLUMNS)
        cell = QLabel(f"{number + 1}.  {group}")
        cell.setTextFormat(Qt.TextFormat.PlainText)
        lettering = font(sizes.TEXT_TITLE, QFont.Weight.DemiBold)
        lettering.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2)
        cell.setFont(lettering)
        grid.addWidget(cell, row, column)
    return frame
