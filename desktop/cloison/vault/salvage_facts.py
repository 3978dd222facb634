"""What could not be saved of a damaged vault, as facts: where, what kind of thing, and how much of it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final


class LossKind(Enum):
    """What is not in the new vault, or not as it was."""

    FILE = "nothing of the file could be read"
    NOT_OPENED = "copied as it is: no key to it is known here"
    BLOB = "the bytes of an attachment are damaged or missing"
    NOTES = "notes of which no revision could be read"
    LATEST = "notes that came back as an earlier revision"
    REVISIONS = "earlier revisions"
    REGISTER = "register entries: the chain is broken there"
    NUMBERS = "number series, raised again to what the registers show"
    EXCHANGE = "what was sent and received"
    DIRECTORY = "contacts, endorsements, authorities, lists"
    WRAPS = "keys of compartments"
    ATTACHMENTS = "attachments"
    OTHER = "other rows"


TABLES: Final[dict[str, LossKind]] = {
    "revisions": LossKind.REVISIONS,
    "chain": LossKind.REGISTER,
    "checkpoints": LossKind.REGISTER,
    "series": LossKind.NUMBERS,
    "sent": LossKind.EXCHANGE,
    "received": LossKind.EXCHANGE,
    "contacts": LossKind.DIRECTORY,
    "endorsements": LossKind.DIRECTORY,
    "authorities": LossKind.DIRECTORY,
    "revocation_lists": LossKind.DIRECTORY,
    "groups": LossKind.DIRECTORY,
    "group_members": LossKind.DIRECTORY,
    "wraps": LossKind.WRAPS,
    "attachments": LossKind.ATTACHMENTS,
}
"""Which kind a gap in a table is; a gap in ``notes`` counts only where no revision of the note was left."""
REBUILT: Final = frozenset(("notes", "bodies", "sources", "due", "states", "commitments", "vault"))
"""Tables that are made again from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One loss in ``file``, a name inside the vault, of the compartment called ``compartment`` where it is in one.

    ``count`` is how many of them; for rows in gaps, how many gaps. ``names`` are what they were called, where known.
    """

    kind: LossKind
    file: str
    compartment: str | None = None
    count: int = 1
    names: tuple[str, ...] = ()


def losses_of(gaps: dict[str, int], *, file: str, compartment: str | None) -> Iterator[Loss]:
    """What gaps in tables mean."""
    counts: dict[LossKind, int] = {}
    for table, count in gaps.items():
        if table not in REBUILT:
            kind = TABLES.get(table, LossKind.OTHER)
            counts[kind] = counts.get(kind, 0) + count
    for kind, count in counts.items():
        yield Loss(kind=kind, file=file, compartment=compartment, count=count)
