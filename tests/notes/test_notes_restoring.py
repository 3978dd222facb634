"""An earlier revision put in the place of today's note: its words come back, and no mark falls."""

from dataclasses import replace
from datetime import UTC, datetime

from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.compilation import CompilationRaise
from cloison.notes.evaluation import new_evaluation
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion, Run
from cloison.notes.restoring import RestoredNote, Step, restored

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def portion(name: str, text: str, mark: str | None) -> Portion:
    content = (Run(text=text),) if text else ()
    worth = None if mark is None else label(mark)
    return Portion(uid=name * 32, kind=Kind.PARAGRAPH, content=content, label=worth)


def note(*portions: Portion) -> Note:
    return Note(
        uid="f" * 32,
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=NOW,
        title=portion("0", "titre", "NP"),
        portions=portions,
    )


def change(name: str, before: str | None, after: str, reason: str | None = None) -> LabelChange:
    known = None if before is None else label(before)
    return LabelChange(portion_uid=name * 32, before=known, after=label(after), reason=reason)


def restore_first(*later: tuple[Note, tuple[LabelChange, ...]], first: Note) -> RestoredNote:
    since = [Step(note=one, changes=changes) for one, changes in later]
    return restored(POLICY, first, before=(), since=since, now=NOW)


def marks(found: RestoredNote) -> list[str | None]:
    return [None if one.label is None else one.label.classification for one in found.note.portions]


def test_the_words_of_the_revision_come_back_under_their_marks() -> None:
    first = note(portion("a", "avant", "S"), portion("b", "autre", "NP"))

    found = restore_first((note(portion("a", "après", "S")), ()), first=first)

    assert found.note == first
    assert found.kept_high == ()
    assert found.changes == (change("b", None, "NP"),)


def test_a_portion_that_was_raised_stays_at_todays_mark() -> None:
    first = note(portion("a", "mots", "DR"))

    found = restore_first((note(portion("a", "mots", "S")), (change("a", "DR", "S"),)), first=first)

    assert marks(found) == ["SECRET"]
    assert found.kept_high == (1,)
    assert found.changes == ()


def test_what_was_lowered_with_a_reason_comes_back_as_high_as_it_was() -> None:
    first = note(portion("a", "mots", "S"))
    lowered = (note(portion("a", "mots", "NP")), (change("a", "S", "NP", "publié"),))

    found = restore_first(lowered, first=first)

    assert marks(found) == ["SECRET"]
    assert found.changes == (change("a", "NP", "S"),)


def test_a_portion_that_was_raised_and_then_deleted_is_worth_its_raise() -> None:
    first = note(portion("a", "mots", "DR"), portion("b", "reste", "NP"))
    raised = (note(portion("a", "mots", "S"), portion("b", "reste", "NP")), (change("a", "DR", "S"),))

    found = restore_first(raised, (note(portion("b", "reste", "NP")), ()), first=first)

    assert marks(found) == ["SECRET", "NON PROTÉGÉ"]


def test_words_that_went_elsewhere_are_worth_what_was_raised_there() -> None:
    first = note(portion("a", "mots et suite", "DR"), portion("b", "reste", "NP"))
    parted = (note(portion("a", "mots", "DR"), portion("c", "et suite", "DR"), portion("b", "reste", "NP")), ())
    raised = (
        note(portion("a", "mots", "DR"), portion("c", "et suite", "TS"), portion("b", "reste", "NP")),
        (change("c", "DR", "TS"),),
    )

    found = restore_first(parted, raised, first=first)

    assert marks(found) == ["TRÈS SECRET", "NON PROTÉGÉ"]
    assert found.kept_high == (1,)


def test_what_was_raised_while_the_words_were_untouched_says_nothing_of_them() -> None:
    first = note(portion("a", "mots", "DR"), portion("b", "reste", "NP"))
    raised = (note(portion("a", "mots", "DR"), portion("b", "reste", "TS")), (change("b", "NP", "TS"),))

    found = restore_first(raised, (note(portion("a", "maux", "DR"), portion("b", "reste", "TS")), ()), first=first)

    assert marks(found) == ["DIFFUSION RESTREINTE", "TRÈS SECRET"]


def test_a_first_mark_of_new_words_says_nothing_of_old_ones() -> None:
    first = note(portion("a", "mots", "DR"))
    new = (note(portion("a", "maux", "DR"), portion("c", "neuf", "TS")), (change("c", None, "TS"),))

    found = restore_first(new, first=first)

    assert marks(found) == ["DIFFUSION RESTREINTE"]


def test_an_unmarked_portion_stays_unmarked_and_keeps_what_it_is_at_least_worth() -> None:
    first = note(portion("a", "mots", None))
    marked = (note(portion("a", "mots", "S")), (change("a", None, "S"),))

    found = restore_first(marked, (note(), ()), first=first)

    assert marks(found) == [None]
    assert found.changes == (change("a", None, "S"),)


def test_the_same_words_are_not_settled_by_coming_back() -> None:
    first = note(portion("a", "mots", "S"))

    found = restore_first((note(portion("a", "mots", None)), (change("a", None, "TS"),)), first=first)

    assert marks(found) == [None]
    assert [one.after.classification for one in found.changes] == ["TRÈS SECRET"]


def test_other_words_are_settled_again_once_what_came_in_is_out() -> None:
    first = note(portion("a", "mots", "S"))

    found = restore_first((note(portion("a", "mots et ailleurs", None)), (change("a", "S", "S"),)), first=first)

    assert marks(found) == ["SECRET"]


def test_a_raise_of_the_whole_stays_as_it_is_today() -> None:
    first = note(portion("a", "mots", "NP"))
    raise_ = CompilationRaise(label=label("TS"), reason="ensemble", by="Officier", at=NOW)
    whole = replace(note(portion("a", "maux", "NP")), raised=raise_)
    of_whole = LabelChange(portion_uid=whole.uid, before=label("NP"), after=label("TS"), reason="ensemble")

    found = restore_first((whole, (of_whole,)), first=first)

    assert found.note.raised == raise_
    assert marks(found) == ["NON PROTÉGÉ"]


def test_marks_that_exclude_each_other_open_to_nobody() -> None:
    first = note(portion("a", "mots", "DR-SF"))
    raised = (note(portion("a", "maux", "TS")), (change("a", "DR", "TS"),))

    found = restore_first(raised, first=first)

    label_found = found.note.portions[0].label
    assert label_found is not None
    assert label_found.classification == "TRÈS SECRET"
    assert [one.name for one in label_found.categories] == ["SPÉCIAL FRANCE"]


def test_a_title_is_a_portion_like_any_other() -> None:
    first = note(portion("a", "mots", "NP"))
    today = replace(first, title=replace(first.title, content=(Run(text="autre"),), label=label("S")))

    found = restore_first((today, (change("0", "NP", "S"),)), first=first)

    assert found.note.title.text == "titre"
    assert found.note.title.label == label("S")
    assert found.kept_high == (0,)


def test_what_is_already_the_latest_comes_back_as_it_is() -> None:
    first = note(portion("a", "mots", "S"), portion("b", "sans", None))

    assert restore_first(first=first).note == first


def test_what_unmarked_words_were_worth_then_is_said_again() -> None:
    first = note(portion("a", "mots", None))

    found = restored(POLICY, first, before=[change("a", None, "S")], since=[Step(note=note(), changes=())], now=NOW)

    assert found.changes == (change("a", None, "S"),)


def test_an_evaluation_that_was_raised_says_nothing_of_words() -> None:
    first = note(portion("a", "mots", "NP"))
    judged = new_evaluation(randomness=lambda size: b"e" * size)
    today = replace(note(portion("a", "maux", "NP")), evaluation=replace(judged, label=label("TS")))
    of_evaluation = LabelChange(portion_uid=judged.uid, before=label("NP"), after=label("TS"), reason=None)

    found = restore_first((today, (of_evaluation,)), first=first)

    assert marks(found) == ["NON PROTÉGÉ"]
    assert found.note.evaluation == today.evaluation
