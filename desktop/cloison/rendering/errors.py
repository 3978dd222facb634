"""What can stop a page from being drawn, as facts; the sentences are in ``cloison.wording``."""

from __future__ import annotations


class RenderingError(Exception):
    """Root of what this layer raises."""


class UnprintableCharacterError(RenderingError):
    """No embedded font has ``character``.

    ``portion`` is the number of the portion on the paper (0 is the title), or None where the character stands in the
    page's own fields; ``path`` names the place in the page model. The character itself is not in the message: it may be
    part of a classified text.
    """

    def __init__(self, character: str, *, path: str, portion: int | None) -> None:
        super().__init__(f"{path}: no glyph")
        self.character = character
        self.path = path
        self.portion = portion

    @property
    def code_point(self) -> str:
        """The character as Unicode writes it: ``U+4E2D``."""
        return f"U+{ord(self.character):04X}"


class NoRoomError(RenderingError):
    """Stamps, holder and copy text take so much of the page that no text would fit between them."""
