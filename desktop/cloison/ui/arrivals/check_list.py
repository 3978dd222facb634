"""The checks of a package on the screen: a picture and a sentence each, read out as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cloison.ui.arrivals.checks import Check, Found
from cloison.ui.clerk import Clerk
from cloison.ui.palette import Palette
from cloison.ui.state_lines import StateLine, StateLines

_COLOURS: Final[dict[Found, Callable[[Palette], str]]] = {
    Found.HOLDS: lambda palette: palette.ok,
    Found.FAILS: lambda palette: palette.danger,
    Found.NOT_LOOKED_AT: lambda palette: palette.muted,
}


class CheckList(StateLines):
    """Shows checks."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(clerk.kit.theme, parent=parent)
        self._words = clerk.words
        self.checks: tuple[Check, ...] = ()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these."""
        self.checks = tuple(checks)
        self.show_states([self._line(one) for one in checks])

    def _line(self, check: Check) -> StateLine:
        return StateLine(
            icon=check.found.value,
            colour=_COLOURS[check.found],
            state=self._state(check.found),
            sentence=check.sentence,
            role="muted" if check.found is Found.NOT_LOOKED_AT else "",
        )

    def _state(self, found: Found) -> str:
        words = self._words
        if found is Found.HOLDS:
            return words.text("holds")
        return words.text("does not hold") if found is Found.FAILS else words.text("not looked at")
