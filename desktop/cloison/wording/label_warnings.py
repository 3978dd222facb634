"""What was let pass while reading a label or a policy, in words."""

from __future__ import annotations

from typing import Final

from cloison.actions.policies import PolicyWarning
from cloison.labels.label import LabelWarning
from cloison.wording.catalogue import N_, Catalogue

_WARNINGS: Final[dict[LabelWarning | PolicyWarning, str]] = {
    LabelWarning.NO_CREATION_TIME: N_("The label says not when it was made; the present time was taken."),
    LabelWarning.FOREIGN_ELEMENT: N_("The label holds elements of somebody else’s, which were left aside."),
    PolicyWarning.NO_LAYOUT: N_(
        "The policy has no layout block: every level asks for a clearance, and stamps are red boxes."
    ),
}


def warning_text(warning: LabelWarning | PolicyWarning, words: Catalogue) -> str:
    """One thing that was let pass."""
    return words.text(_WARNINGS[warning])
