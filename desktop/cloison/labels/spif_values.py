"""Attributes of a policy file as values, each refused with the path to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from cloison.labels.elements import InputKind
from cloison.labels.errors import BadValueError, MissingError
from cloison.labels.markup import Node, token

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_GENERALIZED_TIME = re.compile(r"[0-9]{14}Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")  # What every reader of JSON keeps to the last digit.


def required(node: Node, name: str) -> str:
    """An attribute that must be there and not empty, as a token; raises `MissingError`."""
    value = token(node.raw(name) or "")
    if not value:
        raise MissingError(node.path, name)
    return value


def flag(node: Node, name: str) -> bool:
    """An `xs:boolean`, false where it is absent; raises `BadValueError`."""
    value = node.get(name)
    if value is None:
        return False
    if value not in _FLAGS:
        raise BadValueError(f"{node.path}/@{name}", value)
    return _FLAGS[value]


def input_kind(node: Node, name: str) -> InputKind | None:
    """What a category asks for, None where it asks for nothing; raises `BadValueError`."""
    value = node.get(name)
    if not value:
        return None
    try:
        return InputKind(value)
    except ValueError as error:
        raise BadValueError(f"{node.path}/@{name}", value) from error


def integer(node: Node, name: str, *, default: int | None = None) -> int:
    """An `xs:integer`; raises `MissingError` where it is absent without a default, and `BadValueError`."""
    value = node.get(name)
    if value is None and default is not None:
        return default
    if not value:
        raise MissingError(node.path, name)
    if not _INTEGER.fullmatch(value):
        raise BadValueError(f"{node.path}/@{name}", value)
    return int(value)


def selection(node: Node, name: str) -> int | None:
    """A selection limit: a number of values, None for `unbounded` and where it is absent."""
    value = node.get(name)
    if value is None or value == "unbounded":
        return None
    number = integer(node, name)
    if number < 0:
        raise BadValueError(f"{node.path}/@{name}", value)
    return number


def spif_time(node: Node, name: str) -> datetime | None:
    """A GeneralizedTime (`20260101000000Z`) or an `xs:dateTime`; without a zone it is UTC. Raises `BadValueError`."""
    value = node.get(name)
    if value is None:
        return None
    try:
        if _GENERALIZED_TIME.fullmatch(value):
            return datetime.strptime(value, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadValueError(f"{node.path}/@{name}", value) from error
