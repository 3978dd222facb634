"""Which compartment is proposed for a package, from its label and the ceilings there are."""

from __future__ import annotations

from collections.abc import Sequence

from cloison.actions.compartments import CompartmentLine
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.marking import dominates


def proposed_compartment(policy: Policy, label: Label, compartments: Sequence[CompartmentLine]) -> str | None:
    """The id of one that may take ``label``: with a ceiling that allows it, else without one; None where none may."""
    allowing = [one for one in compartments if one.ceiling is None or dominates(policy, one.ceiling, label)]
    allowing.sort(key=lambda one: (one.ceiling is None, one.need_to_know, one.name.casefold()))
    return allowing[0].id if allowing else None
