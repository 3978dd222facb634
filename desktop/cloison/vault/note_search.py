"""A search as SQL: what the full-text index answers by itself, and conditions on the rows of notes beside it.

The words that must all be there go to the index in one expression, which gives the newest hit first and stops after the
first page of them. Everything else, a ``NOT``, an ``OR`` with a field in it, is a condition of its own. A filter comes
with its meaning, which the caller knows: what a level is, is for a policy to say.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from cloison.vault.database import Database, Row
from cloison.vault.search_query import AllOf, AnyOf, Filter, Not, Query, Words
from cloison_crypto.fields import time_text

RELEVANT_AMONG: Final = 2000
"""Relevance is worked out for so many of the newest hits: over all of 100,000 it would take twenty times as long."""

_TITLE_COUNTS: Final = 4.0
_AMONG: Final = "uid IN (SELECT value FROM json_each(?))"
# A note without a mark has no level: what is not known to be there is not.
_AT_LEVEL: Final = """((coalesce(level IN (SELECT value FROM json_each(?)), FALSE)
    AND uid NOT IN (SELECT value FROM json_each(?))) OR uid IN (SELECT value FROM json_each(?)))"""
_WRITTEN_BY: Final = "notes.id IN (SELECT note FROM revisions WHERE author IN (SELECT value FROM json_each(?)))"
_FROM: Final = "notes.id IN (SELECT note FROM sources WHERE name IN (SELECT value FROM json_each(?)))"
_HITS: Final = """WITH hits AS MATERIALIZED (
    SELECT rowid AS hit, bm25(search, ?) AS score FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"""


class Order(Enum):
    """Which of the notes that were found comes first."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Always:
    """Holds for every note here, or for none."""

    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Last saved from ``first`` on and before ``end``; None is open."""

    first: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """One of these notes."""

    uids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLevel:
    """Saved at one of these classifications, except ``fallen``, or ``risen`` to one of them by a date since."""

    classifications: frozenset[str]
    fallen: frozenset[str] = frozenset()
    risen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBy:
    """A revision of it is by somebody whose name holds ``text``."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """A source on record, or the service it came from, has a name that holds ``text``."""

    text: str


Meaning = Always | Saved | Among | AtLevel | WrittenBy | From


@dataclass(frozen=True, slots=True, kw_only=True)
class _Condition:
    sql: str
    parameters: tuple[object, ...] = ()


def search_rows(
    database: Database,
    rows_sql: str,
    query: Query,
    *,
    meaning_of: Callable[[Filter], Meaning],
    order: Order,
    limit: int,
    before: int | None = None,
) -> list[Row]:
    """The rows of ``rows_sql`` that ``query`` finds; raises ``SearchCancelledError`` where another thread ends it.

    ``before``: only those saved before the revision of that id, where the latest saved come first.
    """
    parts = _parts(query)
    expressions = [_expression(part) for part in parts if _is_plain(part)]
    rest = AllOf(parts=tuple(part for part in parts if not _is_plain(part)))
    condition = _condition(database, rest, meaning_of)
    if not expressions:
        older = _older("latest", before)
        sql = f"{rows_sql} WHERE {condition.sql} AND {older.sql} ORDER BY latest DESC LIMIT ?"
        return database.cancellable_rows(sql, (*condition.parameters, *older.parameters, limit))
    words = " AND ".join(expressions)
    if order is Order.NEWEST:
        # Said of the index itself, which then begins there.
        older = _older("search.rowid", before)
        sql = f"""{rows_sql} JOIN search ON search.rowid = latest
            WHERE search MATCH ? AND {older.sql} AND {condition.sql} ORDER BY search.rowid DESC LIMIT ?"""
        return database.cancellable_rows(sql, (words, *older.parameters, *condition.parameters, limit))
    sql = f"{_HITS} {rows_sql} JOIN hits ON hit = latest WHERE {condition.sql} ORDER BY score, latest DESC LIMIT ?"
    return database.cancellable_rows(sql, (_TITLE_COUNTS, words, RELEVANT_AMONG, *condition.parameters, limit))


def has_relevance(query: Query) -> bool:
    """Whether the index scores what ``query`` finds; where it does not, the latest saved come first in any case."""
    return any(map(_is_plain, _parts(query)))


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, AllOf) else (query,)


def _older(column: str, before: int | None) -> _Condition:
    return _Condition(sql="TRUE") if before is None else _Condition(sql=f"{column} < ?", parameters=(before,))


def _is_plain(query: Query) -> bool:
    """Whether the index answers it alone; a ``NOT`` has nothing to be taken from there."""
    match query:
        case Words():
            return True
        case AllOf() | AnyOf():
            return all(_is_plain(part) for part in query.parts)
        case Filter() | Not():
            return False


def _expression(query: Query) -> str:
    match query:
        case Words():
            return query.expression
        case AllOf():
            return "(" + " AND ".join(map(_expression, query.parts)) + ")"
        case AnyOf():
            return "(" + " OR ".join(map(_expression, query.parts)) + ")"
        case Filter() | Not():
            raise ValueError("not for the index")


def _condition(database: Database, query: Query, meaning_of: Callable[[Filter], Meaning]) -> _Condition:
    if _is_plain(query) and query != AllOf(parts=()):
        return _Condition(
            sql="latest IN (SELECT rowid FROM search WHERE search MATCH ?)", parameters=(_expression(query),)
        )
    match query:
        case Filter():
            return _filtered(database, meaning_of(query))
        case Not():
            part = _condition(database, query.part, meaning_of)
            return _Condition(sql=f"NOT {part.sql}", parameters=part.parameters)
        case AllOf():
            return _joined(" AND ", [_condition(database, part, meaning_of) for part in query.parts])
        case AnyOf():
            return _joined(" OR ", [_condition(database, part, meaning_of) for part in query.parts])
        case Words():
            raise ValueError("the index answers words")


def _joined(operator: str, conditions: Sequence[_Condition]) -> _Condition:
    return _Condition(
        sql="(" + (operator.join(one.sql for one in conditions) or "TRUE") + ")",
        parameters=tuple(value for one in conditions for value in one.parameters),
    )


def _filtered(database: Database, meaning: Meaning) -> _Condition:
    match meaning:
        case Always():
            return _Condition(sql="TRUE" if meaning.holds else "FALSE")
        case Saved():
            return _saved(meaning)
        case Among():
            return _Condition(sql=_AMONG, parameters=(_list(meaning.uids),))
        case AtLevel():
            sets = (meaning.classifications, meaning.fallen, meaning.risen)
            return _Condition(sql=_AT_LEVEL, parameters=tuple(map(_list, sets)))
        case WrittenBy():
            names = _holding(database, "SELECT DISTINCT author FROM revisions", meaning.text)
            return _Condition(sql=_WRITTEN_BY, parameters=(_list(names),))
        case From():
            names = _holding(database, "SELECT DISTINCT name FROM sources", meaning.text)
            return _Condition(sql=_FROM, parameters=(_list(names),))


def _saved(meaning: Saved) -> _Condition:
    bounds = (("modified >= ?", meaning.first), ("modified < ?", meaning.end))
    return _joined(" AND ", [_Condition(sql=sql, parameters=(time_text(at),)) for sql, at in bounds if at is not None])


def _list(values: Iterable[str]) -> str:
    """Values as one parameter: there is no bound to how many."""
    return json.dumps(sorted(values))


def _holding(database: Database, sql: str, text: str) -> list[str]:
    wanted = folded(text)
    return [name for (name,) in database.rows(sql) if wanted in folded(name)]


def folded(text: str) -> str:
    """``text`` without case and diacritics, as the index folds words."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
