"""Text on its way through the clipboard or under the mouse, with what it is worth.

Other programs get the bare words. The marks stay in this process: the private MIME type carries a random token, under
which the shelf keeps the pieces, so that no other program can read the marks nor hand text over under a mark of its
own making. After a lock there is another process, to which the token says nothing: what is pasted then is text from
outside.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData

from cloison.notes.portion import Content, Kind, Run
from cloison.notes.portion import words_of as words_in
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.standing import UNMARKED, Standing
from cloison.ui.plain import visible
from cloison_crypto.secrets import Randomness

MIME_TYPE: Final = "application/x-cloison-clip"
_MOVING: Final = 4
_TOKEN_BYTES: Final = 16
_BREAKS: Final = ("\r\n", "\r", "\u2029", "\u2028", "\x0b", "\x0c", "\x85")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words out of one paragraph, or a table or an image, and what it was worth when it was taken.

    ``source`` is the cell of that paragraph, ``cell`` one of the clip's own; both say nothing for text from outside.
    """

    content: Content
    standing: Standing
    kind: Kind = Kind.PARAGRAPH
    source: int = -1
    cell: int = -1

    @property
    def text(self) -> str:
        """The words alone."""
        return words_in(self.content)

    @property
    def is_object(self) -> bool:
        """Whether it is a table or an image, which stands alone in its block."""
        return not isinstance(self.content, tuple)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clip:
    """One or more pieces, the last without an end of paragraph.

    ``cells`` is the table their cells are numbers of, None for text from outside.
    """

    pieces: tuple[Piece, ...]
    cells: Cells | None = None


class ClipShelf:
    """Keeps the copied clip and the last few under the mouse; one for the whole application."""

    def __init__(self, randomness: Randomness) -> None:
        """An empty shelf."""
        self._randomness = randomness
        self._copied: tuple[str, Clip] | None = None
        self._moving: OrderedDict[str, Clip] = OrderedDict()

    def copied(self, clip: Clip) -> QMimeData:
        """What goes on the clipboard for ``clip``, which is kept until the next one."""
        token = self._token()
        self._copied = (token, clip)
        return _mime(token, clip)

    def moving(self, clip: Clip) -> QMimeData:
        """What goes under the mouse for ``clip``."""
        token = self._token()
        self._moving[token] = clip
        while len(self._moving) > _MOVING:
            self._moving.popitem(last=False)
        return _mime(token, clip)

    def find(self, source: QMimeData) -> Clip | None:
        """The clip that ``source`` stands for, if it was made here and is still known."""
        token = bytes(source.data(MIME_TYPE).data()).decode("ascii", "replace")
        if self._copied is not None and self._copied[0] == token:
            return self._copied[1]
        return self._moving.get(token)

    def _token(self) -> str:
        return self._randomness(_TOKEN_BYTES).hex()


def clip_from_outside(text: str) -> Clip:
    """Plain text nobody has marked, a piece for each line."""
    for separator in _BREAKS:
        text = text.replace(separator, "\n")
    return Clip(pieces=tuple(Piece(content=_runs(line), standing=UNMARKED) for line in visible(text).split("\n")))


def words_of(pieces: Sequence[Piece]) -> str:
    """What another program gets."""
    return "\n".join(piece.text for piece in pieces)


def _runs(line: str) -> tuple[Run, ...]:
    return (Run(text=line),) if line else ()


def _mime(token: str, clip: Clip) -> QMimeData:
    source = QMimeData()
    source.setText(words_of(clip.pieces))
    source.setData(MIME_TYPE, token.encode("ascii"))
    return source
