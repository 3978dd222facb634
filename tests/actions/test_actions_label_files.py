"""Labels as files: which policy a typed mark is read under, and what a label is worth in another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cloison.actions.label_files import Marked, label_from_mark, map_marked
from cloison.labels.errors import MarkError, MarkFault, NoEquivalentClassificationError
from cloison.labels.label import LabelKind
from cloison.labels.library import built_in, built_in_policies

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mark", "first", "policy"),
    [
        ("[S]", "FR", "FR"),
        ("[S]", "UK", "UK"),
        ("(NS)", "FR", "NATO"),
        ("(NS)", None, "NATO"),
        ("(NS)", "XX", "NATO"),
        ("SECRET UE/EU SECRET", "FR", "EU"),
    ],
)
def test_the_policy_that_comes_first_has_the_first_word(mark: str, first: str | None, policy: str) -> None:
    assert label_from_mark(built_in_policies(), mark, now=NOW, first=first).policy is built_in(policy)


def test_among_equals_a_mark_several_know_is_not_guessed_at() -> None:
    with pytest.raises(MarkError) as caught:
        label_from_mark(built_in_policies(), "[S]", now=NOW)
    assert caught.value.fault is MarkFault.AMBIGUOUS
    assert set(caught.value.choices) == {"FR", "EXERCICE", "UK"}


def test_a_fault_in_the_first_policy_is_not_passed_over() -> None:
    with pytest.raises(MarkError) as caught:
        label_from_mark(built_in_policies(), "[NP-SF]", now=NOW, first="FR")
    assert caught.value.fault is MarkFault.INVALID


def test_what_no_policy_understands_is_said_in_the_words_of_the_first() -> None:
    with pytest.raises(MarkError) as caught:
        label_from_mark(built_in_policies(), "[S-XX]", now=NOW, first="FR")
    assert (caught.value.fault, caught.value.element) == (MarkFault.UNKNOWN, "xx")


def test_a_mapped_label_keeps_its_warnings_and_is_an_alternative() -> None:
    marked = label_from_mark(built_in_policies(), "[S]", now=NOW, first="FR")
    mapped = map_marked(built_in_policies(), marked, built_in("NATO"))
    assert isinstance(mapped, Marked)
    assert (mapped.policy.name, mapped.label.classification, mapped.label.kind) == (
        "NATO",
        "SECRET",
        LabelKind.ALTERNATIVE,
    )
    assert mapped.discarded == ()


def test_a_level_without_equivalent_is_not_mapped() -> None:
    marked = label_from_mark(built_in_policies(), "(NC)", now=NOW)
    with pytest.raises(NoEquivalentClassificationError):
        map_marked(built_in_policies(), marked, built_in("FR"))
