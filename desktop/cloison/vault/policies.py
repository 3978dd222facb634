"""Policies seen by this vault: each file as it was, under the SHA-256 that labels name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.labels.library import BUILT_IN, PolicySet, built_in
from cloison.labels.spif import policy_from_spif
from cloison.vault.database import Database
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPolicy:
    """One version of a policy: its OID, number, digest and the file itself."""

    policy_id: str
    version: int
    digest: str
    source: bytes


class PolicyStore:
    """The policies of a vault, in ``shared.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: PolicySet | None = None

    def put(self, policy: StoredPolicy, *, seen_at: datetime) -> None:
        """Keep a policy; the same one again changes nothing."""
        self._database.execute(
            "INSERT OR IGNORE INTO policies VALUES (?, ?, ?, ?, ?)",
            (policy.digest, policy.policy_id, policy.version, policy.source, time_text(seen_at)),
        )
        self._known = None

    def known(self) -> PolicySet:
        """The policies that ship with Cloison and those seen here."""
        if self._known is None:
            seen = [policy_from_spif(policy.source, source=policy.digest) for policy in self.policies()]
            self._known = PolicySet((*(built_in(name) for name in BUILT_IN), *seen))
        return self._known

    def policies(self) -> tuple[StoredPolicy, ...]:
        """Every policy seen, oldest version first."""
        rows = self._database.rows(
            "SELECT policy_id, version, digest, source FROM policies ORDER BY policy_id, version"
        )
        return tuple(
            StoredPolicy(policy_id=policy_id, version=version, digest=digest, source=source)
            for policy_id, version, digest, source in rows
        )
