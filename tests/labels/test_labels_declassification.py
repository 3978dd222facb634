"""The declassification calendar: due dates, what takes over by itself, what an authority decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cloison.labels.declassification import AuthorityDecision, DueKind, calendar, downgrade, due, redate
from cloison.labels.errors import (
    InvalidDowngradeError,
    NoDecisionReferenceError,
    NotADowngradeError,
    UnknownClassificationError,
)
from cloison.labels.label import Label, LabelKind, Originator, Succession, label_from_xml
from cloison.labels.policy import Policy
from cloison.labels.succession import in_force
from cloison.labels.validity import ValidityRule

Mark = Callable[[str], Label]

SOON = datetime(2027, 1, 1, tzinfo=UTC)
LATER = datetime(2046, 3, 1, tzinfo=UTC)
DECISION = AuthorityDecision(authority="SGDSN", reference="n° 12/2026", day=date(2026, 2, 27))


def becoming(label: Label, mark: Mark, text: str, at: datetime) -> Label:
    then = mark(text)
    return replace(label, succession=Succession(at=at, classification=then.classification, categories=then.categories))


def test_the_calendar_has_every_date_earliest_first(mark: Mark) -> None:
    secret = becoming(mark("[S]"), mark, "[DR]", LATER)
    reviewed = replace(becoming(mark("[TS]"), mark, "[NP]", LATER), review=SOON)

    dates = calendar([secret, mark("[NP]"), reviewed])

    assert [(one.at, one.index, one.kind, one.classification) for one in dates] == [
        (SOON, 2, DueKind.REVIEW, None),
        (LATER, 0, DueKind.SUCCESSION, "DIFFUSION RESTREINTE"),
        (LATER, 2, DueKind.SUCCESSION, "NON PROTÉGÉ"),
    ]


def test_what_is_due_is_due_from_its_very_second(mark: Mark) -> None:
    labels = [becoming(mark("[S]"), mark, "[NP]", SOON)]
    assert due(labels, now=SOON - timedelta(seconds=1)) == ()
    assert [one.index for one in due(labels, now=SOON)] == [0]
    assert due([], now=SOON) == ()


def test_a_declassification_happens_by_itself_at_its_moment(mark: Mark) -> None:
    label = replace(
        becoming(mark("[S-SF]"), mark, "[NP]", SOON), review=SOON, originator=Originator(id_type="jID", name="x")
    )
    assert in_force(label, now=SOON - timedelta(seconds=1)) is label

    after = in_force(label, now=SOON)

    assert (after.classification, after.categories) == ("NON PROTÉGÉ", ())
    assert (after.created, after.succession, after.review) == (SOON, None, None)
    assert (after.originator, after.policy_digest, after.kind) == (label.originator, label.policy_digest, label.kind)
    assert in_force(after, now=LATER) == after


def test_what_is_undecided_stays_undecided(mark: Mark) -> None:
    label = replace(becoming(mark("[S]"), mark, "[NP]", SOON), undecided=("1.2.3",))
    assert in_force(label, now=LATER).undecided == ("1.2.3",)


def test_a_review_changes_nothing_by_itself(mark: Mark) -> None:
    label = replace(mark("[S]"), review=SOON)
    assert in_force(label, now=LATER) is label


@pytest.mark.parametrize(
    ("before", "after"), [("[TS]", "[S]"), ("[TS-SF]", "[S-SF]"), ("[S-SF]", "[S]"), ("[S]", "[NP]")]
)
def test_a_downgrading_keeps_its_decision_and_what_was_there(
    fr: Policy, mark: Mark, now: datetime, before: str, after: str
) -> None:
    label = replace(becoming(mark(before), mark, "[NP]", LATER), originator=Originator(id_type="jID", name="x"))
    wanted = mark(after)

    done = downgrade(
        fr, label, classification=wanted.classification, categories=wanted.categories, decision=DECISION, now=now
    )

    assert done.before is label
    assert done.decision is DECISION
    assert (done.after.classification, done.after.categories) == (wanted.classification, wanted.categories)
    assert (done.after.originator, done.after.succession, done.after.created) == (label.originator, None, now)


@pytest.mark.parametrize(
    ("before", "after"),
    [("[S]", "[TS]"), ("[S]", "[S]"), ("[S]", "[S-SF]"), ("[TS]", "[S-SF]"), ("[S-SF]", "[TS]")],
)
def test_what_raises_anything_or_changes_nothing_is_no_downgrading(
    fr: Policy, mark: Mark, now: datetime, before: str, after: str
) -> None:
    wanted = mark(after)
    with pytest.raises(NotADowngradeError) as caught:
        downgrade(
            fr,
            mark(before),
            classification=wanted.classification,
            categories=wanted.categories,
            decision=DECISION,
            now=now,
        )
    assert (caught.value.before, caught.value.after) == (mark(before).classification, wanted.classification)


def test_a_lower_label_the_policy_does_not_allow_is_refused(fr: Policy, mark: Mark, now: datetime) -> None:
    label = mark("[S-SF]")
    with pytest.raises(InvalidDowngradeError) as caught:
        downgrade(fr, label, classification="NON PROTÉGÉ", categories=label.categories, decision=DECISION, now=now)
    assert caught.value.policy == "FR"
    assert [one.rule for one in caught.value.reasons] == [ValidityRule.EXCLUDED_CLASS]


def test_an_undecided_label_is_not_settled_by_a_downgrading(fr: Policy, mark: Mark, now: datetime) -> None:
    label = replace(mark("[S]"), undecided=("1.2.3",))
    with pytest.raises(InvalidDowngradeError):
        downgrade(fr, label, classification="DIFFUSION RESTREINTE", decision=DECISION, now=now)


def test_an_unknown_level_is_refused(fr: Policy, mark: Mark, now: datetime) -> None:
    with pytest.raises(UnknownClassificationError):
        downgrade(fr, mark("[S]"), classification="ULTRA", decision=DECISION, now=now)


@pytest.mark.parametrize("decision", [replace(DECISION, authority=" "), replace(DECISION, reference="")])
def test_a_decision_needs_authority_and_reference(
    fr: Policy, mark: Mark, now: datetime, decision: AuthorityDecision
) -> None:
    with pytest.raises(NoDecisionReferenceError):
        downgrade(fr, mark("[S]"), classification="NON PROTÉGÉ", decision=decision, now=now)
    with pytest.raises(NoDecisionReferenceError):
        redate(mark("[S]"), succession=None, decision=decision)


def test_a_level_no_longer_given_is_not_given_by_a_downgrading(
    build: Callable[..., Policy], label: Callable[..., Label], now: datetime
) -> None:
    policy = build(
        levels='<securityClassification name="LOW" lacv="1" hierarchy="1" obsolete="true"/>'
        '<securityClassification name="HIGH" lacv="2" hierarchy="2"/>'
    )
    with pytest.raises(InvalidDowngradeError) as caught:
        downgrade(policy, label(policy, "HIGH"), classification="LOW", decision=DECISION, now=now)
    assert [one.rule for one in caught.value.reasons] == [ValidityRule.OBSOLETE]


def test_a_downgraded_label_stays_of_its_kind(fr: Policy, mark: Mark, now: datetime) -> None:
    alternative = replace(mark("[S]"), kind=LabelKind.ALTERNATIVE)
    lowered = downgrade(fr, alternative, classification="DIFFUSION RESTREINTE", decision=DECISION, now=now)
    assert lowered.after.kind is LabelKind.ALTERNATIVE


def test_a_changed_date_keeps_the_old_one_beside_it(mark: Mark) -> None:
    label = becoming(mark("[S]"), mark, "[NP]", SOON)
    later = Succession(at=LATER + timedelta(microseconds=5), classification="NON PROTÉGÉ")

    changed = redate(label, succession=later, decision=DECISION)

    assert (changed.before.declassify_on, changed.after.declassify_on) == (SOON, LATER)
    assert changed.decision == DECISION
    assert label_from_xml(changed.after.to_xml()) == changed.after
    assert redate(label, succession=None, decision=DECISION).after.declassify_on is None
