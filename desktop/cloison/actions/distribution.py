"""Copy n / N and the distribution list: on a copy only where the policy demands them or the sender asked.

Both count everybody the note is sealed to in one act, in the order of the table. Counted by who receives the same text,
they would change with what a reader is not sent: a copy must not tell that there is more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cloison.actions.dissemination_plan import Plan
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.rendering.page import CopyNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """All who receive a copy, in order, and which of them ``number`` is."""

    number: CopyNumber
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands on a copy: its number, or None; the names of all who receive one, none where they are kept."""

    number: CopyNumber | None
    holders: tuple[str, ...]


def copies_of_each(table: Plan) -> dict[str, Copies]:
    """By contact id."""
    holders = tuple(row.contact.card.name for row in table.packages)
    return {
        row.contact.id: Copies(number=CopyNumber(number=number, total=len(holders)), holders=holders)
        for number, row in enumerate(table.packages, start=1)
    }


def demanded(policy: Policy, label: Label, copies: Copies) -> Shown:
    """What the policy wants to stand on a copy under ``label``."""
    requires = policy.version_of(label.policy_digest).classification(label.classification).handling.requires
    return Shown(
        number=copies.number if requires.copy_number else None,
        holders=copies.holders if requires.distribution else (),
    )


def asked_for(copies: Copies) -> Shown:
    """What stands on a copy of which the sender asked that the distribution be shown."""
    return Shown(number=copies.number, holders=copies.holders)


def demanded_on_each(policy: Policy, table: Plan) -> Mapping[str, Shown]:
    """What the policy alone puts on each copy of the table, by contact id; who receives nothing is not in it."""
    copies = copies_of_each(table)
    return {
        row.contact.id: demanded(policy, row.rendition.label, copies[row.contact.id])
        for row in table.packages
        if row.rendition is not None
    }


def asked_for_on_each(table: Plan) -> Mapping[str, Shown]:
    """What stands on each copy where the sender ticked “show distribution”, by contact id."""
    copies = copies_of_each(table)
    return {row.contact.id: asked_for(copies[row.contact.id]) for row in table.packages if row.rendition is not None}
