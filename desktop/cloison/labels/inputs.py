"""What a person adds to a category that asks for it: the day in `until 31.12.2030` (SPIF 2.1, `userInput`).

A value is kept in one form whatever was typed: a day as YYYY-MM-DD, a number without zeros in front, words with single
spaces.

STANAG 4774 has one place for a category, its `GenericValue`. Labels in the field put the value itself there, which
`resolution` understands where it can mean one category only. We write the category's name there, so that whoever knows
nothing of our values still decides by the right category, and the values in an attribute of the root:
`TagName/TYPE/name=value`, each part percent-encoded, one after another with spaces between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote

from cloison.labels.day_format import read_day, word_day
from cloison.labels.elements import Category, CategoryRef, Input, InputKind
from cloison.labels.errors import LabelStructureError
from cloison.labels.markup import token

MOST_CHARACTERS = 256

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_KEPT_DAY = "yyyy-MM-dd"
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_ENTRY = re.compile(r"([^/=\s]+)/([A-Z]+)/([^/=\s]+)=([^/=\s]+)")


def accepted(category: Category, text: str) -> str | None:
    """`text` as a label keeps it; None where `category` asks for nothing, or not for that."""
    if category.asks_for is InputKind.DATE:
        day = read_day(text.strip(), _KEPT_DAY) or read_day(text.strip(), category.date_format or "")
        return None if day is None else day.isoformat()
    if category.asks_for is InputKind.INTEGER:
        return str(int(text)) if _INTEGER.fullmatch(text.strip()) else None
    if category.asks_for is InputKind.STRING:
        words = token(text)
        is_plain = not any(unicodedata.category(one) in _INVISIBLE for one in words)
        return words if words and is_plain and len(words) <= MOST_CHARACTERS else None
    return None


def displayed(category: Category, value: str, language: str) -> str:
    """How a value reads in a marking."""
    day = read_day(value, _KEPT_DAY) if category.asks_for is InputKind.DATE else None
    return value if day is None else word_day(day, category.date_format or "", language)


def values_by_category(inputs: Iterable[Input]) -> dict[CategoryRef, str]:
    """The values of a label, to be looked up."""
    return {one.ref: one.value for one in inputs}


def inputs_text(inputs: Iterable[Input]) -> str:
    """The values as they stand in an attribute of a label."""
    return " ".join(
        f"{_quoted(one.ref.tag_set)}/{one.ref.type.value}/{_quoted(one.ref.name)}={_quoted(one.value)}"
        for one in sorted(inputs)
    )


def inputs_from_text(text: str, categories: Sequence[CategoryRef], *, path: str) -> tuple[Input, ...]:
    """The values in an attribute, each of one of the label's `categories`; raises `LabelStructureError`."""
    refs = {(one.tag_set, one.type.value, one.name): one for one in categories}
    found: list[Input] = []
    for entry in text.split():
        parts = _ENTRY.fullmatch(entry)
        tag_set, kind, name, value = map(unquote, parts.groups()) if parts else ("", "", "", "")
        ref = refs.pop((tag_set, kind, name), None)
        if ref is None or value != token(value):  # Of no category, of one named before, or not as it is written.
            raise LabelStructureError(path, entry)
        found.append(Input(ref=ref, value=value))
    return tuple(sorted(found))


def _quoted(text: str) -> str:
    return quote(text, safe="")
