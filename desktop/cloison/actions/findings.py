"""What was found of files, taken as it is by a person: with a reason, and on the register.

Until then a finding comes back at every opening, and the states of that file are not told any more: an older copy put
in its place after that would not be noticed.
"""

from __future__ import annotations

from typing import Final

from cloison.actions.registers import draw_number, enter, enter_in_each, sign_head
from cloison.actions.session import Session
from cloison.notes.errors import ReasonMissingError
from cloison.registers.facts import FindingAccepted
from cloison.vault.errors import UnknownIdError
from cloison.vault.problems import Problem, ProblemKind

ACCEPTABLE: Final = frozenset(
    (
        ProblemKind.HEADER_ROLLED_BACK,
        ProblemKind.SHARED_ROLLED_BACK,
        ProblemKind.COMPARTMENT_ROLLED_BACK,
        ProblemKind.STATE_MISMATCH,
        ProblemKind.KEY_GONE,
    )
)
"""The others are mended or come back: nobody can take a damaged file for a sound one."""


def acceptable(session: Session) -> tuple[Problem, ...]:
    """What can be taken as it is."""
    return tuple(one for one in session.vault.problems if one.kind in ACCEPTABLE)


def finding_of(session: Session, file: str) -> Problem:
    """What can be taken as it is of that file; raises ``UnknownIdError``."""
    for one in acceptable(session):
        if one.file == file:
            return one
    raise UnknownIdError("finding", file)


def accept_finding(session: Session, finding: Problem, reason: str) -> str | None:
    """Take it as it is; the number it is entered under – in the compartment it concerns, else in each that is open.

    None where none is open. Raises ``ReasonMissingError`` and ``ClockSetBackError``.
    """
    if not reason.strip():
        raise ReasonMissingError
    facts = FindingAccepted(finding=finding.kind.name.lower(), file=finding.file, reason=reason.strip())
    number = _enter(session, finding, facts)
    session.vault.accept(finding)
    return number


def _enter(session: Session, finding: Problem, facts: FindingAccepted) -> str | None:
    concerned = [one for one in session.open_compartments() if one.id == finding.compartment_id]
    if not concerned:
        return enter_in_each(session, facts)
    number = draw_number(session, facts.kind)
    with concerned[0].transaction():
        enter(session, concerned[0], facts, number=number)
        sign_head(session, concerned[0])
    return number
