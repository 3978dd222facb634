"""What is loud about somebody: one notice for each warning, above all else that is known of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.notice import Notice, Tone
from cloison.ui.theme import Theme


class WarningsView(QWidget):
    """Hidden while there is nothing to be said."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        """Nothing to be said."""
        super().__init__(parent)
        self._theme = theme
        self._notices: list[Notice] = []
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(sizes.SPACE_2)
        self.hide()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(one.sentence for one in self._notices)

    def show_warnings(self, sentences: Sequence[str]) -> None:
        """Say these in place of what was said before."""
        if tuple(sentences) == self.sentences:
            return
        for one in self._notices:
            self._inside.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._notices = []
        for sentence in sentences:
            notice = Notice(self._theme)
            notice.say(sentence, Tone.BEWARE)
            self._notices.append(notice)
            self._inside.addWidget(notice)
        self.setVisible(bool(sentences))
