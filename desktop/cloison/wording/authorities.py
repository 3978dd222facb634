"""How far an authority is followed, and how old its revocation list is, in words."""

from __future__ import annotations

from datetime import datetime

from cloison.actions.roll_over import RollOver
from cloison.directory.authority import ListState, Scope, TrustedAuthority
from cloison.labels.library import PolicySet
from cloison.labels.policy import Policy
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import short_day
from cloison.wording.states import clearance_text


def scope_clearance_text(scope: Scope, policy: Policy, words: Catalogue) -> str:
    """Up to which clearance."""
    if scope.clearance is None:
        return words.text_in("scope", "any clearance")
    return words.text("up to {clearance}", clearance=clearance_text(policy, scope.clearance, words))


def scope_nationalities_text(scope: Scope, words: Catalogue) -> str:
    """For which nationalities."""
    if scope.nationalities is None:
        return words.text_in("scope", "all nationalities")
    return " ".join(sorted(scope.nationalities))


def scope_policies_text(scope: Scope, policies: PolicySet, words: Catalogue) -> str:
    """Under which policies, by name where they are known here."""
    if scope.policies is None:
        return words.text_in("scope", "all policies")
    known = (policies.get(id) for id in sorted(scope.policies))
    names = [id if one is None else one.name for id, one in zip(sorted(scope.policies), known, strict=True)]
    return ", ".join(names)


def list_text(authority: TrustedAuthority, words: Catalogue, *, now: datetime) -> str:
    """The number of the latest list, and whether the next is due; that none was seen."""
    due = short_day(authority.list_due, words)
    state = authority.list_state(now)
    if authority.revocations is None:
        if state is ListState.OVERDUE:
            return words.text("none seen, and missed since {day}", day=due)
        return words.text("none seen yet; missed from {day} on", day=due)
    number = authority.revocations.number
    if state is ListState.OVERDUE:
        return words.text("number {number}, overdue since {day}", number=number, day=due)
    return words.text("number {number}, the next is due on {day}", number=number, day=due)


def roll_over_text(found: RollOver, words: Catalogue) -> str:
    """Who still hangs on the earlier keys of an authority, and what to do about them."""
    if not found.relying:
        return words.text("Its earlier keys are followed too, and nobody hangs on them: follow them no longer.")
    return words.text(
        "Its earlier keys are followed too, and these are endorsed by them alone: {names}. Have them endorsed anew, "
        "then follow the earlier keys no longer.",
        names=", ".join(one.card.name for one in found.relying),
    )
