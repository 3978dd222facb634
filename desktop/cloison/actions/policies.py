"""Policies: listing those at hand, checking a file before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cloison.labels.elements import CategoryType
from cloison.labels.errors import PolicyError, UnknownPolicyError, XmlError
from cloison.labels.library import PolicySet, built_in_policies
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison.labels.spif_schema import SchemaWarning, schema_warnings


class PolicyWarning(Enum):
    """What is no fault of a policy, and still worth knowing before it is used."""

    NO_LAYOUT = "no layout"
    OPEN_TO_NOBODY = "open to nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCheck:
    """What checking a policy file found; ``policy`` is None where there are errors."""

    policy: Policy | None
    errors: tuple[PolicyError | XmlError, ...]
    warnings: tuple[PolicyWarning | SchemaWarning, ...]


def list_policies(policies: PolicySet) -> tuple[Policy, ...]:
    """Each policy once, by name and version."""
    once = {one.digest: one for one in policies.values()}
    return tuple(sorted(once.values(), key=lambda one: (one.name.casefold(), one.version)))


def named_policy(policies: PolicySet, name_or_id: str) -> Policy:
    """The policy of that name or identifier; raises ``UnknownPolicyError``."""
    found = policies.get(name_or_id) or policies.named(name_or_id)
    if found is None:
        raise UnknownPolicyError("", name_or_id)
    return found


def policy_from_file(content: bytes, *, name: str) -> Policy:
    """The policy in a file that goes by ``name`` in messages; raises ``XmlError``, ``PolicyError``."""
    return policy_from_spif(content, source=name)


def with_policy(policies: PolicySet, policy: Policy) -> PolicySet:
    """``policies`` and ``policy`` among them; where neither is, what ships, so that equivalents have their names."""
    return PolicySet((*built_in_policies().values(), *policies.values(), policy))


def check_policy(content: bytes, *, source: str) -> PolicyCheck:
    """Every fault of the policy file ``content``, and where it departs from the schema."""
    try:
        departures = schema_warnings(content)
    except XmlError as error:
        return PolicyCheck(policy=None, errors=(error,), warnings=())
    try:
        policy = policy_from_spif(content, source=source)
    except PolicyError as error:
        return PolicyCheck(policy=None, errors=(error, *error.also), warnings=departures)
    return PolicyCheck(policy=policy, errors=(), warnings=(*_worth_knowing(policy), *departures))


def _worth_knowing(policy: Policy) -> Iterator[PolicyWarning]:
    if not policy.has_layout:
        yield PolicyWarning.NO_LAYOUT
    counting = (one for one in policy.categories if one.ref.type is not CategoryType.INFORMATIVE)
    if any(one.category.asks_for is not None for one in counting):
        yield PolicyWarning.OPEN_TO_NOBODY
