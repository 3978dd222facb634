"""Marking a note anew under a newer version: what each old mark would be, and never by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, Succession, new_label
from cloison.labels.library import PolicySet, built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison.labels.validity import ValidityRule
from cloison.notes.compilation import CompilationRaise
from cloison.notes.errors import LoweringNeedsReasonError
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Origin, Portion, Run
from cloison.notes.relabelling import RAISE, OldMark, old_marks, relabelled
from policies import fr_version

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
OLD_LEVELS = (("LOW", 1), ("MIDDLE", 2), ("HIGH", 3))


def version(number: int, levels: tuple[tuple[str, int], ...] = OLD_LEVELS, categories: str = "") -> Policy:
    listed = "".join(f'<securityClassification name="{name}" lacv="{n}" hierarchy="{n}"/>' for name, n in levels)
    categories = categories or '<tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="2"/>'
    return policy_from_spif(
        f'<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" version="{number}">'
        '<securityPolicyId name="TEST" id="1.3.6.1.4.1.99999.9"/>'
        f"<securityClassifications>{listed}</securityClassifications><securityCategoryTagSets>"
        '<securityCategoryTagSet name="SET" id="1.3.6.1.4.1.99999.9.1">'
        f'<securityCategoryTag name="SET" tagType="restrictive">{categories}</securityCategoryTag>'
        "</securityCategoryTagSet></securityCategoryTagSets></SPIF>".encode(),
        source="test",
    )


def pair(new: Policy) -> tuple[Policy, Policy]:
    old = version(1)
    policies = PolicySet([old, new])
    return policies[old.digest], policies[new.digest]


def ref(policy: Policy, name: str) -> CategoryRef:
    return next(one.ref for one in policy.categories if one.category.name == name)


def label(policy: Policy, level: str, *names: str) -> Label:
    return new_label(policy, classification=level, categories=[ref(policy, name) for name in names], created=NOW)


def portion(number: int, marked: Label | None, origin: Origin | None = None) -> Portion:
    uid = f"{number:032x}"
    return Portion(uid=uid, label=marked, origin=origin, kind=Kind.PARAGRAPH, content=(Run(text="texte"),))


def note(*labels: Label | None, **changes: object) -> Note:
    title, *portions = (portion(number, one) for number, one in enumerate(labels))
    made = Note(
        uid="ab" * 16,
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=NOW,
        title=title,
        portions=tuple(portions),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # each test gives fields of a note


def only(marks: tuple[OldMark, ...]) -> OldMark:
    (found,) = marks
    return found


def test_only_marks_of_an_older_version_are_shown() -> None:
    old, new = pair(version(2))
    shown = old_marks(new, note(label(old, "LOW"), None, label(new, "HIGH"), label(old, "HIGH", "A")), now=NOW)

    assert [one.number for one in shown] == [0, 3]
    assert all(one.says_the_same and one.may_change and one.own is old for one in shown)
    assert old_marks(old, note(label(old, "LOW"), label(new, "HIGH")), now=NOW) == ()


def test_a_label_of_another_policy_or_of_a_version_not_at_hand_is_left_alone() -> None:
    old, new = pair(version(2))
    elsewhere = replace(label(old, "LOW"), policy_id="1.2.3")
    unknown = replace(label(old, "LOW"), policy_digest="0" * 64)

    assert old_marks(new, note(elsewhere, unknown), now=NOW) == ()


def test_a_renamed_level_and_category_keep_their_places() -> None:
    old, new = pair(version(2, (("LOW", 1), ("SECRET", 2), ("HIGH", 3)), '<tagCategory name="Z" lacv="1"/>'))
    found = only(old_marks(new, note(label(old, "MIDDLE", "A")), now=NOW))

    assert found.after is not None
    assert (found.after.classification, [one.name for one in found.after.categories]) == ("SECRET", ["Z"])
    assert (found.after.policy_digest, found.may_change, found.says_the_same) == (new.digest, True, False)


@pytest.mark.parametrize(
    ("new", "rules"),
    [
        (version(2, (("LOW", 1), ("HIGH", 3))), [ValidityRule.UNKNOWN_CLASSIFICATION]),
        (version(2, categories='<tagCategory name="B" lacv="2"/>'), [ValidityRule.UNKNOWN_CATEGORY]),
        (
            version(2, (("LOW", 1), ("HIGH", 3)), '<tagCategory name="B" lacv="2"/>'),
            [ValidityRule.UNKNOWN_CLASSIFICATION, ValidityRule.UNKNOWN_CATEGORY],
        ),
        (
            version(2, categories='<tagCategory name="A" lacv="1"><excludedClass>MIDDLE</excludedClass></tagCategory>'),
            [ValidityRule.EXCLUDED_CLASS],
        ),
        (version(2, categories='<tagCategory name="A" lacv="1" obsolete="true"/>'), [ValidityRule.OBSOLETE]),
    ],
    ids=["level gone", "category gone", "both gone", "forbidden", "obsolete"],
)
def test_what_the_new_version_does_not_allow_keeps_its_mark_and_says_why(
    new: Policy, rules: list[ValidityRule]
) -> None:
    old, new = pair(new)
    written = note(label(old, "MIDDLE", "A"), label(old, "LOW"))
    first, second = old_marks(new, written, now=NOW)

    assert [one.rule for one in first.reasons] == rules
    assert not first.may_change
    changed, changes = relabelled(written, (first, second), reason="essai")
    assert changed.title.label == written.title.label
    assert [one.portion_uid for one in changes] == [written.portions[0].uid]


def test_renewing_is_recorded_mark_by_mark() -> None:
    old, new = pair(version(2))
    written = note(label(old, "LOW"), label(new, "HIGH"), label(old, "MIDDLE", "A"))

    changed, changes = relabelled(written, old_marks(new, written, now=LATER), reason=None)

    assert [one.label.policy_digest for one in changed.all_portions if one.label] == [new.digest] * 3
    assert [(one.before, one.after.created, one.reason) for one in changes] == [
        (written.title.label, LATER, None),
        (written.portions[1].label, LATER, None),
    ]


@pytest.mark.parametrize("reason", [None, "  "])
def test_a_mark_that_says_something_else_takes_a_reason(reason: str | None) -> None:
    old, new = pair(version(2, (("LOW", 1), ("SECRET", 2), ("HIGH", 3))))
    written = note(label(old, "LOW"), label(old, "MIDDLE"))
    marks = old_marks(new, written, now=NOW)

    with pytest.raises(LoweringNeedsReasonError) as caught:
        relabelled(written, marks, reason=reason)

    assert caught.value.numbers == (1,)
    assert relabelled(written, marks, reason="Version 2")[1][1].reason == "Version 2"


def test_what_came_from_another_service_is_never_marked_anew() -> None:
    old, new = pair(version(2))
    origin = Origin(fingerprint="ab" * 32, reference="X")
    written = note(label(old, "LOW"), None)
    written = replace(
        written,
        title=portion(0, label(old, "LOW"), origin),
        raised=CompilationRaise(label=label(old, "HIGH"), reason="", by="X", at=NOW),
    )
    marks = old_marks(new, written, now=NOW)

    assert [one.number for one in marks] == [0, RAISE]
    assert not any(one.may_change for one in marks)
    assert relabelled(written, marks, reason="essai") == (written, ())


def test_the_evaluation_and_a_raise_of_the_whole_are_renewed_too() -> None:
    old, new = pair(version(2))
    written = note(
        label(new, "LOW"),
        raised=CompilationRaise(label=label(old, "HIGH"), reason="ensemble", by="X", at=NOW),
        evaluation=Evaluation(uid="cd" * 16, label=label(old, "MIDDLE")),
    )
    marks = old_marks(new, written, now=NOW)

    changed, _ = relabelled(written, marks, reason=None)

    assert [one.number for one in marks] == [EVALUATION, RAISE]
    assert changed.raised is not None and changed.raised.label.policy_digest == new.digest
    assert changed.raised.reason == "ensemble"
    assert changed.evaluation is not None and changed.evaluation.label is not None
    assert changed.evaluation.label.policy_digest == new.digest


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (Succession(at=LATER, classification="LOW"), "BASE"),
        (Succession(at=LATER, classification="MIDDLE"), None),
        (Succession(at=LATER, classification="NOWHERE"), None),
    ],
    ids=["renamed", "gone", "unknown"],
)
def test_what_was_to_take_over_comes_along_or_is_dropped_never_guessed(then: Succession, expected: str | None) -> None:
    old, new = pair(version(2, (("BASE", 1), ("HIGH", 3))))
    found = only(old_marks(new, note(replace(label(old, "HIGH"), succession=then)), now=NOW))

    assert found.after is not None
    assert (None if found.after.succession is None else found.after.succession.classification) == expected


def test_the_categories_of_what_was_to_take_over_come_along_or_it_is_dropped() -> None:
    old, new = pair(version(2, categories='<tagCategory name="Z" lacv="1"/>'))
    kept, gone = (Succession(at=LATER, classification="LOW", categories=(ref(old, name),)) for name in ("A", "B"))
    marks = old_marks(
        new,
        note(replace(label(old, "HIGH"), succession=kept), replace(label(old, "HIGH"), succession=gone)),
        now=NOW,
    )
    first, second = (one.after for one in marks)

    assert first is not None and first.succession is not None
    assert [one.name for one in first.succession.categories] == ["Z"]
    assert second is not None and second.succession is None


@pytest.mark.parametrize(
    ("change", "is_alike"),
    [
        (('positions="pageTop" heldBy="FRA"', 'positions="pageTop" heldBy="FRA DEU"'), False),
        (('positions="pageTop" heldBy="FRA"', 'positions="pageBottom" heldBy="FRA"'), True),
    ],
    ids=["who may hold it", "where it stands"],
)
def test_a_mark_that_would_let_in_others_takes_a_reason(change: tuple[str, str], is_alike: bool) -> None:
    old = built_in("FR")
    new = PolicySet([old, policy_from_spif(fr_version(2, change), source="fr")])[old.id]
    written = note(read_mark(new.version_of(old.digest), "[S-SF]", created=NOW))
    marks = old_marks(new, written, now=NOW)

    assert only(marks).says_the_same is is_alike
    if not is_alike:
        with pytest.raises(LoweringNeedsReasonError):
            relabelled(written, marks, reason=None)


@pytest.mark.parametrize(
    ("then", "is_alike"),
    [("LOW", True), ("MIDDLE", False), ("ADDED", False)],
    ids=["as before", "renamed", "unknown when it was made"],
)
def test_a_mark_that_would_become_something_else_takes_a_reason(then: str, is_alike: bool) -> None:
    old, new = pair(version(2, (("LOW", 1), ("SECRET", 2), ("HIGH", 3), ("ADDED", 4))))
    falls = replace(label(old, "HIGH"), succession=Succession(at=LATER, classification=then))

    assert only(old_marks(new, note(falls), now=NOW)).says_the_same is is_alike
