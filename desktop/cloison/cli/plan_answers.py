"""The table recipient × portion, as a person and as a program see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cloison.actions.dissemination_plan import Plan, Row
from cloison.actions.distribution import Shown
from cloison.actions.read_note import banner
from cloison.actions.session import Session
from cloison.cli.answer import Json
from cloison.cli.call import Call
from cloison.cli.marks import mark_object, mark_text
from cloison.dissemination.errors import RecoveryRefusedError
from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Portion
from cloison.notes.release import PortionDecision
from cloison.wording.errors import sentence_for
from cloison.wording.evaluation import part_text
from cloison.wording.portions import portion_name
from cloison.wording.reasons import portion_refusal_text
from cloison.wording.trust import shortfall_text, trust_warning_text

_BEGINNING: Final = 32


def show_plan(call: Call, session: Session, table: Plan, shown: Mapping[str, Shown]) -> None:
    """The table, for a person; ``shown`` says what each copy tells of the others, by contact id."""
    words = call.words
    decided = zip(*(row.decisions for row in table.rows), strict=True)
    cells = [
        (*_part(call, session, number, part), *(_verdict(call, one) for one in line))
        for (number, part), line in zip(table.note.parts.items(), decided, strict=True)
    ]
    call.answer.table(
        (
            words.text_in("column", "No."),
            words.text_in("column", "Mark"),
            words.text_in("column", "Paragraph"),
            *(row.contact.card.name for row in table.rows),
        ),
        [*cells, ("", "", words.text_in("column", "Package"), *(_total(call, session, row) for row in table.rows))],
    )
    _tell_of_recovery(call, table)
    _tell_of_distribution(call, table, shown)
    for row in table.rows:
        for warning in row.warnings:
            call.answer.warn(trust_warning_text(warning, row.contact.card.name, words))


def _tell_of_recovery(call: Call, table: Plan) -> None:
    asked = table.recovery
    if asked is None:
        return
    if asked.problem is not None:
        call.answer.warn(sentence_for(RecoveryRefusedError(asked.problem, name=asked.name), call.words) or "")
    elif asked.is_extra:
        call.answer.say(
            call.words.text("The policy asks for recovery: a package goes to {name} as well.", name=asked.name)
        )


def recovery_object(table: Plan) -> Json:
    """What the policy asks for recovery, for a program; None where it asks for nothing."""
    asked = table.recovery
    if asked is None:
        return None
    return {
        "name": asked.name or None,
        "extra": asked.is_extra,
        "problem": None if asked.problem is None else asked.problem.name,
    }


def _tell_of_distribution(call: Call, table: Plan, shown: Mapping[str, Shown]) -> None:
    for row in table.packages:
        told = shown.get(row.contact.id)
        if told is not None and told.number is not None:
            call.answer.say(
                call.words.text(
                    "On the copy of {name}: copy {number} of {total}.",
                    name=row.contact.card.name,
                    number=told.number.number,
                    total=told.number.total,
                )
            )
        if told is not None and told.holders:
            call.answer.say(
                call.words.text(
                    "On the copy of {name}, the distribution list: {names}.",
                    name=row.contact.card.name,
                    names=", ".join(told.holders),
                )
            )


def _part(call: Call, session: Session, number: int, part: Portion | Evaluation) -> tuple[str, str, str]:
    text = part_text(part, call.words)
    beginning = text if len(text) <= _BEGINNING else f"{text[: _BEGINNING - 1]}…"
    return _numbered(call, number), mark_text(session, part.label), beginning


def _numbered(call: Call, number: int) -> str:
    """A paragraph by its number, an attachment by its name; the evaluation says itself what it is."""
    if number >= FIRST_NUMBER:
        return portion_name(number, call.words)
    return str(number) if number >= 0 else ""


def _verdict(call: Call, judged: PortionDecision) -> str:
    return call.words.text_in("cell", "yes") if judged.is_released else portion_refusal_text(judged, call.words)


def _total(call: Call, session: Session, row: Row) -> str:
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, call.words)
    if row.rendition is None:
        return call.words.text("nothing to read")
    return banner(session, row.rendition.label, call.words.language)


def recipient_objects(session: Session, table: Plan, shown: Mapping[str, Shown]) -> list[Json]:
    """The same, for a program: an object for each recipient."""
    return [_recipient_object(session, row, shown.get(row.contact.id)) for row in table.rows]


def _recipient_object(session: Session, row: Row, told: Shown | None) -> Json:
    number = None if told is None else told.number
    return {
        "id": row.contact.id,
        "label": None if row.rendition is None else mark_object(session, row.rendition.label),
        "suite": None if row.rendition is None else row.suite,
        "shortfall": None if row.shortfall is None else row.shortfall.value,
        "warnings": [one.value for one in row.warnings],
        "copy_number": None if number is None else {"number": number.number, "total": number.total},
        "distribution": [] if told is None else list(told.holders),
        "portions": [_decision_object(one) for one in row.decisions],
    }


def _decision_object(judged: PortionDecision) -> Json:
    rule = None if judged.decision.rule is None else judged.decision.rule.value
    if rule is None and judged.needs_consent:
        rule = "originator consent"
    return {"number": judged.number, "decision": "permit" if judged.is_released else "deny", "rule": rule}
