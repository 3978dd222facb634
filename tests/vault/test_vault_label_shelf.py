"""Labels at hand: the last ones used and the starred ones, for one member, in one compartment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cloison.labels.label import Label
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.policy import Policy
from cloison.vault.compartment import Compartment
from cloison.vault.label_shelf import MOST_RECENT
from cloison.vault.vault import Vault
from cloison_crypto.secrets import Clock

Mark = Callable[[str], Label]


@pytest.fixture
def mark(policy: Policy, clock: Clock) -> Mark:
    return lambda text: read_mark(policy, text, created=clock())


def shown(compartment: Compartment, policy: Policy) -> list[str]:
    return [portion_mark(policy, one.label) + ("*" if one.is_favourite else "") for one in compartment.labels.all()]


def test_the_last_used_comes_first_and_once(compartment: Compartment, policy: Policy, mark: Mark) -> None:
    later = replace(mark("S"), created=mark("S").created + timedelta(days=1), policy_digest="0" * 64)
    for label in (mark("S"), mark("DR"), later):
        compartment.labels.use(label)

    assert shown(compartment, policy) == ["[S]", "[DR]"]


def test_a_favourite_stays_and_the_oldest_goes(compartment: Compartment, policy: Policy, mark: Mark) -> None:
    states = [one.ref.name for one in policy.categories if one.ref.tag_set == "Communicable à"][: MOST_RECENT + 1]
    compartment.labels.use(mark("TS"))
    compartment.labels.star(mark("TS"))
    compartment.labels.use(mark("NP"))

    for state in states:
        compartment.labels.use(mark(f"S COMMUNICABLE À {state}"))

    found = shown(compartment, policy)
    assert len(found) == MOST_RECENT + 1
    assert found[-1] == "[TS]*"
    assert "[NP]" not in found


def test_a_star_is_given_and_taken(compartment: Compartment, policy: Policy, mark: Mark) -> None:
    compartment.labels.star(mark("S-SF"))
    compartment.labels.use(mark("DR"))
    compartment.labels.star(mark("DR"))
    assert shown(compartment, policy) == ["[DR]*", "[S-SF]*"]

    for text in ("S-SF", "DR"):
        compartment.labels.unstar(mark(text))

    assert shown(compartment, policy) == ["[DR]"]


def test_they_are_there_after_the_vault_was_closed_and_in_no_other_compartment(
    vault: Vault, compartment: Compartment, reopen: Callable[[], Vault], policy: Policy, mark: Mark
) -> None:
    other = vault.add_compartment("Autre")
    compartment.labels.use(mark("S-SF"))
    vault.close()

    again = reopen()

    assert shown(again.compartment(compartment.id), policy) == ["[S-SF]"]
    assert shown(again.compartment(other.id), policy) == []
