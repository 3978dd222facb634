"""Looking a vault through: its files, its search, its registers."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.registers import Verdict, verify
from cloison.actions.session import Session
from cloison.vault.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultCheck:
    """What was found; registers are in ``broken`` where they do not hold. ``closed`` names the compartments that were
    not looked through."""

    problems: tuple[Problem, ...]
    broken: tuple[Verdict, ...]
    closed: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems and not self.broken


def check_vault(session: Session) -> VaultCheck:
    """Look through every page of the open files and verify every register."""
    return checked(session, session.vault.check())


def checked(session: Session, problems: tuple[Problem, ...]) -> VaultCheck:
    """What was found in the files, with what verifying every register finds."""
    broken = tuple(verdict for verdict in verify(session) if verdict.first_bad is not None)
    closed = tuple(one.name for one in session.vault.compartments() if not one.is_open)
    return VaultCheck(problems=problems, broken=broken, closed=closed)
