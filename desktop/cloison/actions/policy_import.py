"""Signed policies: an authority signs a file, a workstation that trusts it takes the new version in.

What is checked before anything is kept, in this order: the authority is trusted here and its card in force; the
signature holds; the policy is sound; the authority may speak for it; the version goes on from what is known; no other
policy goes by its name. Nothing is marked anew by it: labels keep the version they were made with (see ``relabel``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.actions.people import authorities, myself
from cloison.actions.registers import draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import Role
from cloison.directory.errors import NotAnAuthorityError, PolicyProblem, PolicyRefusedError
from cloison.directory.signed_policy import SignedPolicy, policy_signer, read_signed_policy, sign_policy
from cloison.directory.weighing import has_revoked_itself
from cloison.labels.clearance import Clearance
from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.library import version_in_force
from cloison.labels.policy import Policy
from cloison.registers.facts import Kind, PolicyImport
from cloison.vault.policies import StoredPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A policy taken in, who signed it, and the number it was entered under.

    ``number`` is None where this very file was known already: nothing was changed.
    """

    policy: Policy
    authority: str
    number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """One version of a policy known to the vault.

    ``since`` is when it counts here from, None for one that ships with Cloison and was never used here;
    ``authority`` who signed it, None for one that ships.
    """

    policy: Policy
    is_in_force: bool
    since: datetime | None
    authority: str | None


def sign_policy_file(session: Session, content: bytes, *, name: str) -> tuple[Policy, bytes]:
    """The policy in a file, and the file signed by this authority.

    Raises ``NotAnAuthorityError``, and ``XmlError`` or ``PolicyError`` for a broken policy.
    """
    if myself(session).card.role is not Role.AUTHORITY:
        raise NotAnAuthorityError
    return sign_policy(content, name=name, authority=session.vault.member.identity, issued=session.now())


def import_policy(session: Session, content: bytes, *, name: str) -> Imported:
    """Take in a signed policy; sessions opened from then on follow it.

    Raises ``SignedPolicyError``, ``PolicyRefusedError``, ``XmlError``, ``PolicyError``.
    """
    authority = _trusted(session, policy_signer(content))
    signed = read_signed_policy(content, authority.card.identity, name=name)
    _check_scope(session, authority, signed.policy)
    policies = session.vault.policies
    if signed.policy.digest in policies.known():
        return Imported(policy=signed.policy, authority=authority.card.name, number=None)
    _check_version(session, signed.policy)
    _check_name(session, authority, signed.policy)
    number = draw_number(session, Kind.POLICY)
    policies.put_imported(
        StoredPolicy(
            policy_id=signed.policy.id,
            version=signed.policy.version,
            digest=signed.policy.digest,
            source=signed.source,
        ),
        envelope=content,
        authority=authority.card.name,
        by=session.vault.member.alias,
        seen_at=session.now(),
    )
    _enter(session, signed, authority, number)
    return Imported(policy=signed.policy, authority=authority.card.name, number=number)


def known_versions(session: Session) -> tuple[KnownVersion, ...]:
    """Every version of every policy known here, by name and version."""
    policies = session.vault.policies
    seen = {one.digest: one for one in policies.seen()}
    every = {one.digest: one for one in policies.known().values()}.values()
    return tuple(
        KnownVersion(
            policy=policy,
            is_in_force=version_in_force(session.policies, policy.id, now=session.now()).digest == policy.digest,
            since=None if policy.digest not in seen else _since(policy, seen[policy.digest].at),
            authority=None if policy.digest not in seen else seen[policy.digest].authority,
        )
        for policy in sorted(every, key=lambda one: (one.name.casefold(), one.version))
    )


def _since(policy: Policy, seen_at: datetime) -> datetime:
    return seen_at if policy.not_before is None else max(seen_at, policy.not_before)


def _trusted(session: Session, fingerprint: bytes) -> TrustedAuthority:
    found = authorities(session).get(fingerprint)
    if found is None or found.card.role is not Role.AUTHORITY:
        raise PolicyRefusedError(PolicyProblem.UNTRUSTED)
    if has_revoked_itself(found):
        raise PolicyRefusedError(PolicyProblem.CARD_REVOKED, authority=found.card.name)
    if not found.card.issued <= session.now() < found.card.expires:
        raise PolicyRefusedError(PolicyProblem.CARD_EXPIRED, authority=found.card.name)
    return found


def _check_scope(session: Session, authority: TrustedAuthority, policy: Policy) -> None:
    """A policy speaks of all there is to hold, by whomever: an authority followed for a part of it cannot write it
    anew."""
    scope = authority.scope
    is_whole = scope.nationalities is None and scope.allows_policy(policy.id)
    if not is_whole or not _covers(scope.clearance, session.policies.get(policy.id) or policy):
        raise PolicyRefusedError(PolicyProblem.OUT_OF_SCOPE, authority=authority.card.name, policy=policy.name)


def _covers(limit: Clearance | None, policy: Policy) -> bool:
    if limit is None:
        return True
    levels = {one.name for one in policy.levels}
    return limit.policy_id == policy.id and levels <= limit.classifications and _held(policy) <= limit.categories


def _held(policy: Policy) -> frozenset[CategoryRef]:
    """The categories a clearance can give: all but those that inform, and those a nationality gives."""
    return frozenset(
        one.ref
        for one in policy.categories
        if one.ref.type is not CategoryType.INFORMATIVE and not one.tag.nationality_counts
    )


def _check_version(session: Session, policy: Policy) -> None:
    known = session.vault.policies.known().get(policy.id)
    if known is None or policy.version > known.version:
        return
    problem = PolicyProblem.SAME_VERSION if policy.version == known.version else PolicyProblem.LOWER_VERSION
    raise PolicyRefusedError(problem, policy=policy.name, version=policy.version, known=known.version)


def _check_name(session: Session, authority: TrustedAuthority, policy: Policy) -> None:
    """Where a label or a person names a policy, one alone may answer."""
    known = session.vault.policies.known().values()
    if any(one.id != policy.id and one.name.casefold() == policy.name.casefold() for one in known):
        raise PolicyRefusedError(PolicyProblem.NAME_TAKEN, authority=authority.card.name, policy=policy.name)


def _enter(session: Session, signed: SignedPolicy, authority: TrustedAuthority, number: str) -> None:
    """One line in the register of each open compartment: it is what their notes are marked by."""
    facts = PolicyImport(
        policy_id=signed.policy.id,
        policy=signed.policy.name,
        version=str(signed.policy.version),
        digest=signed.policy.digest,
        authority=authority.card.name,
        authority_fingerprint=authority.card.fingerprint.hex(),
    )
    for compartment in session.open_compartments():
        with compartment.transaction():
            enter(session, compartment, facts, number=number)
            sign_head(session, compartment)
