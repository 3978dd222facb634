"""What the ``note`` commands answer: sentences, columns, objects."""

from __future__ import annotations

from collections.abc import Sequence

from cloison.actions.find_notes import NoteLine
from cloison.actions.read_note import NoteView, banner
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call
from cloison.cli.marks import UNMARKED, mark_as_made, mark_object
from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import label_from_xml
from cloison.notes.attaching import attached_files
from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note
from cloison.notes.portion import Portion
from cloison.vault.note_rows import RevisionRow
from cloison.wording.dates import minute
from cloison.wording.evaluation import evaluation_text
from cloison.wording.portions import kind_name, numbered
from cloison.wording.sizes import size_text
from cloison_crypto.fields import time_text


def tell_of_import(call: Call, session: Session, view: NoteView, *, pictures_left_out: int) -> None:
    """What became of an imported file."""
    made = view.stored.note
    call.answer.say(
        call.words.text(
            "Note {reference} was imported into “{compartment}”. Its identifier: {uid}",
            reference=made.reference,
            compartment=view.compartment.name,
            uid=made.uid,
        )
    )
    if pictures_left_out:
        call.answer.say(
            call.words.plural(
                "{count} picture is not in the note: not of a kind that is read, cropped, or damaged.",
                "{count} pictures are not in the note: not of a kind that is read, cropped, or damaged.",
                pictures_left_out,
            )
        )
    _tell_of_unmarked(call, made)
    call.answer.give(
        uid=made.uid,
        reference=made.reference,
        label=mark_object(session, view.label),
        title_label=mark_object(session, made.title.label),
        portions=len(made.portions),
        unmarked=len(made.unmarked),
        pictures_left_out=pictures_left_out,
    )


def tell_of_new_note(call: Call, session: Session, view: NoteView) -> None:
    """A note that was begun."""
    made = view.stored.note
    call.answer.say(
        call.words.text(
            "Note {reference} was begun in “{compartment}”. Its identifier: {uid}",
            reference=made.reference,
            compartment=view.compartment.name,
            uid=made.uid,
        )
    )
    _tell_of_unmarked(call, made)
    call.answer.give(
        uid=made.uid,
        reference=made.reference,
        label=mark_object(session, view.label),
        unmarked=len(made.unmarked),
    )


def tell_of_marks(call: Call, session: Session, view: NoteView, numbers: Sequence[int], mark: str) -> None:
    """What a note is worth once paragraphs were marked."""
    words, marked = call.words, view.stored.note
    call.answer.say(words.text("Marked {mark}: {numbers}.", mark=mark, numbers=numbered(numbers, words)))
    tell_of_worth(call, session, view)
    _tell_of_unmarked(call, marked)
    call.answer.give(
        uid=marked.uid,
        revision=view.stored.revision,
        label=mark_object(session, view.label),
        unmarked=len(marked.unmarked),
    )


def tell_of_restoring(call: Call, session: Session, view: NoteView, revision: int, kept_high: Sequence[int]) -> None:
    """What a note is worth with an earlier text, and which paragraphs stay above what they were in it."""
    words, made = call.words, view.stored
    call.answer.say(
        words.text(
            "Revision {number} is restored as revision {made}; nothing was lost.",
            number=revision,
            made=made.revision,
        )
    )
    if kept_high:
        paragraphs = numbered(kept_high, words)
        call.answer.say(words.text("Marks that rose since stay: {paragraphs}.", paragraphs=paragraphs))
    tell_of_worth(call, session, view)
    _tell_of_unmarked(call, made.note)
    call.answer.give(
        uid=made.note.uid,
        revision=made.revision,
        label=mark_object(session, view.label),
        kept_high=list(kept_high),
        unmarked=len(made.note.unmarked),
    )


def tell_of_worth(call: Call, session: Session, view: NoteView) -> None:
    """What a note is worth now, and in which revision."""
    call.answer.say(
        call.words.text(
            "The note is now: {banner} (revision {revision}).",
            banner=banner(session, view.label, call.words.language),
            revision=view.stored.revision,
        )
    )


def show_history(call: Call, session: Session, found: Sequence[RevisionRow]) -> None:
    """The revisions as columns."""
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Revision"),
            words.text_in("column", "Saved"),
            words.text_in("column", "By"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Marks changed"),
        ),
        [
            (
                str(one.revision),
                minute(one.saved_at, words),
                one.author,
                mark_as_made(session, None if one.label_xml is None else label_from_xml(one.label_xml)) or UNMARKED,
                _changes_text(call, session, one),
            )
            for one in found
        ],
    )


def show_list(call: Call, session: Session, found: tuple[NoteLine, ...]) -> None:
    """The notes as columns."""
    words = call.words
    if not found:
        call.answer.say(words.text("No note was found."))
        return
    call.answer.table(
        (
            words.text_in("column", "Identifier"),
            words.text_in("column", "Reference"),
            words.text_in("column", "Mark"),
            words.text_in("column", "Changed"),
            words.text_in("column", "Compartment"),
            words.text_in("column", "Title"),
        ),
        [
            (
                one.row.uid,
                one.row.reference,
                mark_object(session, one.label) or UNMARKED,
                minute(one.row.modified, words),
                one.compartment.name,
                _titled(session, one),
            )
            for one in found
        ],
    )


def _tell_of_unmarked(call: Call, made: Note) -> None:
    if made.unmarked:
        call.answer.say(call.words.text("Not marked yet: {numbers}.", numbers=numbered(made.unmarked, call.words)))


def _titled(session: Session, one: NoteLine) -> str:
    return f"{mark_object(session, one.title_label) or UNMARKED} {one.row.title}"


def attachment_objects(session: Session, note: Note) -> list[Json]:
    """The attachments, one object each."""
    return [
        {
            "number": number,
            "portion": FIRST_NUMBER + number - 1,
            "label": mark_object(session, one.label),
            "name": file.name,
            "size": file.size,
        }
        for number, (one, file) in enumerate(attached_files(note), start=1)
    ]


def line_object(session: Session, one: NoteLine) -> Json:
    """One note of a list."""
    return {
        "uid": one.row.uid,
        "reference": one.row.reference,
        "title": one.row.title,
        "label": mark_object(session, one.label),
        "compartment": one.compartment.name,
    }


def show_note(call: Call, session: Session, view: NoteView, marking: str) -> None:
    """A note between its banners."""
    shown = view.stored.note
    call.answer.say(marking)
    call.answer.say(f"{shown.reference}  {mark_object(session, shown.title.label) or UNMARKED} {shown.title.text}")
    rows = [
        (str(number), mark_object(session, one.label) or UNMARKED, kind_name(one.kind, call.words), one.text)
        for number, one in enumerate(shown.portions, start=1)
    ]
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "No."),
            words.text_in("column", "Mark"),
            words.text_in("column", "Kind"),
            words.text_in("column", "Text"),
        ),
        rows,
    )
    for number, (one, file) in enumerate(attached_files(shown), start=1):
        named = f"{mark_object(session, one.label) or UNMARKED} {file.name} ({size_text(file.size, words)})"
        call.answer.say(words.text("Attachment {number}: {attachment}", number=number, attachment=named))
    if shown.evaluation is not None:
        mark = mark_object(session, shown.evaluation.label) or UNMARKED
        told = evaluation_text(shown.evaluation, words)
        call.answer.say(words.text_in("paper", "Evaluation: {evaluation}", evaluation=f"{mark} {told}"))
    call.answer.say(marking)


def evaluation_object(session: Session, evaluation: Evaluation | None) -> Json:
    """An evaluation; null where there is none."""
    if evaluation is None:
        return None
    return {
        "code": evaluation.code,
        "reliability": evaluation.reliability.value,
        "credibility": evaluation.credibility.value,
        "sources": [{"name": one.name, "independent": one.is_independent} for one in evaluation.sources],
        "label": mark_object(session, evaluation.label),
    }


def portion_object(session: Session, number: int, one: Portion) -> Json:
    """One paragraph."""
    return {"number": number, "label": mark_object(session, one.label), "kind": one.kind.value, "text": one.text}


def _changes_text(call: Call, session: Session, one: RevisionRow) -> str:
    moves = [
        f"{mark_as_made(session, change.before) or UNMARKED} → {mark_as_made(session, change.after)}"
        for change in one.changes
    ]
    counted = [move if (count := moves.count(move)) == 1 else f"{move} × {count}" for move in dict.fromkeys(moves)]
    reasons = dict.fromkeys(f"({change.reason})" for change in one.changes if change.reason)
    decided = dict.fromkeys(change.decision for change in one.changes if change.decision is not None)
    decisions = (f"({decision.authority}, {decision.reference}, {decision.day.isoformat()})" for decision in decided)
    return " ".join((", ".join(counted), *reasons, *decisions))


def _decision_object(decision: AuthorityDecision | None) -> dict[str, Json]:
    """The decision behind a change, where there is one."""
    if decision is None:
        return {}
    told: Json = {"authority": decision.authority, "reference": decision.reference, "day": decision.day.isoformat()}
    return {"decision": told}


def revision_object(session: Session, one: RevisionRow) -> Json:
    """One revision."""
    label = None if one.label_xml is None else label_from_xml(one.label_xml)
    return {
        "number": one.revision,
        "saved": time_text(one.saved_at),
        "author": one.author,
        "label": mark_as_made(session, label),
        "changes": [
            {
                "before": mark_as_made(session, change.before),
                "after": mark_as_made(session, change.after),
                "reason": change.reason,
                **_decision_object(change.decision),
            }
            for change in one.changes
        ],
    }
