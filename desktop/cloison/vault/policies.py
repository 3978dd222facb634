"""Policies seen by this vault: each file as it was, under the SHA-256 that labels name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.library import BUILT_IN, PolicySet, built_in, built_in_file
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPolicy:
    """When a policy was first kept here, and the authority that signed it; None for one that ships with Cloison."""

    digest: str
    at: datetime
    authority: str | None


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

    def put_imported(
        self, policy: StoredPolicy, *, envelope: bytes, authority: str, by: str, seen_at: datetime
    ) -> None:
        """Keep a policy with the signed envelope it came in, the authority's name, and who took it in."""
        with self._database.transaction():
            self.put(policy, seen_at=seen_at)
            self._database.execute(
                "INSERT OR IGNORE INTO policy_imports VALUES (?, ?, ?, ?)", (policy.digest, envelope, authority, by)
            )

    def keep_built_in(self, policy_id: str, *, seen_at: datetime) -> None:
        """Keep the file of a policy that ships, so that labels made under it are read when another one ships."""
        source = built_in_file(policy_id)
        if source is None:
            return
        digest = hashlib.sha256(source).hexdigest()
        if all(one.digest != digest for one in self.seen()):
            version = policy_from_spif(source, source=digest).version
            self.put(StoredPolicy(policy_id=policy_id, version=version, digest=digest, source=source), seen_at=seen_at)

    def seen(self) -> tuple[SeenPolicy, ...]:
        """When each policy was first kept, and whose word it came on."""
        rows = self._database.rows(
            "SELECT digest, seen_at, authority FROM policies LEFT JOIN policy_imports USING (digest) ORDER BY seen_at"
        )
        return tuple(
            SeenPolicy(digest=digest, at=datetime.fromisoformat(at), authority=authority)
            for digest, at, authority in rows
        )

    def known(self) -> PolicySet:
        """The policies that ship with Cloison and those seen here."""
        if self._known is None:
            shipped = {one.digest: one for one in map(built_in, BUILT_IN)}
            seen = [
                policy_from_spif(policy.source, source=policy.digest)
                for policy in self.policies()
                if policy.digest not in shipped
            ]
            self._known = PolicySet((*seen, *shipped.values()))
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
