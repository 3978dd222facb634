"""Which compartment is proposed for a received package, and why: a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cloison.actions.compartments import CompartmentLine, list_compartments
from cloison.actions.received_before import uid_here
from cloison.actions.session import Session
from cloison.dissemination.manifest import Manifest
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.marking import dominates
from cloison.vault.errors import MovedAwayError, UnknownIdError


class ProposalReason(Enum):
    """Why a compartment is proposed."""

    RECEIVED_BEFORE = "received before"
    CEILING_ALLOWS = "ceiling allows"
    NO_CEILING = "no ceiling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is offered: the open compartments, and the one proposed among them, None where none may take the package."""

    compartments: tuple[CompartmentLine, ...]
    compartment_id: str | None = None
    reason: ProposalReason | None = None


def propose_compartment(session: Session, manifest: Manifest) -> Proposal:
    """Where an earlier rendition of the same note lies; else what ``fitting`` finds."""
    offered = tuple(one for one in list_compartments(session) if one.notes is not None)
    for one in offered:
        if _holds(session, one.id, manifest) and _allows(session.policy, one, manifest.label):
            return Proposal(compartments=offered, compartment_id=one.id, reason=ProposalReason.RECEIVED_BEFORE)
    return fitting(session.policy, manifest.label, offered)


def fitting(policy: Policy, label: Label, offered: Sequence[CompartmentLine]) -> Proposal:
    """One with a ceiling that allows ``label``, else one without; without need to know first, then by name."""
    allowing = [one for one in offered if _allows(policy, one, label)]
    allowing.sort(key=lambda one: (one.ceiling is None, one.need_to_know, one.name.casefold()))
    if not allowing:
        return Proposal(compartments=tuple(offered))
    reason = ProposalReason.NO_CEILING if allowing[0].ceiling is None else ProposalReason.CEILING_ALLOWS
    return Proposal(compartments=tuple(offered), compartment_id=allowing[0].id, reason=reason)


def _allows(policy: Policy, line: CompartmentLine, label: Label) -> bool:
    return line.ceiling is None or dominates(policy, line.ceiling, label)


def _holds(session: Session, compartment_id: str, manifest: Manifest) -> bool:
    compartment = session.vault.compartment(compartment_id)
    try:
        compartment.notes.row(uid_here(session, compartment, manifest))
    except (UnknownIdError, MovedAwayError):
        return False
    return True
