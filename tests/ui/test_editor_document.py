"""A note goes in and comes out; what it is worth is said on the way."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from cloison.labels.errors import RollUpError
from cloison.labels.label import same_marking
from cloison.labels.rollup import Because
from cloison.notes.changes import floors_in
from cloison.notes.compilation import CompilationRaise
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Origin, Run, Style
from cloison.notes.table import table_of
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.document import NoNoteError, NoteDocument
from cloison.ui.editor.live import NoteMarking
from cloison.ui.editor.marks import LevelChoice, MarkProblem, MarkRefused, MentionChoice
from cloison.ui.editor.standing import UNMARKED, Standing, covers, join, marked
from cloison.ui.editor.text import ParagraphEdit
from cloison.ui.theme import Theme
from writing import NOW, POLICY, Hand, label, note_of

THEIRS = Origin(fingerprint="a" * 64, reference="X-1")
OTHERS = Origin(fingerprint="b" * 64, reference="Y-2")


@pytest.fixture
def document(theme: Theme) -> NoteDocument:
    numbers = iter(range(0x100, 0x1000))
    return NoteDocument(POLICY, clock=lambda: NOW, randomness=lambda size: next(numbers).to_bytes(size, "big"))


@pytest.fixture
def pen(document: NoteDocument, qtbot: QtBot) -> Hand:
    field = ParagraphEdit(document, ClipShelf(lambda size: bytes(size)), clock=lambda: NOW)
    qtbot.addWidget(field)
    return Hand(field, document)


def with_first(note: Note, **changed: object) -> Note:
    return replace(note, portions=(replace(note.portions[0], **changed), *note.portions[1:]))  # type: ignore[arg-type]


def test_a_note_comes_out_as_it_went_in(document: NoteDocument) -> None:
    kinds = (Kind.HEADING, Kind.ITEM, Kind.QUOTE, Kind.PARAGRAPH)
    note = note_of(("t", "DR"), ("a", "NP"), ("b", "S-SF"), ("c", None), ("", "TS"), kinds=kinds)

    document.load(note)

    assert document.note() == note
    assert not document.is_dirty
    assert document.changes() == ()


@pytest.mark.parametrize(
    "content",
    [
        (
            Run(text="plain "),
            Run(text="strong", style=Style.STRONG),
            Run(text=" or "),
            Run(text="not", style=Style.EMPHASIS),
        ),
        (Run(text="two\nlines\tand a tab"),),
        (Run(text="fdp\u202eexe\x07"),),
        (Run(text="🙂 astral 𝔸"),),
        (Run(text="split "), Run(text="without reason")),
        (Run(text="dos\r\nline"),),
    ],
    ids=["styles", "lines", "hidden", "astral", "neighbours", "carriage return"],
)
def test_untouched_content_is_kept_to_the_letter(document: NoteDocument, content: tuple[Run, ...]) -> None:
    note = with_first(note_of(("t", "NP"), ("", "S")), content=content)

    document.load(note)

    assert document.note().portions[0].content == content


def test_an_untouched_table_stays_as_it_was_and_what_is_typed_at_it_goes_below(pen: Hand) -> None:
    note = with_first(note_of(("t", "NP"), ("", "S")), kind=Kind.TABLE, content=table_of([["a", "b"]], has_header=True))
    pen.document.load(note)
    untouched = pen.document.note()
    pen.at(1, 0)

    pen.type("x")

    assert untouched == note
    assert pen.document.note().portions[0] == note.portions[0]
    assert (pen.document.note().portions[1].kind, pen.document.note().portions[1].text) == (Kind.PARAGRAPH, "x")
    assert pen.marks == ["NP", "S", "S"]


def test_touched_content_is_as_it_is_shown(pen: Hand) -> None:
    content = (Run(text="a\nb\u202e"), Run(text="strong", style=Style.STRONG))
    pen.document.load(with_first(note_of(("t", "NP"), ("", "S")), content=content))
    pen.at(1, 0)

    pen.type("x")

    assert pen.document.note().portions[0].content == (
        Run(text="xa\nb⟨U+202E⟩"),
        Run(text="strong", style=Style.STRONG),
    )


def test_astral_characters_are_cut_whole(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("🙂b", "S")))
    pen.at(1, 2)

    pen.press(Qt.Key.Key_Return)

    assert [one.text for one in pen.document.note().portions] == ["🙂", "b"]


def test_without_a_note_there_is_none(document: NoteDocument) -> None:
    with pytest.raises(NoNoteError):
        document.note()


def test_a_note_under_another_policy_is_refused_and_changes_nothing(document: NoteDocument) -> None:
    first = note_of(("t", "NP"), ("a", "S"))
    document.load(first)
    foreign = with_first(first, label=replace(label("S"), policy_id="1.2.3"))

    with pytest.raises(RollUpError):
        document.load(foreign)

    assert document.note() == first


def test_another_note_takes_the_place_of_the_first(document: NoteDocument) -> None:
    document.load(note_of(("t", "S"), ("a", "S"), ("b", "S")))
    second = note_of(("u", "NP"), ("c", "DR"))

    document.load(second)

    assert document.note() == second
    assert document.text.availableUndoSteps() == 0


def test_the_marking_of_the_note_is_known_at_once(document: NoteDocument, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.marking_changed) as changed:
        document.load(note_of(("t", "DR"), ("a", "NP"), ("b", None), ("c", "S"), ("d", "DR-SF")))

    marking = changed.args[0]
    assert isinstance(marking, NoteMarking)
    assert marking.unmarked == (2,)
    assert marking.rolled is not None
    assert same_marking(marking.rolled.label, label("S-SF"))
    assert marking.rolled.because == Because(classification=(3,), categories=((label("DR-SF").categories[0], (4,)),))


def test_a_recorded_raise_counts_and_is_no_paragraph(document: NoteDocument) -> None:
    raised = CompilationRaise(label=label("TS"), reason="together", by="A", at=NOW)

    document.load(replace(note_of(("t", "DR"), ("a", "NP")), raised=raised))

    assert document.marking.rolled is not None
    assert document.marking.rolled.label.classification == "TRÈS SECRET"
    assert document.marking.rolled.because.classification == ()


def test_a_note_in_which_nothing_is_marked_is_worth_nothing_known(document: NoteDocument) -> None:
    document.load(note_of(("t", None), ("a", None)))

    assert document.marking == NoteMarking(rolled=None, unmarked=(0, 1))


def test_typing_makes_dirty_and_saving_clean(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    pen.at(1, -1)
    pen.type("b")
    assert pen.document.is_dirty

    pen.document.saved()

    assert not pen.document.is_dirty


def test_acts_on_marks_are_recorded_with_their_reason(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S"), ("b", None), ("c", "NP")))
    asked = pen.document.mark([1], LevelChoice(classification="DIFFUSION RESTREINTE")).lowerings
    pen.document.lower(asked, reason="the source has been published")
    pen.document.mark([2], LevelChoice(classification="SECRET"))
    pen.document.mark([3], LevelChoice(classification="NON PROTÉGÉ"))

    changes = pen.document.changes()

    assert [(one.portion_uid[-1], one.reason) for one in changes] == [
        ("1", "the source has been published"),
        ("2", None),
    ]
    assert changes[0].before == label("S")
    assert changes[0].after.classification == "DIFFUSION RESTREINTE"
    pen.document.saved()
    assert pen.document.changes() == ()


def test_a_fall_done_again_after_saving_still_has_its_reason(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    asked = pen.document.mark([1], LevelChoice(classification="NON PROTÉGÉ")).lowerings
    pen.document.lower(asked, reason="published")
    pen.field.undo()
    pen.document.saved()
    assert pen.marks == ["NP", "S"]

    pen.field.redo()

    (change,) = pen.document.changes()
    assert (change.before, change.reason) == (label("S"), "published")


def test_a_paragraph_that_is_gone_cannot_fall(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    asked = pen.document.mark([1], LevelChoice(classification="NON PROTÉGÉ")).lowerings
    pen.select((0, -1), (1, -1))
    pen.field.textCursor().removeSelectedText()

    pen.document.lower(asked, reason="late")

    assert pen.marks == ["NP"]
    assert pen.document.changes() == ()


def test_what_an_unmarked_portion_is_at_least_worth_is_recorded_and_found_again(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    pen.at(1, -1)
    pen.paste_from_outside(" from outside")
    changes = pen.document.changes()
    stored = pen.document.note()
    assert stored.unmarked == (1,)

    pen.document.load(stored, floors=floors_in(changes))

    assert pen.marks == ["NP", "S?"]
    assert pen.document.mark([1], LevelChoice(classification="NON PROTÉGÉ")).lowerings


def test_a_paragraph_that_is_not_settled_stays_the_same_portion(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    pen.at(1, -1)

    pen.paste_from_outside(" from outside")

    assert pen.uids == ["0", "1"]
    (change,) = pen.document.changes()
    assert (change.portion_uid[-1], change.before, change.after) == ("1", label("S"), label("S"))
    pen.document.saved()
    pen.type(" and more")
    assert pen.document.changes() == ()


def test_undoing_what_unsettled_a_paragraph_leaves_nothing_to_record(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    pen.at(1, -1)
    pen.paste_from_outside(" from outside")

    pen.field.undo()
    assert pen.document.changes() == ()


def test_a_merge_is_recorded_as_a_new_portion(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S"), ("b", "DR-SF")))
    QTextCursor(pen.document.text.findBlockByNumber(2)).deletePreviousChar()

    (change,) = pen.document.changes()

    assert change == LabelChange(portion_uid=f"{0x100:032x}", before=None, after=change.after, reason=None)
    assert same_marking(change.after, label("S-SF"))


def test_kinds_change_as_one_step_and_never_the_title(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S"), ("b", "DR")))

    pen.document.set_kind(range(3), Kind.ITEM)

    assert [one.kind for one in pen.document.note().all_portions] == [Kind.HEADING, Kind.ITEM, Kind.ITEM]
    assert pen.marks == ["NP", "S", "DR"]
    pen.field.undo()
    assert [one.kind for one in pen.document.note().portions] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_setting_what_is_there_is_no_step(pen: Hand) -> None:
    pen.document.load(note_of(("t", "NP"), ("a", "S")))

    pen.document.set_kind([1], Kind.PARAGRAPH)

    assert pen.document.text.availableUndoSteps() == 0
    assert not pen.document.is_dirty


def test_another_issuer_s_text_stays_theirs_wherever_it_goes(pen: Hand) -> None:
    note = with_first(note_of(("t", "NP"), ("theirs and more", "S"), ("", "NP")), origin=THEIRS)
    pen.document.load(note)
    pen.at(1, 6)
    pen.press(Qt.Key.Key_Return)
    pen.select((2, 0), (2, -1))
    pen.field.copy()
    pen.at(3, 0)
    pen.field.paste()

    assert [one.origin for one in pen.document.note().portions] == [THEIRS, THEIRS, THEIRS]


def test_text_of_two_issuers_cannot_be_marked_until_it_is_parted(pen: Hand) -> None:
    note = note_of(("t", "NP"), ("one", "S"), ("two", "S"))
    first, second = note.portions
    pen.document.load(replace(note, portions=(replace(first, origin=THEIRS), replace(second, origin=OTHERS))))
    QTextCursor(pen.document.text.findBlockByNumber(2)).deletePreviousChar()
    assert pen.marks == ["NP", "S?"]

    outcome = pen.document.mark([1], LevelChoice(classification="SECRET"))

    assert outcome.refused == (MarkRefused(number=1, problem=MarkProblem.TWO_ORIGINS),)
    assert pen.document.note().portions[0].label is None


def test_the_mark_of_another_service_does_not_fall_here(document: NoteDocument) -> None:
    note = note_of(("t", "NP"), ("theirs", "S"))
    document.load(replace(note, portions=(replace(note.portions[0], origin=THEIRS),)))

    lowered = document.mark([1], LevelChoice(classification="DIFFUSION RESTREINTE"))

    assert lowered.refused == (MarkRefused(number=1, problem=MarkProblem.FOREIGN),)
    assert lowered.lowerings == ()
    assert document.mark([1], LevelChoice(classification="TRÈS SECRET")).refused == ()


def test_a_mention_needs_a_level_first(document: NoteDocument) -> None:
    document.load(note_of(("t", "NP"), ("a", None)))

    outcome = document.mark([1], MentionChoice(category=POLICY.categories[0].ref))

    assert outcome.refused == (MarkRefused(number=1, problem=MarkProblem.NO_LEVEL),)


def test_what_the_policy_forbids_is_refused_with_its_reason(document: NoteDocument) -> None:
    document.load(note_of(("t", "NP"), ("a", "NP")))

    (refused,) = document.mark([1], MentionChoice(category=POLICY.categories[0].ref)).refused

    assert refused.problem is MarkProblem.POLICY
    assert refused.reasons[0].element == "SPÉCIAL FRANCE"
    assert refused.reasons[0].other == "NON PROTÉGÉ"


def test_a_mention_goes_on_freely_and_comes_off_with_a_reason(document: NoteDocument) -> None:
    choice = MentionChoice(category=POLICY.categories[0].ref)
    document.load(note_of(("t", "NP"), ("a", "S")))
    document.mark([1], choice)
    assert document.standings()[1].label == label("S-SF")

    outcome = document.mark([1], choice)

    assert [one.after for one in outcome.lowerings] == [label("S")]
    assert document.standings()[1].label == label("S-SF")


def test_a_mark_keeps_what_else_the_label_says(document: NoteDocument) -> None:
    first = replace(label("DR"), review=NOW, privacy_mark="PERSONNEL", policy_version=0, policy_digest="0" * 64)
    document.load(with_first(note_of(("t", "NP"), ("a", "NP")), label=first))

    document.mark([1], LevelChoice(classification="SECRET"))

    assert document.standings()[1].label == replace(label("S"), review=NOW, privacy_mark="PERSONNEL")


def test_marks_that_exclude_each_other_open_to_nobody_however_often_they_are_joined() -> None:
    first, second = (marked(label(mark)) for mark in ("[S-COMMUNICABLE À DEU]", "[S-COMMUNICABLE À ESP]"))

    both = join(POLICY, (first, second), created=NOW)

    assert both.label is not None
    assert both.label.undecided
    assert covers(POLICY, both, first)
    assert covers(POLICY, both, second)
    assert not covers(POLICY, first, both)


def test_the_order_of_worth() -> None:
    unknown_of_theirs = replace(UNMARKED, origins=frozenset({THEIRS}))
    settled = marked(label("S"))

    assert covers(POLICY, unknown_of_theirs, UNMARKED)
    assert not covers(POLICY, UNMARKED, unknown_of_theirs)
    assert covers(POLICY, settled, settled)
    assert not covers(POLICY, settled, UNMARKED)
    assert covers(POLICY, Standing(label=label("S"), is_settled=False), settled)
