"""What stops a page from being drawn or a register from being read, in words."""

from __future__ import annotations

from cloison.registers.errors import BrokenChainError, ClockSetBackError, EntryFormatError, RegistersError
from cloison.rendering.errors import NoRoomError, RenderingError, UnprintableCharacterError
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import minute
from cloison.wording.portions import numbered


def page_sentence(error: RenderingError, words: Catalogue) -> str | None:
    """What to tell of an error of a page."""
    match error:
        case UnprintableCharacterError(portion=None):
            return words.text(
                "A name or reference holds the character {character}, which no font here can print. Nothing was "
                "printed. Write it in another way.",
                character=error.code_point,
            )
        case UnprintableCharacterError(portion=int() as portion):
            return words.text(
                "A paragraph holds the character {character}, which no font here can print: {number}. Nothing was "
                "printed. Write it in another way.",
                character=error.code_point,
                number=numbered((portion,), words),
            )
        case NoRoomError():
            return words.text(
                "The stamps and the names at the edges of the page leave no room for the text. Nothing was printed. "
                "Shorten the holder’s name."
            )
    return None


def register_sentence(error: RegistersError, words: Catalogue) -> str | None:
    """What to tell of an error of a register."""
    match error:
        case BrokenChainError():
            return words.text(
                "The register was altered: its entry {sequence} does not follow from the one before. Nothing was "
                "changed. Tell your security officer, and have the register verified.",
                sequence=error.sequence,
            )
        case ClockSetBackError():
            return words.text(
                "The clock of this computer stands before {moment}, the date of the last entry in a register. Nothing "
                "was done. Set the clock right; where it is right, say so in the calendar, or with “vault "
                "confirm-clock”.",
                moment=minute(error.latest, words),
            )
        case EntryFormatError():
            return words.text(
                "The register holds something that is no entry (at {place}). Nothing was changed. Tell your security "
                "officer, and have the register verified.",
                place=error.path,
            )
    return None
