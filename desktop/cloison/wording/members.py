"""Members of a vault, and what is still to be done after one of them left, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cloison.actions.reader_records import FallenReader
from cloison.vault.members import Acquaintance, MemberSummary
from cloison.vault.readers import PendingRekey
from cloison.wording.catalogue import N_, Catalogue

LATER_ONLY: Final = N_(
    "It protects what is written from now on: copies and backups of the vault made before still open as they did."
)
_ACQUAINTANCES: Final[dict[Acquaintance, str]] = {
    Acquaintance.MYSELF: N_("you"),
    Acquaintance.KNOWN: N_("known"),
    Acquaintance.RENEWED: N_("new keys, to be compared"),
    Acquaintance.UNCONFIRMED: N_("to be compared"),
    Acquaintance.CHANGED: N_("not who was known here"),
}


def acquaintance_text(acquaintance: Acquaintance, words: Catalogue) -> str:
    """How far a member is known."""
    return words.text(_ACQUAINTANCES[acquaintance])


def member_text(member: MemberSummary, compartments: int, words: Catalogue) -> str:
    """A member in one line: how far they are known, and how many of the open compartments they are read into."""
    known = acquaintance_text(member.acquaintance, words)
    read_in = words.plural("read into {count} open compartment", "read into {count} open compartments", compartments)
    return f"{known} · {read_in}"


def readers_text(readers: Sequence[str], alias: str, words: Catalogue) -> str:
    """Who is read into a compartment, for somebody who looks at one member."""
    if alias in readers:
        return words.text("read in: {readers}", readers=", ".join(readers))
    return words.text("not read in; read in: {readers}", readers=", ".join(readers))


def pending_text(pending: PendingRekey, words: Catalogue) -> str:
    """A compartment that still has the key of a former member, and what to do."""
    return words.text(
        "“{compartment}” still has a key that {member} was handed, who is no member any more. Confirm its other "
        "readers, then read {member} out of it.",
        compartment=pending.name,
        member=pending.alias,
    )


def fallen_text(fallen: FallenReader, words: Catalogue) -> str:
    """Somebody who did not get a compartment's next key either, and what to do."""
    return words.text(
        "{member} did not get the next key of “{compartment}” either: the register has not read them in, or what is "
        "endorsed of them does not reach it. Find out how they came on the list of readers before you read them in "
        "again.",
        compartment=fallen.compartment,
        member=fallen.alias,
    )
