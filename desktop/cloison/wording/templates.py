"""Templates in words."""

from __future__ import annotations

from typing import Final

from cloison.actions.templates import ShippedTemplate, Template
from cloison.wording.catalogue import N_, Catalogue

_SHIPPED: Final[dict[ShippedTemplate, str]] = {
    ShippedTemplate.REPORT: N_("Report"),
    ShippedTemplate.DEBRIEF: N_("Source debrief"),
    ShippedTemplate.SUMMARY: N_("Summary"),
}


def template_name(template: Template, words: Catalogue) -> str:
    """The title of the note, or what the shipped one is called."""
    if template.shipped is not None:
        return words.text(_SHIPPED[template.shipped])
    return "" if template.line is None else template.line.row.title or words.text("Untitled")
