"""A page on which a new recovery code may come up: it is shown this once, and nobody leaves before it is typed back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.person.recovery_sheet import RecoverySheet
from cloison.ui.working import Working

_WIDTH = 480


class CodePage(FlowPage):
    """A form, and after it, where there is one, the code. ``back_asked`` comes first, then ``leave_done``."""

    def __init__(self, clerk: Clerk, title: str, *, parent: QWidget | None = None) -> None:
        """No code yet."""
        super().__init__(clerk, title, parent=parent)
        self._sheet: RecoverySheet | None = None
        self._form = QWidget()
        self._working = Working()
        self.finish = button(clerk.words.text("Finish"), role="primary")
        self.finish.hide()
        self.finish.clicked.connect(self._end)

    def leave(self) -> None:
        """Not before the new recovery code was typed back."""
        if self._sheet is None:
            super().leave()
        else:
            self.say(self.clerk.words.text("Type the two groups of the new recovery code first."), Tone.BEWARE)

    def leave_done(self) -> None:
        """Leave once all is done; a page says what it did after this."""
        self._sheet = None
        self.back_asked.emit()

    def show_code(self, code: str) -> None:
        """The code, above where the form was."""
        self.finish.show()
        self._sheet = RecoverySheet(self.clerk.kit, code)
        self._sheet.entered.connect(self._end)
        self.body.insertWidget(1, at_most(_WIDTH, self._sheet))
        self._sheet.setFocus()

    def place_form(self, *parts: QWidget) -> None:
        """Lay the form out, from top to bottom, and the room for buttons below."""
        inside = QVBoxLayout(self._form)
        inside.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            inside.addWidget(part)
        self.body.addWidget(at_most(_WIDTH, self._form))
        self.body.addWidget(self._working)
        self.body.addStretch(1)
        self.footer.addStretch(1)

    def _end(self) -> None:
        if self._sheet is not None and self._sheet.will_do():
            self.leave_done()
