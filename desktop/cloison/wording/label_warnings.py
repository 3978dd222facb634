"""What was let pass while reading a label or a policy, in words."""

from __future__ import annotations

from typing import Final

from cloison.actions.policies import PolicyWarning
from cloison.labels.label import LabelWarning
from cloison.labels.spif_schema import SchemaFault, SchemaWarning
from cloison.wording.catalogue import N_, Catalogue

_WARNINGS: Final[dict[LabelWarning | PolicyWarning, str]] = {
    LabelWarning.NO_CREATION_TIME: N_("The label says not when it was made; the present time was taken."),
    LabelWarning.FOREIGN_ELEMENT: N_("The label holds elements of somebody else’s, which were left aside."),
    PolicyWarning.NO_LAYOUT: N_(
        "The policy has no layout block: every level asks for a clearance, and stamps are red boxes."
    ),
    PolicyWarning.OPEN_TO_NOBODY: N_(
        "A category that opens or closes asks for words, a number or a date of its own: no clearance can name these, "
        "so that what bears it opens to nobody."
    ),
}
_DEPARTURES: Final[dict[SchemaFault, str]] = {
    SchemaFault.MISSING_ATTRIBUTE: N_("Not as the schema has it: the attribute {value} is missing (in {place})."),
    SchemaFault.UNKNOWN_ATTRIBUTE: N_("Not as the schema has it: the attribute {value} has no effect (in {place})."),
    SchemaFault.MISSING_ELEMENT: N_("Not as the schema has it: the element {value} is missing (in {place})."),
    SchemaFault.UNKNOWN_ELEMENT: N_(
        "Not as the schema has it: the element {value} does not belong there (in {place})."
    ),
    SchemaFault.BAD_VALUE: N_("Not as the schema has it: “{value}” is not allowed there (in {place})."),
    SchemaFault.COLOUR_TWICE: N_("Not as the schema has it: two levels have the colour {value} (in {place})."),
}


def warning_text(warning: LabelWarning | PolicyWarning | SchemaWarning, words: Catalogue) -> str:
    """One thing that was let pass."""
    if isinstance(warning, SchemaWarning):
        return words.text(_DEPARTURES[warning.fault], value=warning.value, place=warning.path or "SPIF")
    return words.text(_WARNINGS[warning])
