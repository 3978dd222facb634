"""Choosing the phrase and the qualifier for a place and a language.

A place is looked for exactly first, then at the other edge of the page (a policy that words its headers words its
footers), then among what has no place. The qualifiers of a tag are last taken from the page, since a list must never
lose the `Releasable to` which gives it its meaning. Within one of these steps the language is matched exactly, then by
its primary subtag, then untagged, for each phrase and each qualifier by itself, so that a French phrase never loses a
policy replacement that exists only untagged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeVar

from cloison.labels.elements import MarkingCode, Phrase, Qualifier, QualifierKind


class Place(Enum):
    """Where a marking is shown."""

    PAGE_TOP = "page-top"
    PAGE_BOTTOM = "page-bottom"
    DOCUMENT_START = "document-start"
    DOCUMENT_END = "document-end"
    PORTION = "portion"
    WATERMARK = "watermark"
    SUBJECT = "subject"


_EXACT = {
    Place.PAGE_TOP: (MarkingCode.PAGE_TOP, MarkingCode.PAGE_TOP_BOTTOM),
    Place.PAGE_BOTTOM: (MarkingCode.PAGE_BOTTOM, MarkingCode.PAGE_TOP_BOTTOM),
    Place.DOCUMENT_START: (MarkingCode.DOCUMENT_START, MarkingCode.FIRST_LINE),
    Place.DOCUMENT_END: (MarkingCode.DOCUMENT_END, MarkingCode.LAST_LINE),
    Place.PORTION: (MarkingCode.PORTION,),
    Place.WATERMARK: (MarkingCode.WATERMARK,),
    Place.SUBJECT: (MarkingCode.SUBJECT,),
}
_KIN = {
    Place.PAGE_TOP: (MarkingCode.PAGE_BOTTOM,),
    Place.PAGE_BOTTOM: (MarkingCode.PAGE_TOP,),
    Place.SUBJECT: (MarkingCode.X_HEADER,),
}
_PAGE = frozenset({MarkingCode.PAGE_TOP, MarkingCode.PAGE_BOTTOM, MarkingCode.PAGE_TOP_BOTTOM})
_HIDING = frozenset({MarkingCode.NO_NAME, MarkingCode.NO_MARKING})

_T = TypeVar("_T", Phrase, Qualifier)


def ordinary_phrase(phrases: Sequence[Phrase], place: Place, language: str) -> Phrase | None:
    """The phrase that words an element itself."""
    own = [one for one in phrases if MarkingCode.REPLACE_POLICY not in one.effects]
    return _phrase(own, place, language)


def policy_phrase(phrases: Sequence[Phrase], place: Place, language: str) -> Phrase | None:
    """The phrase that stands for the policy's name."""
    replacing = [one for one in phrases if MarkingCode.REPLACE_POLICY in one.effects]
    return _phrase(replacing, place, language)


def displayed_name(phrases: Sequence[Phrase], name: str, place: Place, language: str) -> str:
    """How an element reads: its phrase, its name where it has none, nothing where the policy hides it."""
    chosen = ordinary_phrase(phrases, place, language)
    hiding = chosen or policy_phrase(phrases, place, language)
    if hiding is not None and hiding.effects & _HIDING:
        return ""
    return name if chosen is None or chosen.text is None else chosen.text


def suppresses_class_name(phrases: Sequence[Phrase], place: Place, language: str) -> bool:
    """Whether an element takes the place of the classification's name."""
    chosen = (ordinary_phrase(phrases, place, language), policy_phrase(phrases, place, language))
    return any(one is not None and MarkingCode.SUPPRESS_CLASS_NAME in one.effects for one in chosen)


def qualifier(
    qualifiers: Sequence[Qualifier], kind: QualifierKind, place: Place, language: str, *, default: str = ""
) -> str:
    """The prefix, suffix or separator around a whole marking; an empty separator counts as none."""
    of_kind = _of_kind(qualifiers, kind)
    chosen = _first_match(_qualifier_steps(of_kind, place), language)
    return default if chosen is None else chosen.text


def tag_qualifier(
    qualifiers: Sequence[Qualifier], kind: QualifierKind, place: Place, language: str, *, default: str = ""
) -> str:
    """The prefix, suffix or separator around the values of a tag, the page's where the place has none."""
    of_kind = _of_kind(qualifiers, kind)
    on_page = [one for one in of_kind if one.place in _PAGE]
    chosen = _first_match([*_qualifier_steps(of_kind, place), on_page], language)
    return default if chosen is None else chosen.text


def _of_kind(qualifiers: Sequence[Qualifier], kind: QualifierKind) -> list[Qualifier]:
    return [one for one in qualifiers if one.kind is kind and (one.text or kind is not QualifierKind.SEPARATOR)]


def _qualifier_steps(qualifiers: Sequence[Qualifier], place: Place) -> Iterator[list[Qualifier]]:
    return _steps(qualifiers, place, _qualifier_is_at, lambda one: one.place is None)


def _phrase(phrases: Sequence[Phrase], place: Place, language: str) -> Phrase | None:
    return _first_match(_steps(phrases, place, _phrase_is_at, lambda one: not one.places), language)


def _phrase_is_at(phrase: Phrase, codes: tuple[MarkingCode, ...]) -> bool:
    return not phrase.places.isdisjoint(codes)


def _qualifier_is_at(one: Qualifier, codes: tuple[MarkingCode, ...]) -> bool:
    return one.place in codes


def _steps(
    candidates: Sequence[_T],
    place: Place,
    is_at: Callable[[_T, tuple[MarkingCode, ...]], bool],
    is_everywhere: Callable[[_T], bool],
) -> Iterator[list[_T]]:
    yield [one for one in candidates if is_at(one, _EXACT[place])]
    yield [one for one in candidates if is_at(one, _KIN.get(place, ()))]
    yield [one for one in candidates if is_everywhere(one)]


def _first_match(steps: Iterable[Sequence[_T]], language: str) -> _T | None:
    tags = (language.lower(), language.lower().partition("-")[0], None)
    for candidates in steps:
        for tag in tags:
            for one in candidates:
                if one.language == tag:
                    return one
    return None
