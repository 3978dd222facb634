"""Foreign text shown as plain text: nothing in it is markup, nothing is invisible, nothing turns text round.

Qt guesses: a label, a tooltip or a message box that is handed ``<img src="file:///…">`` opens the file. And characters
that reverse the direction of reading make a name read as another one (Unicode TR 36, "Bidirectional text spoofing"). So
text from a file or a person goes through ``visible`` and is shown by ``PlainLabel``. The marks that only help a line of
Arabic or Hebrew along (U+200E, U+200F, U+061C) and the joiners of Persian and Indic scripts turn nothing round: they
stay.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_CONTROL_PICTURES: Final = 0x2400
_DELETE_PICTURE: Final = "␡"
_BREAK: Final = " · "
# C0 without tab and line feed, DEL, C1; line and paragraph separators; embeddings, overrides, isolates; the deprecated
# format characters; zero-width no-break space, interlinear annotations and the object character; tags; lone surrogates;
# the two non-characters that Qt takes for the ends of a frame.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
    "\ud800-\udfff\ufdd0\ufdd1]"
)


def visible(text: str) -> str:
    """``text`` with each control or direction-turning character as something that is seen; tab and line feed stay."""
    return _HIDDEN.sub(lambda found: _picture(found.group()), text)


def on_one_line(text: str) -> str:
    """As ``visible``, with line feeds and tabs shown as spaces: for titles, names, rows of a list."""
    return visible(text.replace("\r\n", "\n")).replace("\n", " ").replace("\t", " ")


def tooltip(text: str) -> str:
    """``text`` so that a tooltip shows it literally: Qt has no plain tooltips, so it is escaped markup."""
    return f"<span>{escape(visible(text))}</span>"


class PlainLabel(QLabel):
    """A label for text that came from a file or a person."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        """A label showing ``text``, dressed as ``role`` (see ``sheet``)."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name, so that no way in is left open
        """Show ``text``, what is hidden in it made visible."""
        super().setText(visible(text))


class OneLineLabel(PlainLabel):
    """A label of one line that ends in … where there is no room, and is then read whole in its tooltip."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        """A label showing ``text`` on one line."""
        super().__init__(text, role=role, parent=parent)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show ``text`` on one line."""
        super().setText(on_one_line(text))
        self.setAccessibleName(self.text())
        self.setToolTip(tooltip(self.text()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line high, however narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw as much as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Measure again when the font or the style changes."""
        super().changeEvent(event)
        self.updateGeometry()


class TwoPartLabel(OneLineLabel):
    """As ``OneLineLabel``, but that it breaks at its “ · ” first: what follows is seen whole on a line of its own."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        """A label showing ``text``; it is given the height of two lines by its holder."""
        super().__init__(text, role=role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is seen, with … where there is no room."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        parts = [self.text()] if metrics.horizontalAdvance(self.text()) <= room else self.text().split(_BREAK, 1)
        return tuple(metrics.elidedText(one, Qt.TextElideMode.ElideRight, room) for one in parts)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw one line or two."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), "\n".join(self.lines))


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else f"⟨U+{code:04X}⟩"
