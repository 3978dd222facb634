"""Policies at hand: the built-in ones, and any set of them that labels are resolved against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files

from cloison.labels.errors import UnknownPolicyError
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif

BUILT_IN = {
    "FR": "fr.spif.xml",
    "FR-ANCIEN": "fr-ancien.spif.xml",
    "EXERCICE": "exercice.spif.xml",
    "NATO": "nato.spif.xml",
    "EU": "eu.spif.xml",
    "UK": "uk.spif.xml",
    "TLP": "tlp.spif.xml",
}


def built_in(name: str) -> Policy:
    """A policy that ships with Cloison, by its name in any case; raises `UnknownPolicyError`."""
    file_name = BUILT_IN.get(name.upper())
    if file_name is None:
        raise UnknownPolicyError("", name)
    return _load(file_name)


def built_in_policies() -> PolicySet:
    """All policies that ship with Cloison."""
    return PolicySet(built_in(name) for name in BUILT_IN)


def built_in_file(policy_id: str) -> bytes | None:
    """The file of the policy with that identifier, as it ships; None where none does."""
    for file_name in BUILT_IN.values():
        if _load(file_name).id == policy_id:
            return _content(file_name)
    return None


def version_in_force(policies: PolicySet, policy_id: str, *, now: datetime) -> Policy:
    """The version new labels are made under: the highest that has begun, else the highest; raises `KeyError`."""
    highest = policies[policy_id]
    versions = highest.family.values() or (highest,)
    begun = [one for one in versions if one.not_before is None or one.not_before <= now]
    return sorted(begun, key=lambda one: one.version)[-1] if begun else highest


class PolicySet(Mapping[str, Policy]):
    """Policies by identifier (OID) and by digest; of several with one identifier, the highest version answers to it.

    Of two files of one version the later given does, so that what ships now wins over what shipped before.
    Several versions of one policy know of each other (`Policy.family`).
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        """Hold `policies`."""
        self._policies: dict[str, Policy] = {}
        for policy in sorted(_families(policies), key=lambda one: one.version):
            self._policies[policy.digest] = policy
            self._policies[policy.id] = policy

    def __getitem__(self, key: str) -> Policy:
        """The policy of that identifier or digest; raises `KeyError`."""
        return self._policies[key]

    def __iter__(self) -> Iterator[str]:
        """Every identifier and digest."""
        return iter(self._policies)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._policies)

    def named(self, name: str) -> Policy | None:
        """The policy of that name, in any case; the highest version of it."""
        found = [policy for policy in self._policies.values() if policy.name.casefold() == name.casefold()]
        return max(found, key=lambda one: one.version, default=None)


def _families(policies: Iterable[Policy]) -> Iterator[Policy]:
    """Each policy once; one with several versions is made anew, with all of them at hand."""
    by_id: dict[str, dict[str, Policy]] = {}
    for policy in policies:
        by_id.setdefault(policy.id, {})[policy.digest] = policy
    for versions in by_id.values():
        if len(versions) == 1:
            yield from versions.values()
            continue
        family: dict[str, Policy] = {}
        family.update({digest: replace(one, family=family) for digest, one in versions.items()})
        yield from family.values()


@cache
def _load(file_name: str) -> Policy:
    """Once for each file: two loads would be two policies."""
    return policy_from_spif(_content(file_name), source=file_name)


def _content(file_name: str) -> bytes:
    return (files("cloison_resources") / "policies" / file_name).read_bytes()
