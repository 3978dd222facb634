"""The one door of text to the paper: made visible, composed, and covered by the fonts, or refused by name.

Control characters and direction overrides are shown as ``‹U+202E›``, never obeyed: an override can make a mark read as
another. Nothing is markup here, so there is nothing to escape.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.rendering.errors import UnprintableCharacterError
from cloison.rendering.fonts import first_missing

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_NEVER_SEEN = re.compile("[\u00ad\u034f\u200b\u2060\ufe00-\ufe0f]")  # hints to break a line or pick a shape
_NEVER_DRAWN = ".figure.description"  # of an image, for those who do not see it
_HAS_LINES = re.compile(r"\.(runs|rows)\[")
_PORTION = re.compile(r"portions\[(\d+)\]")
_ATTACHMENT = re.compile(r"attachments\[(\d+)\]")

T = TypeVar("T")


def printable(model: T) -> T:
    """The same page, or whatever is to be printed, with every text fit to print; raises ``UnprintableCharacterError``.

    Lines end with ``\\n`` in the runs of portions and the cells of tables, and nowhere else.
    """
    return _walk(model, "")


def visible(text: str) -> str:
    """``text`` composed (NFC), its line ends as ``\\n``, what would act without being seen spelt out."""
    text = _NEVER_SEEN.sub("", _LINE_END.sub("\n", unicodedata.normalize("NFC", text)))
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category not in {"Cc", "Cf", "Zs"}:
        return character
    if category == "Zs" or character == "\t":
        return " " if first_missing(character) else character
    return f"‹U+{ord(character):04X}›"


def _walk(value: T, path: str) -> T:
    """Every text below ``value``, so that a field added to the model later cannot be forgotten."""
    if isinstance(value, str):
        return _checked(value, path)  # type: ignore[return-value]  # str in, str out
    if isinstance(value, tuple):
        return tuple(_walk(one, f"{path}[{number}]") for number, one in enumerate(value))  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        inner = {field.name: _walk(getattr(value, field.name), f"{path}.{field.name}") for field in fields(value)}
        return replace(value, **inner)
    return value


def _checked(text: str, path: str) -> str:
    shown = visible(text)
    if path.endswith(_NEVER_DRAWN):
        return shown
    if not _HAS_LINES.search(path):
        shown = shown.replace("\n", " ")
    missing = first_missing(shown.replace("\n", ""))
    if missing is not None:
        raise UnprintableCharacterError(missing, path=path.removeprefix("."), portion=_portion(path))
    return shown


def _portion(path: str) -> int | None:
    found = _PORTION.search(path)
    if found is not None:
        return int(found.group(1)) + 1
    found = _ATTACHMENT.search(path)
    if found is not None:
        return FIRST_NUMBER + int(found.group(1))
    if path.startswith(".evaluation"):
        return EVALUATION
    return 0 if path.startswith(".title") else None
