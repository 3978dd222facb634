"""What is said of a receipt that was sealed, and of one that came in."""

from __future__ import annotations

from cloison.actions.make_receipt import MadeReceipt
from cloison.actions.medium import medium_of
from cloison.ui.dissemination.words import removal_sentence
from cloison.wording.catalogue import Catalogue


def made_sentence(made: MadeReceipt, words: Catalogue) -> str:
    """Where it lies, under which number it was entered, and what to do now."""
    told = words.text(
        "The receipt for {name} was sealed as “{file}” and entered under {number} in the register of arrivals.",
        name=made.recipient,
        file=made.path.name,
        number=made.number,
    )
    return f"{told} {removal_sentence(medium_of(made.path.parent), words)}"
