"""What differs between two revisions of a note."""

from datetime import UTC, datetime

import pytest

from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes import comparing
from cloison.notes.comparing import ComparedPortion, State, Stretch, compare
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion, Run

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def portion(name: str, text: str, mark: str | None = "NP") -> Portion:
    content = (Run(text=text),) if text else ()
    return Portion(uid=name * 32, kind=Kind.PARAGRAPH, content=content, label=None if mark is None else label(mark))


def note(*portions: Portion) -> Note:
    return Note(
        uid="f" * 32,
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=NOW,
        title=portion("0", "titre"),
        portions=portions,
    )


def told(found: tuple[ComparedPortion, ...]) -> list[tuple[int, str, str]]:
    signs = {State.SAME: "", State.ADDED: "+", State.REMOVED: "-"}
    return [
        (one.number, one.state.value, "|".join(f"{signs[part.state]}{part.text}" for part in one.stretches))
        for one in found
    ]


def test_words_are_compared_inside_a_portion() -> None:
    found = compare(note(portion("a", "le port de Brest.")), note(portion("a", "le grand port, vide.")))

    assert told(found) == [
        (0, "same", "titre"),
        (1, "changed", "le |+grand |port|+,| |-de Brest|+vide|."),
    ]


def test_what_came_and_what_went_stand_in_their_places() -> None:
    found = compare(
        note(portion("a", "un"), portion("b", "deux"), portion("c", "")),
        note(portion("d", "neuf"), portion("a", "un"), portion("c", "")),
    )

    assert told(found) == [
        (0, "same", "titre"),
        (1, "added", "+neuf"),
        (2, "same", "un"),
        (2, "removed", "-deux"),
        (3, "same", ""),
    ]


def test_another_mark_is_a_change_of_its_own() -> None:
    found = compare(note(portion("a", "mots", None)), note(portion("a", "mots", "S")))

    assert (found[1].state, found[1].before, found[1].after) == (State.CHANGED, None, label("S"))
    assert found[1].stretches == (Stretch(state=State.SAME, text="mots"),)


def test_marks_of_what_came_and_went_are_told() -> None:
    found = compare(note(portion("a", "un", "S")), note(portion("b", "deux", "DR")))

    assert [(one.before, one.after) for one in found[1:]] == [(label("S"), None), (None, label("DR"))]


def test_of_very_long_portions_it_is_only_said_that_they_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_WORDS", 3)

    found = compare(note(portion("a", "un deux trois")), note(portion("a", "un deux")))

    assert told(found)[1] == (1, "changed", "-un deux trois|+un deux")
