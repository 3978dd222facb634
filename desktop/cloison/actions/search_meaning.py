"""What a ``field:value`` of a search stands for: a level by the policies known here, days, people, compartments."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.labels.errors import LabelsError
from cloison.labels.label import label_from_xml
from cloison.labels.marks import read_mark
from cloison.registers.facts import Dispatch, DispatchEvent, Kind
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnreadableFilterError
from cloison.vault.note_search import Always, Among, AtLevel, From, Meaning, Saved, WrittenBy, folded
from cloison.vault.search_query import Field, Filter, Query, filters_in

_ISO = re.compile(r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{1,2})(?:-(?P<d>[0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?:(?P<d>[0-9]{1,2})[./])?(?P<m>[0-9]{1,2})[./])?(?P<y>[0-9]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """What the filters of one search mean, in any compartment of ``session``."""

    session: Session
    levels: dict[Filter, frozenset[str]]
    days: dict[Filter, Saved]
    sent: dict[Filter, Among]

    def in_compartment(self, compartment: Compartment) -> Callable[[Filter], Meaning]:
        """What each filter means there."""
        return lambda one: self._meaning(compartment, one)

    def _meaning(self, compartment: Compartment, one: Filter) -> Meaning:
        match one.field:
            case Field.LEVEL:
                return _at_level(self.session, compartment, self.levels[one])
            case Field.DATE:
                return self.days[one]
            case Field.RECIPIENT:
                return self.sent[one]
            case Field.COMPARTMENT:
                return Always(holds=folded(one.value) in folded(compartment.name) or one.value == compartment.id)
            case Field.AUTHOR:
                return WrittenBy(text=one.value)
            case Field.SOURCE:
                return From(text=one.value)


def meanings(session: Session, query: Query) -> Meanings:
    """What the filters in ``query`` mean; raises ``UnreadableFilterError``."""
    filters = filters_in(query)
    return Meanings(
        session=session,
        levels={one: _levels(session, one) for one in filters if one.field is Field.LEVEL},
        days={one: _saved(one) for one in filters if one.field is Field.DATE},
        sent={one: _sent_to(session, one.value) for one in filters if one.field is Field.RECIPIENT},
    )


def _levels(session: Session, one: Filter) -> frozenset[str]:
    """The classifications that a mark or a name stands for under any policy known here."""
    found: set[str] = set()
    for policy in {policy.digest: policy for policy in session.policies.values()}.values():
        with suppress(LabelsError):
            found.add(read_mark(policy, one.value, created=session.now()).classification)
        found.update(level.name for level in policy.classifications if folded(level.name) == folded(one.value))
    if not found:
        raise UnreadableFilterError(one)
    return frozenset(found)


def _at_level(session: Session, compartment: Compartment, names: frozenset[str]) -> AtLevel:
    """By the levels as saved, save where a date has come since: those count as they now are."""
    moved = {
        row.uid: session.standing(None if row.label_xml is None else label_from_xml(row.label_xml))
        for row in compartment.notes.moved(by=session.now())
    }
    risen = frozenset(uid for uid, label in moved.items() if label is not None and label.classification in names)
    return AtLevel(classifications=names, fallen=frozenset(moved) - risen, risen=risen)


def _sent_to(session: Session, text: str) -> Among:
    wanted = folded(text)
    return Among(
        uids=frozenset(
            facts.note_uid
            for line in lines(session, Kind.DISPATCH)
            if isinstance(facts := line.entry.facts, Dispatch)
            and facts.event is DispatchEvent.SEALED
            and wanted in folded(facts.recipient)
        )
    )


def _saved(one: Filter) -> Saved:
    """``2026``, ``2026-11``, ``12/11/2026`` or ``11/2026``, and two of them with ``..`` between, either left out."""
    first, dots, last = one.value.partition("..")
    if not dots:
        last = first
    if not (first or last):
        raise UnreadableFilterError(one)
    begin = _period(first, one)[0] if first else None
    end = _period(last, one)[1] if last else None
    return Saved(first=begin, end=end)


def _period(text: str, one: Filter) -> tuple[datetime, datetime]:
    """The first moment of a day, month or year, and the first after it, in the local time of the machine."""
    found = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        raise UnreadableFilterError(one)
    year, month, day = (None if found[part] is None else int(found[part]) for part in ("y", "m", "d"))
    try:
        first = date(year or 1, month or 1, day or 1)
        if day is not None:
            after = first + timedelta(days=1)
        elif month is not None:
            after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        else:
            after = date(first.year + 1, 1, 1)
    except (ValueError, OverflowError) as error:
        raise UnreadableFilterError(one) from error
    return _midnight(first), _midnight(after)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
