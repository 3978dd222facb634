"""What a given reader is released of a note, and that nothing else of it shows."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloison.labels.clearance import Clearance
from cloison.labels.decision import decide
from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, new_label, same_marking
from cloison.labels.library import BUILT_IN, PolicySet, built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison.notes.compilation import CompilationRaise
from cloison.notes.errors import DecisionRequiredError, NothingToReadError, UnmarkedPortionsError
from cloison.notes.note import Note
from cloison.notes.portion import Origin, Portion, new_uid, plain_portion
from cloison.notes.release import Reader, judge, release, whole
from cloison.notes.rendition import rendition_to_bytes
from policies import fr_version

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
MARKS = ("[NP]", "[DR]", "[S]", "[S-SF]", "[TS]", "[TS-SF]")


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def portion(mark: str | None, text: str = "texte") -> Portion:
    return plain_portion(text, randomness=os.urandom, label=None if mark is None else label(mark))


def note(title: str | None, *marks: str | None) -> Note:
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="Auteur",
        created=NOW,
        title=portion(title, "titre"),
        portions=tuple(portion(mark, f"texte {number}") for number, mark in enumerate(marks, start=1)),
    )


def reader(mark: str, nationality: str = "FRA") -> Reader:
    return Reader(clearance=Clearance.from_mark(POLICY, mark), nationality=nationality)


def released(of: Note, to: Reader) -> tuple[Portion, ...]:
    return release(POLICY, of, to, needed=frozenset(), now=NOW).portions


def test_portion_above_clearance_is_left_out() -> None:
    written = note("[NP]", "[DR]", "[S]")

    assert released(written, reader("[DR]")) == written.portions[:1]


def test_a_foreigner_is_never_released_special_france_whatever_their_clearance() -> None:
    written = note("[NP]", "[DR]", "[S-SF]")

    assert released(written, reader("[S-SF]", nationality="GBR")) == written.portions[:1]


def test_a_title_above_clearance_is_withheld() -> None:
    rendition = release(POLICY, note("[S]", "[DR]"), reader("[DR]"), needed=frozenset(), now=NOW)

    assert rendition.title is None


def test_a_note_without_a_portion_to_read_is_not_released_for_its_title_alone() -> None:
    with pytest.raises(NothingToReadError):
        released(note("[NP]", "[S]"), reader("[DR]"))


def test_a_recorded_raise_goes_on_applying_to_every_rendition() -> None:
    raised = CompilationRaise(label=label("[S]"), reason="recoupement", by="Auteur", at=NOW)
    written = replace(note("[NP]", "[DR]"), raised=raised)

    rendition = release(POLICY, written, reader("[S]"), needed=frozenset(), now=NOW)

    assert same_marking(rendition.label, label("[S]"))
    with pytest.raises(NothingToReadError):
        released(written, reader("[DR]"))


def test_a_portion_of_foreign_origin_stays() -> None:
    written = note("[NP]", "[NP]", "[NP]")
    foreign = replace(written.portions[0], origin=Origin(fingerprint="0" * 64, reference="X-1"))
    written = written.with_portions({1: foreign})

    assert released(written, reader("[S]")) == written.portions[1:]


def test_nothing_is_judged_while_a_portion_is_unmarked() -> None:
    with pytest.raises(UnmarkedPortionsError) as refused:
        judge(POLICY, note("[NP]", None, "[S]", None), reader("[S]"), needed=frozenset(), now=NOW)

    assert refused.value.numbers == (1, 3)


def test_the_author_prints_the_whole_note_but_not_an_unmarked_one() -> None:
    written = note("[NP]", "[S-SF]", "[DR]")

    printed = whole(POLICY, written, now=NOW)

    assert (printed.title, printed.portions) == (written.title, written.portions)
    assert same_marking(printed.label, label("[S-SF]"))
    with pytest.raises(UnmarkedPortionsError):
        whole(POLICY, note(None, "[S]"), now=NOW)


def test_a_recorded_raise_applies_to_what_the_author_prints() -> None:
    raised = CompilationRaise(label=label("[TS]"), reason="recoupement", by="Auteur", at=NOW)

    printed = whole(POLICY, replace(note("[NP]", "[DR]"), raised=raised), now=NOW)

    assert same_marking(printed.label, label("[TS]"))


def test_a_reader_without_the_need_to_know_is_released_nothing() -> None:
    needed = frozenset({"ab" * 16})

    with pytest.raises(NothingToReadError):
        release(POLICY, note("[NP]", "[NP]"), reader("[TS]"), needed=needed, now=NOW)


NEEDS = frozenset({"ab" * 16, "cd" * 16})


def categories_of(policy: Policy) -> st.SearchStrategy[frozenset[CategoryRef]]:
    """A few of the policy's categories, and of two hundred states two only, so that portions and readers meet."""
    states = {"CAN", "GBR"}
    refs = [one.ref for one in policy.categories if len(one.tag.categories) < 6 or one.category.name in states]
    return st.frozensets(st.sampled_from(refs), max_size=2) if refs else st.just(frozenset())


def labels_of(policy: Policy) -> st.SearchStrategy[Label]:
    """Labels of a policy, those it does not allow too."""
    levels = st.sampled_from([one.name for one in policy.levels])
    return st.builds(
        lambda level, categories: new_label(policy, classification=level, categories=categories, created=NOW),
        levels,
        categories_of(policy),
    )


def readers_of(policy: Policy) -> st.SearchStrategy[Reader]:
    """Readers with a level and all below it, or with no clearance, of this nationality or that."""
    names = [one.name for one in policy.levels]
    clearances = st.builds(
        lambda most, categories: Clearance(
            policy_id=policy.id,
            policy_name=policy.name,
            classifications=frozenset(names[:most]),
            categories=categories,
        ),
        st.just(len(names)) | st.integers(0, len(names)),
        st.sampled_from([frozenset(one.ref for one in policy.categories), frozenset()]) | categories_of(policy),
    )
    return st.builds(
        lambda clearance, nationality, need: Reader(clearance=clearance, nationality=nationality, need_to_know=need),
        st.none() | clearances,
        st.sampled_from(["FRA", "CAN", "GBR", "USA", "DEU", None]),
        st.just(NEEDS) | st.frozensets(st.sampled_from(sorted(NEEDS))),
    )


def notes_of(policy: Policy) -> st.SearchStrategy[Note]:
    """Notes of one to four portions, some of foreign origin, some raised as a whole."""
    origins = st.sampled_from([None, None, Origin(fingerprint="0" * 64, reference="X-1")])
    raises = st.none() | labels_of(policy).map(
        lambda raised: CompilationRaise(label=raised, reason="recoupement", by="Auteur", at=NOW)
    )
    marked = st.builds(
        lambda of, origin: replace(plain_portion("texte", randomness=os.urandom, label=of), origin=origin),
        labels_of(policy),
        origins,
    )
    return st.builds(
        lambda title, portions, raised: replace(note(None), title=title, portions=tuple(portions), raised=raised),
        marked,
        st.lists(marked, min_size=1, max_size=4),
        raises,
    )


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_reader_ever_receives_a_portion_that_its_own_label_denies(data: st.DataObject) -> None:
    # The list of states of the EU only widens: the roll-up drops it beside a portion without one, and is open to
    # readers whom a portion denies. There the decision portion by portion is the only guard.
    policy = built_in(data.draw(st.just("EU") | st.sampled_from(list(BUILT_IN))))
    written, to = data.draw(notes_of(policy)), data.draw(readers_of(policy))
    needed = data.draw(st.frozensets(st.sampled_from(sorted(NEEDS))))

    def is_denied(portion: Portion) -> bool:
        assert portion.label is not None
        decision = decide(
            policy,
            portion.label,
            clearance=to.clearance,
            nationality=to.nationality,
            need_to_know=to.need_to_know,
            needed=needed,
            now=NOW,
        )
        return not decision.permitted

    try:
        received = release(policy, written, to, needed=needed, now=NOW)
    except (NothingToReadError, DecisionRequiredError):
        return

    kept = received.portions if received.title is None else (received.title, *received.portions)
    assert not any(is_denied(one) or one.origin is not None for one in kept)
    assert set(kept) == {one for one in written.all_portions if one.origin is None and not is_denied(one)}


def test_a_raise_goes_on_denying_whom_a_later_version_of_the_policy_lets_in() -> None:
    wider = fr_version(2, ('positions="pageTop" heldBy="FRA"', 'positions="pageTop" heldBy="FRA DEU"'))
    policy = PolicySet([POLICY, policy_from_spif(wider, source="fr")])[POLICY.id]
    raised = CompilationRaise(label=label("[S-SF]"), reason="ensemble", by="Auteur", at=NOW)
    written = replace(note("[NP]", "[DR]"), raised=raised)

    assert release(policy, written, reader("[S-SF]"), needed=frozenset(), now=NOW).portions == written.portions
    with pytest.raises(NothingToReadError):
        release(policy, written, reader("[S-SF]", nationality="DEU"), needed=frozenset(), now=NOW)


@given(st.lists(st.sampled_from(("[S]", "[S-SF]", "[TS]")), max_size=6), st.text(max_size=200))
def test_a_rendition_does_not_depend_on_what_was_left_out(above: list[str], text: str) -> None:
    base = note("[NP]", "[NP]", "[DR]")
    fuller = replace(
        base,
        title=base.title,
        portions=(base.portions[0], *(portion(mark, text) for mark in above), base.portions[1]),
    )

    plain, full = (
        rendition_to_bytes(release(POLICY, one, reader("[DR]"), needed=frozenset(), now=NOW)) for one in (base, fuller)
    )

    assert plain == full
