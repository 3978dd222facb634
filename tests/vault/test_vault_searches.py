"""Saved searches at rest: one box, under the member's own key, whose length tells nothing."""

from collections.abc import Callable

import pytest

from cloison.vault.errors import (
    DamagedError,
    SearchProblem,
    SearchRefusedError,
    UnknownIdError,
    UnusableNameError,
    VaultClosedError,
)
from cloison.vault.note_search import Order
from cloison.vault.search_shelf import MOST_SEARCHES, MOST_TYPED, SavedSearch
from cloison.vault.vault import Vault

Reopen = Callable[[], Vault]
PLACE = "ab" * 16


def save(vault: Vault, name: str, typed: str = "sarnac") -> SavedSearch:
    return vault.searches.add(name, typed, order=Order.RELEVANCE, compartment_id=PLACE, over=[PLACE, "cd" * 16])


def test_searches_are_kept_by_name_and_forgotten(vault: Vault, reopen: Reopen) -> None:
    later, first = save(vault, "Port"), save(vault, "cargo")
    vault.close()

    again = reopen()

    assert again.searches.all() == (first, later)
    assert again.searches.all()[0].over == {PLACE, "cd" * 16}
    again.searches.drop(first.uid)
    assert again.searches.all() == (later,)
    with pytest.raises(UnknownIdError):
        again.searches.drop(first.uid)


def test_what_whoever_reads_the_shared_file_sees_does_not_change_with_the_searches(vault: Vault) -> None:
    save(vault, "a", "b")
    ((member, box),) = vault._shared.rows("SELECT member, box FROM saved_searches")

    for number in range(10):
        save(vault, f"Recherche ouragan {number}", "niveau:S sarnac")

    ((same, later),) = vault._shared.rows("SELECT member, box FROM saved_searches")
    assert (same, len(later)) == (member, len(box))
    assert later != box
    assert b"ouragan" not in later


@pytest.mark.parametrize(
    ("typed", "problem"), [(" ", SearchProblem.EMPTY), ("x" * (MOST_TYPED + 1), SearchProblem.TOO_LONG)]
)
def test_what_cannot_be_asked_again_is_not_saved(vault: Vault, typed: str, problem: SearchProblem) -> None:
    with pytest.raises(SearchRefusedError) as refused:
        save(vault, "Port", typed)

    assert refused.value.problem is problem
    with pytest.raises(UnusableNameError):
        save(vault, " ")
    assert vault.searches.all() == ()


def test_there_is_an_end_to_how_many_are_kept(vault: Vault) -> None:
    for number in range(MOST_SEARCHES):
        save(vault, f"Recherche {number}")

    with pytest.raises(SearchRefusedError) as refused:
        save(vault, "Une de plus")

    assert refused.value.problem is SearchProblem.TOO_MANY
    assert len(vault.searches.all()) == MOST_SEARCHES


def test_a_box_that_somebody_altered_is_told_as_damage(vault: Vault) -> None:
    save(vault, "Port")
    vault._shared.execute("UPDATE saved_searches SET box = zeroblob(length(box))")

    with pytest.raises(DamagedError):
        vault.searches.all()


def test_a_closed_vault_has_no_searches_to_tell(vault: Vault) -> None:
    save(vault, "Port")
    vault.close()

    with pytest.raises(VaultClosedError):
        vault.searches.all()
