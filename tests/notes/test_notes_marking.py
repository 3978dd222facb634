"""Marking: free to set and to raise, a reason to lower."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.elements import Input
from cloison.labels.label import Label, label_from_xml, new_label
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.spif import policy_from_spif
from cloison.notes.errors import (
    DecisionRequiredError,
    ForeignMarkError,
    LoweringNeedsReasonError,
    UnknownPortionError,
)
from cloison.notes.marking import dominates, mark, together
from cloison.notes.note import Note, note_label, settled_label
from cloison.notes.portion import Origin, new_uid, plain_portion
from policies import fr_version

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def label(text: str) -> Label:
    return read_mark(POLICY, text, created=NOW)


def note(*marks: str | None) -> Note:
    title, *rest = (
        plain_portion("x", randomness=os.urandom, label=None if one is None else label(one)) for one in marks
    )
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="Auteur",
        created=NOW,
        title=title,
        portions=tuple(rest),
    )


def shown(of: Note) -> list[str]:
    return [portion_mark(POLICY, one.label) for one in of.all_portions if one.label is not None]


def test_an_unmarked_portion_is_marked_without_a_reason() -> None:
    marked, changes = mark(POLICY, note(None, None), [0, 1], label("[DR]"), reason=None)

    assert shown(marked) == ["[DR]", "[DR]"]
    assert [change.before for change in changes] == [None, None]


def test_a_mark_is_raised_without_a_reason() -> None:
    marked, _ = mark(POLICY, note("[NP]", "[S]"), [1], label("[S-SF]"), reason=None)

    assert shown(marked) == ["[NP]", "[S-SF]"]


@pytest.mark.parametrize(("before", "after"), [("[S]", "[DR]"), ("[S-SF]", "[S]"), ("[S-SF]", "[TS]")])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_mark_does_not_fall_without_a_reason(before: str, after: str, reason: str | None) -> None:
    with pytest.raises(LoweringNeedsReasonError) as refused:
        mark(POLICY, note("[NP]", before, "[NP]"), [1, 2], label(after), reason=reason)

    assert refused.value.numbers == (1,)


def test_a_mark_falls_with_a_reason_and_the_change_keeps_it() -> None:
    marked, changes = mark(POLICY, note("[NP]", "[S]"), [1], label("[DR]"), reason="source publiée")

    assert shown(marked) == ["[NP]", "[DR]"]
    assert [(change.before, change.reason) for change in changes] == [(label("[S]"), "source publiée")]


def test_marking_the_same_again_changes_nothing() -> None:
    _, changes = mark(POLICY, note("[NP]", "[S]"), [1], label("[S]"), reason=None)

    assert changes == ()


def test_a_portion_that_is_not_there_is_refused_whole() -> None:
    with pytest.raises(UnknownPortionError):
        mark(POLICY, note("[NP]", "[S]"), [1, 2], label("[S]"), reason=None)


def test_dominance_needs_level_and_categories() -> None:
    assert dominates(POLICY, label("[TS-SF]"), label("[S-SF]"))
    assert not dominates(POLICY, label("[TS]"), label("[S-SF]"))


def test_a_note_nobody_marked_has_no_label() -> None:
    assert note_label(POLICY, note(None, None), now=NOW) is None


def test_an_undecided_roll_up_needs_a_person() -> None:
    rolled = note_label(POLICY, note("SECRET COMMUNICABLE À DEU", "SECRET COMMUNICABLE À GBR"), now=NOW)

    assert rolled is not None
    with pytest.raises(DecisionRequiredError) as refused:
        settled_label(rolled)
    assert refused.value.tag_sets


def test_what_is_left_undecided_can_be_written_and_read_again() -> None:
    asking = "".join(f'<spif:tagCategory name="{one}" lacv="7{one}" userInput="string"/>' for one in "12")
    tag = '<spif:securityCategoryTag name="Mentions nationales" tagType="restrictive">'
    policy = policy_from_spif(fr_version(2, (tag, tag + asking)), source="fr")
    refs = [one.ref for one in policy.categories if one.category.asks_for is not None]

    def saying(*values: str) -> Label:
        inputs = [Input(ref=ref, value=value) for ref, value in zip(refs, values, strict=True)]
        return new_label(policy, classification="SECRET", categories=refs, inputs=inputs, created=NOW)

    joined = together(policy, [saying("un", "même"), saying("deux", "même")], created=NOW)

    assert (joined.categories, joined.inputs, len(joined.undecided)) == ((), (), 1)
    assert label_from_xml(joined.to_xml()) == joined


@pytest.mark.parametrize(("text", "is_refused"), [("[DR]", True), ("[S-SF]", False), ("[TS]", False)])
def test_the_mark_of_another_service_rises_here_and_never_falls(text: str, is_refused: bool) -> None:
    own, foreign = note("[NP]", "[S]", "[S]").all_portions[1:]
    received = replace(
        note("[NP]"),
        portions=(own, replace(foreign, origin=Origin(fingerprint="0" * 64, reference="R-1"))),
    )

    if is_refused:
        with pytest.raises(ForeignMarkError) as caught:
            mark(POLICY, received, [1, 2], label(text), reason="decided here")
        assert caught.value.numbers == (2,)
    else:
        marked, _ = mark(POLICY, received, [2], label(text), reason=None)
        assert shown(marked)[2] == text
