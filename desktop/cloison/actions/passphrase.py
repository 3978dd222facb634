"""Changing the passphrase, and judging a new one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cloison.actions.session import Session
from cloison.actions.ways import forget_entries
from cloison.keystore.passphrase import LEAST, strength
from cloison.vault.unlocking import Secret
from cloison.vault.ways_in import Relocked
from cloison_crypto.slots import Argon2Cost


def change_passphrase(
    session: Session,
    *,
    old: Secret,
    new: bytearray,
    cost: Argon2Cost,
    also: Sequence[Secret] = (),
    may_fall: Collection[str] = (),
) -> Relocked:
    """A new member key under a new passphrase, once an old secret was shown again.

    The old recovery code is void from then on, and a new one is in what comes back. A second factor or a key file among
    ``also`` goes on opening the vault. Raises what unlocking does, and ``WaysWouldFallError`` for those that would not.
    """
    changed = session.vault.ways.change_passphrase(old, new, cost, also=also, may_fall=may_fall)
    forget_entries(session, changed, (old, *also))
    return changed


def is_weak(passphrase: bytearray, *, known: Sequence[str]) -> bool:
    """Whether a passphrase is weaker than a new vault should have; ``known`` are names somebody would try first."""
    return strength(passphrase.decode(), known=known) < LEAST
