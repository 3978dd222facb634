"""Why a compartment is proposed for a package, in words."""

from __future__ import annotations

from typing import Final

from cloison.actions.propose_compartment import ProposalReason
from cloison.wording.catalogue import N_, Catalogue

_REASONS: Final[dict[ProposalReason | None, str]] = {
    ProposalReason.RECEIVED_BEFORE: N_("Proposed because an earlier rendition of this note lies there."),
    ProposalReason.CEILING_ALLOWS: N_("Proposed because its ceiling allows this mark."),
    ProposalReason.NO_CEILING: N_("Proposed because it has no ceiling, and none with a ceiling allows this mark."),
    None: N_(
        "No open compartment may hold this mark. Open or add one that may under “My access”, then open the package "
        "again."
    ),
}


def proposal_text(reason: ProposalReason | None, words: Catalogue) -> str:
    """Why a compartment is proposed; None: none is."""
    return words.text(_REASONS[reason])
