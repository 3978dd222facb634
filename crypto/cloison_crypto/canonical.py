"""Canonical JSON (RFC 8785) for the subset that signed objects use: no floating point, integers up to 2**53 - 1.

One value has one spelling: `read` writes what it has read once more and refuses any other bytes. Signed objects are
verified as bytes before they come here, so the parser never sees what nobody signed.
"""

import json
from operator import is_
from typing import Any, NoReturn, cast

from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import LARGEST_INTEGER, Fields, Json, base64_text, join, time_text

__all__ = ["DEEPEST", "LARGEST_INTEGER", "Fields", "Json", "base64_text", "read", "time_text", "write"]

DEEPEST = 32
_OPENING = (b",", b"[", b"{")


def write(value: Json) -> bytes:
    """Serialise by RFC 8785; raises CanonicalError with the path of what the subset does not allow."""
    ordered = _ordered(value, path="", depth=0)
    return json.dumps(ordered, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def read(data: bytes, *, limit: int, most_marks: int | None = None) -> Json:
    """Parse at most `limit` bytes; raises CanonicalError for whatever `write` would not have written.

    A few bytes of JSON can take a hundred in memory. Where that matters, `most_marks` is how many commas and opening
    brackets there may be (`marks_in`), which bounds the number of values before any is made.
    """
    if len(data) > limit:
        raise CanonicalError("", f"longer than {limit} bytes")
    if most_marks is not None and marks_in(data) > most_marks:
        raise CanonicalError("", f"more than {most_marks} commas and brackets")
    value = _parse(data)
    if write(value) != data:
        raise CanonicalError("", "not in canonical form")
    return value


def marks_in(data: bytes) -> int:
    """How many commas and opening brackets there are, those inside text included."""
    return sum(data.count(mark) for mark in _OPENING)


def _parse(data: bytes) -> Json:
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_unique_keys,
            parse_int=_integer,
            parse_float=_no_floating_point,
            parse_constant=_no_floating_point,
        )
    except (ValueError, RecursionError) as error:
        raise CanonicalError("", "not JSON") from error
    return cast("Json", value)


def _ordered(value: Json, *, path: str, depth: int) -> Json:
    if depth > DEEPEST:
        raise CanonicalError(path, f"nested deeper than {DEEPEST}")
    match value:
        case None | bool():
            return value
        case int():
            return _bounded(value, path)
        case str():
            return _text(value, path)
        case list():
            items = [_ordered(item, path=f"{path}[{index}]", depth=depth + 1) for index, item in enumerate(value)]
            return value if all(map(is_, items, value)) else items
        case dict():
            return _ordered_object(value, path=path, depth=depth)
        case _:
            raise CanonicalError(path, f"{type(value).__name__} is not allowed")


def _ordered_object(value: dict[str, Json], *, path: str, depth: int) -> Json:
    for key in value:
        if not isinstance(key, str):
            raise CanonicalError(path, "a key is not text")
        _text(key, path)
    # RFC 8785, 3.2.3: keys are ordered as UTF-16 code units, which differs from code points above U+FFFF.
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    ordered = {key: _ordered(value[key], path=join(path, key), depth=depth + 1) for key in keys}
    # What was in order already, as all that is read is, is not held twice.
    is_in_order = all(map(is_, ordered, value)) and all(map(is_, ordered.values(), value.values()))
    return value if is_in_order else ordered


def _bounded(value: int, path: str) -> int:
    if abs(value) > LARGEST_INTEGER:
        raise CanonicalError(path, "integer beyond 2**53 - 1")
    return value


def _text(value: str, path: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise CanonicalError(path, "lone surrogate in text") from error
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CanonicalError("", "duplicate key")
    return found


def _integer(digits: str) -> int:
    if len(digits) > len(str(-LARGEST_INTEGER)):
        raise CanonicalError("", "integer beyond 2**53 - 1")
    return int(digits)


def _no_floating_point(_: str) -> NoReturn:
    raise CanonicalError("", "floating point is not allowed")
