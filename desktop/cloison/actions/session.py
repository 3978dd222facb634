"""The one value every action takes first: an open vault and what is needed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.label import Label
from cloison.labels.library import PolicySet, version_in_force
from cloison.labels.policy import Policy
from cloison.labels.versions import standing
from cloison.settings.values import Settings
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from cloison.vault.note_rows import StoredNote
from cloison.vault.vault import Vault
from cloison_crypto.secrets import Clock, Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An unlocked vault, its member, the policies known here, the settings, the clock and the randomness."""

    vault: Vault
    policies: PolicySet
    policy: Policy
    settings: Settings
    clock: Clock
    randomness: Randomness

    def now(self) -> datetime:
        """The time, in whole seconds, UTC."""
        return self.clock().replace(microsecond=0)

    def at_one_moment(self) -> Session:
        """The same with its clock stopped: for what is one thing, however long it takes to work out."""
        now = self.now()
        return replace(self, clock=lambda: now)

    def policy_for(self, label: Label) -> Policy | None:
        """The policy ``label`` was made under, in the very version it names, or None."""
        if label.policy_digest is None:
            return None
        policy = self.policies.get(label.policy_digest)
        return policy if policy is not None and policy.id == label.policy_id else None

    def standing(self, label: Label | None) -> Label | None:
        """A stored label as it counts now: what takes over from it by itself has done so."""
        policy = None if label is None else self.policy_for(label)
        return label if label is None or policy is None else standing(policy, label, now=self.now())

    def is_superseded(self, label: Label) -> bool:
        """Whether a version later than the one ``label`` was made under is in force here."""
        own = self.policy_for(label)
        if own is None:  # Whatever number the label gives: its file alone says which version it is.
            return False
        return own.version < version_in_force(self.policies, label.policy_id, now=self.now()).version

    def open_compartments(self) -> tuple[Compartment, ...]:
        """The compartments that are open, in the order of their names."""
        summaries = self.vault.compartments()
        return tuple(self.vault.compartment(one.id) for one in summaries if one.is_open)

    def set_back(self) -> datetime | None:
        """When the last entry of an open register was made, where the clock stands before that; None where it goes on.

        A clock set back would open what has expired, and date what is sealed and printed falsely.
        """
        made = [at for one in self.open_compartments() if (at := one.chain.last_at()) is not None]
        latest = max(made, default=None)
        return latest if latest is not None and latest > self.now() else None

    def find_note(self, uid: str) -> tuple[Compartment, StoredNote]:
        """The note of that uid in an open compartment; raises ``UnknownIdError``."""
        for compartment in self.open_compartments():
            with suppress(UnknownIdError):
                return compartment, compartment.notes.get(uid)
        is_binned = any(row.row.uid == uid for one in self.open_compartments() for row in one.bin.all())
        raise UnknownIdError("note out of the bin" if is_binned else "note", uid)


@contextmanager
def closed_on_failure(vault: Vault) -> Iterator[None]:
    """What fails before a session is handed over leaves no vault open that nobody could close."""
    try:
        yield
    except BaseException:
        vault.close()
        raise


def session_on(vault: Vault, *, settings: Settings, clock: Clock, randomness: Randomness) -> Session:
    """The session on an open vault, under the version of its policy that is in force; its file is kept in the vault."""
    now = clock()
    vault.policies.keep_built_in(vault.policy_id, seen_at=now)
    policies = vault.policies.known()
    return Session(
        vault=vault,
        policies=policies,
        policy=version_in_force(policies, vault.policy_id, now=now),
        settings=settings,
        clock=clock,
        randomness=randomness,
    )
