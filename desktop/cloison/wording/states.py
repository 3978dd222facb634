"""States of copies, roles, clearances: a few words each, for the cells of a table."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cloison.directory.card import Role
from cloison.labels.clearance import Clearance
from cloison.labels.policy import Policy
from cloison.labels.rendering import render_clearance
from cloison.registers.facts import CopyEvent
from cloison.wording.catalogue import N_, Catalogue
from cloison_crypto.public_identity import HIGH

_COPY: Final[dict[CopyEvent, str]] = {
    CopyEvent.RESERVED: N_("number reserved"),
    CopyEvent.PRINTED: N_("with its holder"),
    CopyEvent.SPOILT: N_("spoilt, destroyed"),
    CopyEvent.VOID: N_("void"),
}
_ROLES: Final[dict[Role, str]] = {Role.MEMBER: N_("member"), Role.AUTHORITY: N_("authority")}


def copy_state_text(event: CopyEvent, words: Catalogue) -> str:
    """What has become of a copy."""
    return words.text(_COPY[event])


def role_text(role: Role, words: Catalogue) -> str:
    """What the holder of a card does."""
    return words.text(_ROLES[role])


def need_to_know_text(compartments: Collection[str], words: Catalogue) -> str:
    """How many compartments somebody is endorsed for by identifier."""
    if not compartments:
        return words.text_in("need to know", "no compartment")
    return words.plural("{count} compartment", "{count} compartments", len(compartments))


def suites_text(suites: Collection[int], words: Catalogue) -> str:
    """Which keys a card carries, and what they are enough for."""
    if HIGH in suites:
        return words.text("of suites 1 and 2, for every level")
    return words.text("of suite 1 alone; the highest levels ask for suite 2")


def clearance_text(policy: Policy, clearance: Clearance | None, words: Catalogue) -> str:
    """A clearance in short: its highest level and its categories; levels one by one where some below are missing."""
    if clearance is None or not clearance.classifications:
        return words.text_in("clearance", "none")
    levels = [one.name for one in policy.levels if one.name in clearance.classifications]
    if levels != [one.name for one in policy.levels[: len(levels)]]:
        return render_clearance(policy, clearance, words.language)
    categories = sorted(ref.name for ref in clearance.categories)
    return " – ".join((levels[-1], *categories))
