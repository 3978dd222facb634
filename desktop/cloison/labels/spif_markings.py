"""Reading how elements are worded: `markingData` and `markingQualifier`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cloison.labels.elements import EFFECTS, MarkingCode, Phrase, Qualifier, QualifierKind
from cloison.labels.errors import UnknownMarkingCodeError
from cloison.labels.markup import XML_LANG, Node
from cloison.labels.spif_values import required

_CODES = frozenset(code.value for code in MarkingCode)


def read_phrases(node: Node) -> tuple[Phrase, ...]:
    """The phrases of an element, in order; raises `UnknownMarkingCodeError`."""
    return tuple(_phrase(one) for one in node.children("markingData"))


def read_qualifiers(node: Node) -> tuple[Qualifier, ...]:
    """The qualifiers of an element, in order; raises `UnknownMarkingCodeError`."""
    return tuple(qualifier for one in node.children("markingQualifier") for qualifier in _qualifiers(one))


def _phrase(node: Node) -> Phrase:
    texts = node.texts("code")
    try:
        places, effects = _codes(texts)
    except ValueError as error:
        number, text = next((number, one) for number, one in enumerate(texts, 1) if one not in _CODES)
        raise UnknownMarkingCodeError(f"{node.path}/code[{number}]", text) from error
    return Phrase(text=node.raw("phrase"), language=_language(node), places=places, effects=effects)


@lru_cache(maxsize=256)
def _codes(texts: tuple[str, ...]) -> tuple[frozenset[MarkingCode], frozenset[MarkingCode]]:
    """Places and effects; a policy repeats the same few combinations thousands of times."""
    codes = frozenset(map(MarkingCode, texts))
    return codes - EFFECTS, codes & EFFECTS


def _qualifiers(node: Node) -> Iterator[Qualifier]:
    """The qualifiers of one place; some files in the field name the place `code`."""
    code = node.get("markingCode") or node.get("code")
    place = None if not code else _code(code, path=f"{node.path}/@markingCode")
    for one in node.children("qualifier"):
        yield Qualifier(
            kind=_kind(one),
            text=one.raw("markingQualifier") or "",
            language=_language(one) or _language(node),
            place=place,
        )


def _code(text: str, *, path: str) -> MarkingCode:
    try:
        return MarkingCode(text)
    except ValueError as error:
        raise UnknownMarkingCodeError(path, text) from error


def _kind(node: Node) -> QualifierKind:
    value = required(node, "qualifierCode")
    try:
        return QualifierKind(value)
    except ValueError as error:
        raise UnknownMarkingCodeError(f"{node.path}/@qualifierCode", value) from error


def _language(node: Node) -> str | None:
    value = node.get(XML_LANG)
    return value.lower() if value else None
