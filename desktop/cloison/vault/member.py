"""The member who has a vault open."""

from __future__ import annotations

from dataclasses import dataclass

from cloison_crypto.identity import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who has the vault open: the identity in use, and those before it, which go on opening what was sealed to them."""

    id: str
    alias: str
    identity: Identity
    former: tuple[Identity, ...] = ()

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Every identity of the member, the one in use first."""
        return (self.identity, *self.former)

    def wipe(self) -> None:
        """Wipe the keys of all of them."""
        for identity in self.identities:
            identity.wipe()
