"""Links between notes, in words, from either end."""

from __future__ import annotations

from typing import Final

from cloison.notes.link import LinkDirection, LinkKind
from cloison.wording.catalogue import N_, Catalogue

_LINKS: Final[dict[tuple[LinkDirection, LinkKind], str]] = {
    (LinkDirection.TO, LinkKind.CORROBORATES): N_("corroborates"),
    (LinkDirection.TO, LinkKind.CONTRADICTS): N_("contradicts"),
    (LinkDirection.TO, LinkKind.FOLLOWS): N_("follows"),
    (LinkDirection.TO, LinkKind.ANSWERS): N_("answers"),
    (LinkDirection.FROM, LinkKind.CORROBORATES): N_("corroborated by"),
    (LinkDirection.FROM, LinkKind.CONTRADICTS): N_("contradicted by"),
    (LinkDirection.FROM, LinkKind.FOLLOWS): N_("followed by"),
    (LinkDirection.FROM, LinkKind.ANSWERS): N_("answered by"),
}


def link_text(kind: LinkKind, direction: LinkDirection, words: Catalogue) -> str:
    """How the note that is looked at stands to the other one."""
    return words.text(_LINKS[direction, kind])
