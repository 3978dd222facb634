"""How the vault is, line by line: a picture, what it is about, and a sentence with what to do; read out as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cloison.actions.health import Grade, HealthLine
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.notice import Tone
from cloison.ui.palette import Palette
from cloison.ui.state_lines import StateLine, StateLines
from cloison.wording.health import health_text

_SHOWN: Final[dict[Grade, tuple[Tone, Callable[[Palette], str]]]] = {
    Grade.GOOD: (Tone.DONE, lambda palette: palette.ok),
    Grade.BEWARE: (Tone.BEWARE, lambda palette: palette.warn),
    Grade.BAD: (Tone.REFUSED, lambda palette: palette.danger),
}


class LinesView(StateLines):
    """Shows lines."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(clerk.kit.theme, spacing=sizes.SPACE_3, parent=parent)
        self._words = clerk.words
        self.lines: tuple[HealthLine, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said, each after what it is about."""
        return tuple(": ".join(health_text(line, self._words)) for line in self.lines)

    def show_lines(self, lines: Sequence[HealthLine]) -> None:
        """Show these."""
        self.lines = tuple(lines)
        self.show_states([self._line(one) for one in lines])

    def _line(self, line: HealthLine) -> StateLine:
        name, sentence = health_text(line, self._words)
        tone, colour = _SHOWN[line.grade]
        return StateLine(icon=tone.value, colour=colour, state=self._state(line.grade), name=name, sentence=sentence)

    def _state(self, grade: Grade) -> str:
        words = self._words
        if grade is Grade.GOOD:
            return words.text("in order")
        return words.text("beware") if grade is Grade.BEWARE else words.text("not in order")
