"""Members and compartments at one look: who is known how far, who is read into what, what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.compartments import CompartmentLine, list_compartments
from cloison.actions.session import Session
from cloison.vault.members import MemberSummary
from cloison.vault.readers import PendingRekey


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The members of the vault, the compartments that are open here, and compartments still to be given another key."""

    members: tuple[MemberSummary, ...]
    compartments: tuple[CompartmentLine, ...]
    pending: tuple[PendingRekey, ...]

    def read_into(self, alias: str) -> tuple[CompartmentLine, ...]:
        """The compartments that a member is read into, as far as they are open here."""
        return tuple(one for one in self.compartments if alias in (one.readers or ()))


def membership(session: Session) -> Membership:
    """How it is now."""
    return Membership(
        members=session.vault.members.all(),
        compartments=tuple(one for one in list_compartments(session) if one.readers is not None),
        pending=session.vault.readers.pending(),
    )
