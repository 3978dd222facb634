"""Laws that hold for every set of labels, found by trying to break them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from cloison.labels.clearance import Clearance, clearance_from_xml, effective, holdable
from cloison.labels.decision import decide
from cloison.labels.elements import CategoryRef, CategoryType, Tag
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml, new_label, same_marking
from cloison.labels.library import BUILT_IN, PolicySet, built_in
from cloison.labels.marks import MOST_CHARACTERS, portion_mark, read_mark, split_leading_mark
from cloison.labels.phrasing import Place
from cloison.labels.picker import Refusal, toggle
from cloison.labels.policy import Placed, Policy
from cloison.labels.rendering import render, strip
from cloison.labels.resolution import resolve
from cloison.labels.rollup import roll_up
from cloison.labels.spif import policy_from_spif
from cloison.labels.validity import check

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FR = built_in("FR")
ALLIANCE = policy_from_spif(
    (Path(__file__).parent / "policies" / "alliance.spif.xml").read_bytes(), source="alliance.spif.xml"
)
POLICIES = [*map(built_in, BUILT_IN), ALLIANCE]
NATIONS = st.sampled_from(["FRA", "CAN", "GBR", "USA", "DEU", None])


def few_categories(policy: Policy) -> list[CategoryRef]:
    """Some of each tag: out of two hundred states, two labels would never name the same one."""
    return [one.ref for tag_set in policy.tag_sets for tag in tag_set.tags for one in _few(policy, tag)]


def _few(policy: Policy, tag: Tag) -> list[Placed]:
    every = [one for one in policy.categories if one.tag is tag]
    return [one for one in every if len(every) < 6 or one.category.name in {"CAN", "GBR"}]


def labels(policy: Policy) -> st.SearchStrategy[Label]:
    """Labels of a policy, valid or not."""
    refs = few_categories(policy)
    return st.builds(
        lambda level, categories: new_label(policy, classification=level.name, categories=categories, created=NOW),
        st.sampled_from(policy.classifications),
        st.lists(st.sampled_from(refs), max_size=3) if refs else st.just([]),
    )


def is_valid(policy: Policy, label: Label) -> bool:
    return not check(policy, label, now=NOW, new=False)


def valid_labels(policy: Policy) -> st.SearchStrategy[Label]:
    return labels(policy).filter(lambda label: is_valid(policy, label))


def clearances(policy: Policy) -> st.SearchStrategy[Clearance]:
    """Clearances, with gaps between their levels or without."""
    names = [one.name for one in policy.levels]
    return _clearances(policy, st.frozensets(st.sampled_from(names)))


def endorsed_clearances(policy: Policy) -> st.SearchStrategy[Clearance]:
    """Clearances as an authority endorses them: a level and all below it."""
    names = [one.name for one in policy.levels]
    below = st.integers(0, len(names)).map(lambda most: frozenset(names[:most]))
    return _clearances(policy, st.just(frozenset(names)) | below)


def _clearances(policy: Policy, levels: st.SearchStrategy[frozenset[str]]) -> st.SearchStrategy[Clearance]:
    refs = few_categories(policy)
    return st.builds(
        lambda classifications, categories: Clearance(
            policy_id=policy.id, policy_name=policy.name, classifications=classifications, categories=categories
        ),
        levels,
        st.just(frozenset(refs)) | st.frozensets(st.sampled_from(refs)) if refs else st.just(frozenset()),
    )


def permits(policy: Policy, label: Label, clearance: Clearance | None, nationality: str | None) -> bool:
    return decide(
        policy,
        label,
        clearance=clearance,
        nationality=nationality,
        need_to_know=frozenset(),
        needed=frozenset(),
        now=NOW,
    ).permitted


laws = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
wide = settings(laws, max_examples=150)
many = settings(laws, max_examples=300)
policies = pytest.mark.parametrize("policy", [FR, ALLIANCE], ids=["FR", "alliance"])
every_policy = st.sampled_from(POLICIES)
# A permissive tag that widens is dropped where a portion lacks it: of such a policy the roll-up alone tells too little.
RESTRICTING = [
    policy
    for policy in POLICIES
    if {one.tag.restricts for one in policy.categories if one.ref.type is CategoryType.PERMISSIVE} == {True}
]


def test_the_policies_whose_permissive_tags_restrict_are_those_with_closed_lists() -> None:
    assert [policy.name for policy in RESTRICTING] == ["FR", "EXERCICE", "UK"]


@wide
@given(data=st.data())
def test_roll_up_does_not_depend_on_order_or_repetition(data: st.DataObject) -> None:
    policy = data.draw(every_policy)
    parts = data.draw(st.lists(valid_labels(policy), min_size=1, max_size=5))
    shuffled = data.draw(st.permutations(parts + data.draw(st.lists(st.sampled_from(parts), max_size=3))))
    one, other = (roll_up(policy, some, created=NOW) for some in (parts, shuffled))
    assert one.label == other.label
    assert [str(each) for each in one.decision_required] == [str(each) for each in other.decision_required]


@wide
@given(data=st.data())
def test_roll_up_dominates_every_part(data: st.DataObject) -> None:
    policy = data.draw(every_policy)
    parts = data.draw(st.lists(valid_labels(policy), min_size=1, max_size=5))
    whole = roll_up(policy, parts, created=NOW).label
    for part in parts:
        assert (
            policy.classification(whole.classification).hierarchy
            >= policy.classification(part.classification).hierarchy
        )
        restrictive = {ref for ref in part.categories if ref.type is CategoryType.RESTRICTIVE}
        assert restrictive <= set(whole.categories)


@laws
@given(data=st.data())
def test_roll_up_names_the_parts_that_make_it_what_it_is(data: st.DataObject) -> None:
    policy = data.draw(every_policy)
    parts = data.draw(st.lists(valid_labels(policy), min_size=1, max_size=5))
    roll = roll_up(policy, parts, created=NOW)
    assert all(parts[index].classification == roll.label.classification for index in roll.because.classification)
    assert tuple(ref for ref, _ in roll.because.categories) == roll.label.categories
    for ref, indexes in roll.because.categories:
        assert [index for index, part in enumerate(parts) if ref in part.categories] == list(indexes)


@many
@given(data=st.data())
def test_whoever_a_roll_up_permits_every_portion_permits_where_permissive_tags_restrict(data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(RESTRICTING))
    parts = data.draw(st.lists(valid_labels(policy), min_size=2, max_size=3))
    clearance, nationality = data.draw(st.none() | endorsed_clearances(policy)), data.draw(NATIONS)
    whole = roll_up(policy, parts, created=NOW).label
    if permits(policy, whole, clearance, nationality):
        assert all(permits(policy, part, clearance, nationality) for part in parts)


@laws
@given(data=st.data())
def test_an_undecided_roll_up_permits_nobody(data: st.DataObject) -> None:
    policy = data.draw(every_policy)
    roll = roll_up(policy, data.draw(st.lists(valid_labels(policy), min_size=2, max_size=5)), created=NOW)
    if roll.decision_required:
        assert not permits(policy, roll.label, data.draw(endorsed_clearances(policy)), data.draw(NATIONS))


@wide
@given(data=st.data())
def test_decide_never_permits_what_check_calls_invalid(data: st.DataObject) -> None:
    policy = data.draw(every_policy)
    spoilt: dict[str, Any] = data.draw(
        st.sampled_from([{}, {"undecided": ("1.2.3",)}, {"policy_id": "1.2.3"}, {"classification": "NONE"}])
    )
    label = replace(data.draw(labels(policy)), **spoilt)
    if permits(policy, label, data.draw(st.none() | endorsed_clearances(policy)), data.draw(NATIONS)):
        assert check(policy, label, now=NOW, new=False) == ()


@laws
@given(data=st.data())
def test_a_scope_never_opens_anything(data: st.DataObject) -> None:
    policy = data.draw(every_policy)
    label, nationality = data.draw(valid_labels(policy)), data.draw(NATIONS)
    endorsed, scope = data.draw(clearances(policy)), data.draw(clearances(policy))
    worth = effective(endorsed, scope)
    if permits(policy, label, worth, nationality):
        assert permits(policy, label, endorsed, nationality)
        assert permits(policy, label, scope, nationality)


@laws
@given(label=labels(FR), clearance=clearances(FR), nationality=NATIONS)
def test_special_france_is_read_by_the_french_alone(
    label: Label, clearance: Clearance, nationality: str | None
) -> None:
    is_special = any(ref.name == "SPÉCIAL FRANCE" for ref in label.categories)
    if is_special and permits(FR, label, clearance, nationality):
        assert nationality == "FRA"
        assert not any(reason.element == "SPÉCIAL FRANCE" for reason in holdable(FR, clearance, nationality))


@laws
@given(label=valid_labels(FR))
def test_french_marks_round_trip(label: Label) -> None:
    assert read_mark(FR, portion_mark(FR, label), created=NOW) == label
    assert read_mark(FR, strip(FR, label, "fr"), created=NOW) == label


@policies
@laws
@given(data=st.data())
def test_labels_round_trip_through_xml_and_resolution(policy: Policy, data: st.DataObject) -> None:
    label = data.draw(labels(policy))
    read = label_from_xml(label.to_xml())
    assert read == label
    assert read.to_xml() == label.to_xml()
    assert resolve(PolicySet([policy]), read) == (policy, label)


@policies
@laws
@given(data=st.data())
def test_clearances_round_trip_through_xml(policy: Policy, data: st.DataObject) -> None:
    clearance = data.draw(clearances(policy))
    assume(clearance.classifications)
    read = clearance_from_xml(clearance.to_xml())
    held = frozenset(ref for ref in clearance.categories if ref.type is not CategoryType.INFORMATIVE)
    assert read.classifications == clearance.classifications
    assert read.categories == held


@laws
@given(label=valid_labels(FR), ref=st.sampled_from(few_categories(FR)))
def test_a_picker_never_leads_to_an_invalid_label(label: Label, ref: object) -> None:
    outcome = toggle(FR, label, ref)  # type: ignore[arg-type]
    if not isinstance(outcome, Refusal):
        assert is_valid(FR, outcome)
        back = toggle(FR, outcome, ref)  # type: ignore[arg-type]
        assert not isinstance(back, Refusal)
        assert same_marking(back, label)


@policies
@laws
@given(data=st.data())
def test_header_and_footer_differ_only_by_position(policy: Policy, data: st.DataObject) -> None:
    label = data.draw(valid_labels(policy))
    top, bottom = (render(policy, label, place, "fr") for place in (Place.PAGE_TOP, Place.PAGE_BOTTOM))
    if policy is ALLIANCE:
        assert top == bottom
    else:
        level = FR.classification(label.classification).name
        assert bottom == (level if level in {"SECRET", "TRÈS SECRET"} else "")
        assert top.startswith("" if level == "NON PROTÉGÉ" else level)


@policies
@laws
@given(text=st.text(max_size=MOST_CHARACTERS + 10))
@example(text="[S-SF")
@example(text="((((")
@example(text="[S]\n[S]")
def test_any_text_is_a_mark_or_a_mark_error(policy: Policy, text: str) -> None:
    try:
        label, rest = split_leading_mark(policy, text, created=NOW)
    except LabelsError:
        return
    assert text.endswith(rest)
    assert label is None or is_valid(policy, label)


@many
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    for reader in (label_from_xml, clearance_from_xml, lambda given: policy_from_spif(given, source="")):
        with pytest.raises(LabelsError):
            reader(data)


@many
@given(data=st.data())
def test_a_damaged_label_is_a_label_or_a_named_error(data: st.DataObject) -> None:
    content = bytearray(data.draw(labels(FR)).to_xml())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        label = label_from_xml(bytes(content))
    except LabelsError:
        return
    assert label_from_xml(label.to_xml()) == label
