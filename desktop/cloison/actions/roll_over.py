"""An authority with new keys: what of its old ones still counts here.

Trusting the new keys takes nothing from the old: what they endorsed counts until they are trusted no longer, so that
everybody can be endorsed anew in the meantime. Whoever takes the old ones away first loses what only they endorsed.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.people import Contact, authorities, contacts
from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOver:
    """An authority trusted here by ``earlier`` keys too, and the people whose endorsement in force is by those."""

    earlier: TrustedAuthority
    relying: tuple[Contact, ...]


def roll_over(session: Session, authority: TrustedAuthority) -> RollOver | None:
    """What still hangs on the keys that ``authority`` took the place of; None where those are not trusted here."""
    previous = authority.card.previous
    earlier = None if previous is None else authorities(session).get(previous)
    return None if earlier is None else RollOver(earlier=earlier, relying=relying_on(session, earlier))


def relying_on(session: Session, authority: TrustedAuthority) -> tuple[Contact, ...]:
    """The people whose endorsement in force is by these keys: they lose it when the authority is trusted no longer."""
    return tuple(
        one
        for one in contacts(session)
        if one.standing.endorsement is not None and one.standing.endorsement.authority == authority.card.fingerprint
    )
