"""What a person types to search, as a tree: words, "phrases", prefix*, AND, OR, NOT, brackets, and ``field:value``.

Operators are in capitals, in either language (``AND``/``ET``, ``OR``/``OU``, ``NOT``/``SAUF``); what stands side by
side must all be found. ``NOT`` binds tightest, then ``AND``, then ``OR``. Reading never fails: a search is read at
every key, and an operator that still lacks its other side counts for nothing. Case and diacritics are folded by the
index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

MOST_TERMS: Final = 64
_DEEPEST: Final = 16


class Field(Enum):
    """What ``field:value`` asks of."""

    LEVEL = "level"
    COMPARTMENT = "compartment"
    AUTHOR = "author"
    DATE = "date"
    SOURCE = "source"
    RECIPIENT = "to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A word, a phrase or a beginning, as FTS5 is asked for it: quoted, so that nothing typed is an operator to it."""

    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """``field:value``; ``typed`` is how it was written."""

    field: Field
    value: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part must hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """One part at least must hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The part must not hold."""

    part: Query


Query = Words | Filter | AllOf | AnyOf | Not

_TOKEN = re.compile(
    r'(?P<field>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"()]+))|"(?P<phrase>[^"]*)"|(?P<bracket>[()])'
    r'|(?P<word>[^\s"()]+)'
)
_FIELDS: Final = {
    "level": Field.LEVEL,
    "niveau": Field.LEVEL,
    "compartment": Field.COMPARTMENT,
    "compartiment": Field.COMPARTMENT,
    "author": Field.AUTHOR,
    "auteur": Field.AUTHOR,
    "date": Field.DATE,
    "source": Field.SOURCE,
    "to": Field.RECIPIENT,
    "pour": Field.RECIPIENT,
    "à": Field.RECIPIENT,
}
_AND: Final = frozenset(("AND", "ET"))
_OR: Final = frozenset(("OR", "OU"))
_NOT: Final = frozenset(("NOT", "SAUF"))


def read_query(typed: str) -> Query | None:
    """The tree of ``typed``, or None where there is nothing to search for. Terms beyond 64 are left out."""
    # A zero byte ends the expression for FTS5, and half a surrogate pair is no text at all.
    searchable = typed.replace("\0", " ").encode(errors="replace").decode()
    return _Reading(searchable).whole()


def filters_in(query: Query) -> tuple[Filter, ...]:
    """Every ``field:value`` of a tree, in order."""
    match query:
        case Filter():
            return (query,)
        case AllOf() | AnyOf():
            return tuple(one for part in query.parts for one in filters_in(part))
        case Not():
            return filters_in(query.part)
        case Words():
            return ()


class _Reading:
    """Tokens, read from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._position = 0
        self._terms = 0

    def whole(self) -> Query | None:
        """All of it; a closing bracket too many parts nothing."""
        parts: list[Query | None] = []
        while self._position < len(self._tokens):
            parts.append(self._any_of(depth=0))
            self._take_bracket(")")
        return _together(AllOf, parts)

    def _any_of(self, *, depth: int) -> Query | None:
        """``a OR b OR c``, up to the closing bracket or the end."""
        parts = [self._all_of(depth=depth)]
        while self._take_word(_OR):
            parts.append(self._all_of(depth=depth))
        return _together(AnyOf, parts)

    def _all_of(self, *, depth: int) -> Query | None:
        parts: list[Query | None] = []
        while self._position < len(self._tokens) and not self._is_at(_OR) and not self._is_bracket(")"):
            if not self._take_word(_AND):
                parts.append(self._one(depth=depth))
        return _together(AllOf, parts)

    def _one(self, *, depth: int) -> Query | None:
        is_negated = False
        while self._take_word(_NOT):
            is_negated = not is_negated
        if self._position == len(self._tokens) or self._is_bracket(")") or self._is_at(_OR | _AND):
            return None
        part = self._bracketed(depth=depth) if self._take_bracket("(") else self._term()
        return Not(part=part) if is_negated and part is not None else part

    def _bracketed(self, *, depth: int) -> Query | None:
        if depth == _DEEPEST:
            return None
        part = self._any_of(depth=depth + 1)
        self._take_bracket(")")
        return part

    def _term(self) -> Query | None:
        found = self._tokens[self._position]
        self._position += 1
        term = _filter(found) or _words(found)
        self._terms += term is not None
        return term if self._terms <= MOST_TERMS else None

    def _take_word(self, operators: frozenset[str]) -> bool:
        return self._take(is_there=self._is_at(operators))

    def _take_bracket(self, bracket: str) -> bool:
        return self._take(is_there=self._is_bracket(bracket))

    def _take(self, *, is_there: bool) -> bool:
        self._position += is_there
        return is_there

    def _is_at(self, operators: frozenset[str]) -> bool:
        return self._position < len(self._tokens) and self._tokens[self._position]["word"] in operators

    def _is_bracket(self, bracket: str) -> bool:
        return self._position < len(self._tokens) and self._tokens[self._position]["bracket"] == bracket


def _together(kind: type[AllOf | AnyOf], parts: list[Query | None]) -> Query | None:
    there = tuple(part for part in parts if part is not None)
    return kind(parts=there) if len(there) > 1 else there[0] if there else None


def _filter(found: re.Match[str]) -> Filter | None:
    field = _FIELDS.get((found["field"] or "").casefold())
    value = found["quoted"] if found["quoted"] is not None else found["value"]
    if field is None or not value.strip():
        return None
    return Filter(field=field, value=value.strip(), typed=found[0])


def _words(found: re.Match[str]) -> Words | None:
    words = found["phrase"] if found["phrase"] is not None else found[0]
    field, _, value = words.partition(":")
    is_unfinished = field.casefold() in _FIELDS and not value.strip(' "')
    if is_unfinished or not any(character.isalnum() for character in words):
        return None
    is_prefix = found["phrase"] is None and words.endswith("*")
    bare = words.rstrip("*").replace('"', " ")
    return Words(expression=f'"{bare}" *' if is_prefix else f'"{bare}"')
