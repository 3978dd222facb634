"""Receipts, dispatches and requirements in words."""

from __future__ import annotations

from typing import Final

from cloison.actions.dispatches import DispatchState
from cloison.actions.requirements import Requirement
from cloison.dissemination.receipt import MOST_USEFUL, Verdict
from cloison.wording.catalogue import N_, Catalogue

_VERDICTS: Final[dict[Verdict, str]] = {Verdict.RECEIVED: N_("received"), Verdict.REFUSED: N_("refused")}
_STATES: Final[dict[DispatchState, str]] = {
    DispatchState.SENT: N_("sent"),
    DispatchState.WAITING: N_("waiting for an answer"),
    DispatchState.RECEIPTED: N_("receipt received"),
    DispatchState.REFUSED: N_("refused by the recipient"),
    DispatchState.VOID: N_("never left"),
}


def verdict_text(verdict: Verdict, words: Catalogue) -> str:
    """What became of a package, without a capital or full stop."""
    return words.text(_VERDICTS[verdict])


def usefulness_text(useful: int, words: Catalogue) -> str:
    """How useful a package was, as a sentence."""
    return words.text("Usefulness: {useful} of {most}.", useful=useful, most=MOST_USEFUL)


def dispatch_state_text(state: DispatchState, words: Catalogue) -> str:
    """How a dispatch stands, without a capital or full stop."""
    return words.text(_STATES[state])


def requirement_state_text(one: Requirement, words: Catalogue) -> str:
    """How a requirement stands, without a capital or full stop."""
    if one.answered_by:
        return words.text("answered")
    return words.text("open") if one.closing is None else words.text("closed")
