"""What is said of a package that was handed in."""

from __future__ import annotations

from cloison.ui.arrivals.reception import Incoming, Stage
from cloison.wording.catalogue import N_, Catalogue

_STAGES = {
    Stage.WAITING: N_("waiting for its turn"),
    Stage.CHECKING: N_("being checked…"),
    Stage.CHECKED: N_("checked: to be accepted"),
    Stage.HELD: N_("in quarantine"),
    Stage.REFUSED: N_("refused"),
}


def stage_text(line: Incoming, words: Catalogue) -> str:
    """How far a package is, for its row."""
    if line.accepted is not None:
        return words.text("accepted: {number}", number=line.accepted.number)
    return words.text(_STAGES[line.stage])


def accepted_sentence(line: Incoming, words: Catalogue) -> str:
    """Where it was kept, and under which number it was entered."""
    return words.text(
        "Kept in “{compartment}” and entered as {number} in the register of arrivals.",
        compartment=line.compartment,
        number="" if line.accepted is None else line.accepted.number,
    )
