"""The whole raised above its parts, with a reason; taken back by an authority's decision alone."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.errors import NoDecisionReferenceError
from cloison.labels.label import Label, Succession, new_label
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.validity import ValidityRule
from cloison.notes.compilation import CompilationRaise, LiftedRaise
from cloison.notes.errors import InvalidRaiseError, NotARaiseError, NothingRaisedError, ReasonMissingError
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note, note_label
from cloison.notes.portion import new_uid, plain_portion
from cloison.notes.raising import lift_raise, raise_in_force, raise_whole
from cloison.notes.release import whole

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DECISION = AuthorityDecision(authority="SGDSN", reference="2026/114", day=date(2026, 11, 20))


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


def raised(of: Note, mark: str, reason: str = "pris ensemble") -> tuple[Note, LabelChange]:
    return raise_whole(POLICY, of, label(mark), reason=reason, by="Officier", now=NOW)


def lifted(of: Note, decision: AuthorityDecision = DECISION, reason: str = "source publiée") -> Note:
    return lift_raise(POLICY, of, decision=decision, reason=reason, by="Officier", now=NOW)[0]


def worth(of: Note) -> str:
    rolled = note_label(POLICY, of, now=NOW)
    assert rolled is not None
    return portion_mark(POLICY, rolled.label)


def test_a_raise_counts_and_is_on_record_with_its_reason() -> None:
    changed, change = raised(note("[DR]", "[S]"), "[TS-SF]", " pris ensemble ")

    assert worth(changed) == "[TS-SF]"
    assert changed.raised == CompilationRaise(label=label("[TS-SF]"), reason="pris ensemble", by="Officier", at=NOW)
    assert (change.portion_uid, change.before, change.after, change.reason) == (
        changed.uid,
        label("[S]"),
        label("[TS-SF]"),
        "pris ensemble",
    )


def test_a_raise_takes_a_reason() -> None:
    with pytest.raises(ReasonMissingError):
        raised(note("[DR]", "[S]"), "[TS]", "  ")


@pytest.mark.parametrize("mark", ["[DR]", "[S]", "[DR-SF]"], ids=["lower", "the same", "not comparable"])
def test_what_does_not_cover_the_parts_and_more_is_no_raise(mark: str) -> None:
    with pytest.raises(NotARaiseError):
        raised(note("[DR]", "[S]"), mark)


def test_a_note_without_any_mark_cannot_be_raised() -> None:
    with pytest.raises(NotARaiseError):
        raised(note(None, None), "[TS]")


def test_a_label_the_policy_does_not_allow_is_refused_with_its_rule() -> None:
    special = next(one.ref for one in POLICY.categories if one.ref.name == "SPÉCIAL FRANCE")
    wrong = new_label(POLICY, classification="NON PROTÉGÉ", categories=(special,), created=NOW)

    with pytest.raises(InvalidRaiseError) as refused:
        raise_whole(POLICY, note("[NP]", "[NP]"), wrong, reason="x", by="O", now=NOW)

    assert [one.rule for one in refused.value.reasons] == [ValidityRule.EXCLUDED_CLASS]


def test_a_raise_is_itself_only_raised_further() -> None:
    changed, _ = raised(note("[NP]", "[DR]"), "[S]")

    with pytest.raises(NotARaiseError):
        raised(changed, "[S]")
    assert worth(raised(changed, "[TS]")[0]) == "[TS]"


def test_a_decision_takes_a_raise_back_and_stays_on_record() -> None:
    changed, _ = raised(note("[NP]", "[DR]"), "[S]")

    without, changes = lift_raise(POLICY, changed, decision=DECISION, reason="source publiée", by="Officier", now=NOW)

    assert worth(without) == "[DR]"
    assert changed.raised is not None
    assert without.lifted == (
        LiftedRaise(raised=changed.raised, decision=DECISION, reason="source publiée", by="Officier", at=NOW),
    )
    [change] = changes
    assert (change.before, change.after, change.reason) == (label("[S]"), label("[DR]"), "source publiée")
    assert change.decision == DECISION


def test_a_note_whose_parts_lost_their_marks_loses_its_raise_all_the_same() -> None:
    changed, _ = raised(note("[NP]", "[DR]"), "[S]")
    unmarked = changed.with_portions({number: replace(changed.portion(number), label=None) for number in (0, 1)})

    without, changes = lift_raise(POLICY, unmarked, decision=DECISION, reason="x", by="O", now=NOW)

    assert (without.raised, len(without.lifted), changes) == (None, 1, ())


def test_taking_a_raise_back_takes_an_authority_a_reference_and_a_reason() -> None:
    changed, _ = raised(note("[NP]", "[DR]"), "[S]")

    for decision in (replace(DECISION, authority=" "), replace(DECISION, reference="")):
        with pytest.raises(NoDecisionReferenceError):
            lifted(changed, decision)
    with pytest.raises(ReasonMissingError):
        lifted(changed, reason=" ")


def test_there_is_nothing_to_take_back_of_a_note_that_is_not_raised() -> None:
    with pytest.raises(NothingRaisedError):
        lifted(note("[NP]", "[DR]"))


def test_a_raise_is_found_again_in_a_rendition_and_only_there() -> None:
    plain = note("[NP]", "[DR]")

    assert raise_in_force(POLICY, whole(POLICY, plain, now=NOW), by="Expéditeur", now=NOW) is None
    assert raise_in_force(POLICY, whole(POLICY, raised(plain, "[S]")[0], now=NOW), by="Expéditeur", now=NOW) == (
        CompilationRaise(label=label("[S]"), reason="", by="Expéditeur", at=NOW)
    )


def test_what_falls_by_itself_before_it_is_received_is_no_raise() -> None:
    falls = replace(label("[S]"), succession=Succession(at=NOW + timedelta(days=1), classification="NON PROTÉGÉ"))
    plain = note("[NP]", "[DR]")
    dated = plain.with_portions({1: plain.portion(1).marked(falls)})
    sealed = whole(POLICY, dated, now=NOW)

    assert raise_in_force(POLICY, sealed, by="Expéditeur", now=NOW + timedelta(days=2)) is None


def test_a_raise_goes_on_where_the_parts_it_stands_above_fall_by_themselves() -> None:
    changed, _ = raised(note("[NP]", "[DR]"), "[S]")
    falls = Succession(at=NOW + timedelta(days=365), classification=POLICY.levels[0].name)
    dated = changed.with_portions({1: changed.portion(1).marked(replace(label("[S]"), succession=falls))})

    assert raise_in_force(POLICY, whole(POLICY, dated, now=NOW), by="Expéditeur", now=NOW) == (
        CompilationRaise(label=label("[S]"), reason="", by="Expéditeur", at=NOW)
    )
