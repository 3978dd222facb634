"""What is said of a package that was handed in."""

from __future__ import annotations

from cloison.actions.take_receipt import TakenReceipt
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
    if line.taken is not None:
        return words.text("taken in: {number}", number=line.taken.number)
    if line.receipt is not None:
        return words.text("a receipt: to be taken in")
    if line.accepted is not None:
        return words.text("accepted: {number}", number=line.accepted.number)
    return words.text(_STAGES[line.stage])


def taken_sentence(taken: TakenReceipt, words: Catalogue) -> str:
    """What was closed by a receipt, and what became of its questions."""
    told = words.text(
        "Entered under {number} in the register of dispatches: the line of that dispatch is closed.",
        number=taken.number,
    )
    count = len(taken.requirement_ids)
    if not count:
        return told
    kept = words.plural(
        "{count} question was kept as a requirement.", "{count} questions were kept as requirements.", count
    )
    return f"{told} {kept}"


def accepted_sentence(line: Incoming, words: Catalogue) -> str:
    """Where it was kept, and under which number it was entered."""
    return words.text(
        "Kept in “{compartment}” and entered as {number} in the register of arrivals.",
        compartment=line.compartment,
        number="" if line.accepted is None else line.accepted.number,
    )
