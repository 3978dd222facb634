"""Laws that hold for every set of labels, found by trying to break them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from cloison.labels.clearance import Clearance, clearance_from_xml, effective, holdable
from cloison.labels.decision import decide
from cloison.labels.elements import CategoryType
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml, new_label, same_marking
from cloison.labels.library import PolicySet, built_in
from cloison.labels.marks import MOST_CHARACTERS, portion_mark, read_mark, split_leading_mark
from cloison.labels.phrasing import Place
from cloison.labels.picker import Refusal, toggle
from cloison.labels.policy import Policy
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
NATIONS = st.sampled_from(["FRA", "CAN", "GBR", "DEU", None])
FEW_FRENCH = [one.ref for one in FR.categories if one.ref.name in {"SPÉCIAL FRANCE", "CAN", "GBR", "DEU"}]


def labels(policy: Policy) -> st.SearchStrategy[Label]:
    """Labels of a policy, valid or not."""
    refs = FEW_FRENCH if policy is FR else [one.ref for one in policy.categories]
    return st.builds(
        lambda level, categories: new_label(policy, classification=level.name, categories=categories, created=NOW),
        st.sampled_from(policy.classifications),
        st.lists(st.sampled_from(refs), max_size=3),
    )


def is_valid(policy: Policy, label: Label) -> bool:
    return not check(policy, label, now=NOW, new=True)


def valid_labels(policy: Policy) -> st.SearchStrategy[Label]:
    return labels(policy).filter(lambda label: is_valid(policy, label))


def clearances(policy: Policy) -> st.SearchStrategy[Clearance]:
    refs = FEW_FRENCH if policy is FR else [one.ref for one in policy.categories]
    return st.builds(
        lambda levels, categories: Clearance(
            policy_id=policy.id, policy_name=policy.name, classifications=levels, categories=categories
        ),
        st.frozensets(st.sampled_from([one.name for one in policy.classifications])),
        st.frozensets(st.sampled_from(refs)),
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


laws = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
many = settings(laws, max_examples=300)
policies = pytest.mark.parametrize("policy", [FR, ALLIANCE], ids=["FR", "alliance"])


@policies
@laws
@given(data=st.data())
def test_roll_up_does_not_depend_on_order_or_repetition(policy: Policy, data: st.DataObject) -> None:
    parts = data.draw(st.lists(valid_labels(policy), min_size=1, max_size=5))
    shuffled = data.draw(st.permutations(parts + data.draw(st.lists(st.sampled_from(parts), max_size=3))))
    one, other = (roll_up(policy, some, created=NOW) for some in (parts, shuffled))
    assert one.label == other.label
    assert [str(each) for each in one.decision_required] == [str(each) for each in other.decision_required]


@policies
@laws
@given(data=st.data())
def test_roll_up_dominates_every_part(policy: Policy, data: st.DataObject) -> None:
    parts = data.draw(st.lists(valid_labels(policy), min_size=1, max_size=5))
    whole = roll_up(policy, parts, created=NOW).label
    for part in parts:
        assert (
            policy.classification(whole.classification).hierarchy
            >= policy.classification(part.classification).hierarchy
        )
        restrictive = {ref for ref in part.categories if ref.type is CategoryType.RESTRICTIVE}
        assert restrictive <= set(whole.categories)


@policies
@laws
@given(data=st.data())
def test_roll_up_names_the_parts_that_make_it_what_it_is(policy: Policy, data: st.DataObject) -> None:
    parts = data.draw(st.lists(valid_labels(policy), min_size=1, max_size=5))
    roll = roll_up(policy, parts, created=NOW)
    assert all(parts[index].classification == roll.label.classification for index in roll.because.classification)
    assert tuple(ref for ref, _ in roll.because.categories) == roll.label.categories
    for ref, indexes in roll.because.categories:
        assert [index for index, part in enumerate(parts) if ref in part.categories] == list(indexes)


@laws
@given(parts=st.lists(valid_labels(FR), min_size=1, max_size=5), clearance=clearances(FR), nationality=NATIONS)
def test_whoever_the_french_roll_up_permits_every_portion_permits(
    parts: list[Label], clearance: Clearance, nationality: str | None
) -> None:
    # An authority endorses levels without gaps, and nothing the nationality cannot hold.
    top = max((FR.classification(name).hierarchy for name in clearance.classifications), default=0)
    assume(len([one for one in FR.levels if one.hierarchy <= top]) == len(clearance.classifications))
    whole = roll_up(FR, parts, created=NOW).label
    if permits(FR, whole, clearance, nationality):
        assert all(permits(FR, part, clearance, nationality) for part in parts)


@laws
@given(parts=st.lists(valid_labels(FR), min_size=1, max_size=5), clearance=clearances(FR), nationality=NATIONS)
def test_an_undecided_roll_up_permits_nobody(parts: list[Label], clearance: Clearance, nationality: str | None) -> None:
    roll = roll_up(FR, parts, created=NOW)
    if roll.decision_required:
        assert not permits(FR, roll.label, clearance, nationality)


@policies
@laws
@given(data=st.data())
def test_decide_never_permits_what_check_calls_invalid(policy: Policy, data: st.DataObject) -> None:
    label, clearance = data.draw(labels(policy)), data.draw(st.none() | clearances(policy))
    if permits(policy, label, clearance, data.draw(NATIONS)):
        assert check(policy, label, now=NOW, new=False) == ()


@policies
@laws
@given(data=st.data())
def test_a_scope_never_opens_anything(policy: Policy, data: st.DataObject) -> None:
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
@given(label=valid_labels(FR), ref=st.sampled_from(FEW_FRENCH))
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
