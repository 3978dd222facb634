"""How a label reads: as text for a place, as stamps for paper, as colours for the screen.

Policy name or what replaces it, then the classification unless a category takes its place, then the categories in the
order of the policy, grouped by tag, each followed by what the label adds to it; a privacy mark last, except in front of
a portion; the policy's own prefix and suffix around the whole. At the top and bottom of a page the policy's position
table decides which of these stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cloison.labels.colours import NAMED, is_colour, readable_on
from cloison.labels.elements import Category, CategoryRef, Classification, MarkingCode, Qualifier, QualifierKind
from cloison.labels.inputs import displayed, values_by_category
from cloison.labels.label import Label
from cloison.labels.layout import PageEdge, ScreenColours, StampStyle
from cloison.labels.phrasing import (
    Place,
    displayed_name,
    ordinary_phrase,
    policy_phrase,
    qualifier,
    suppresses_class_name,
    tag_qualifier,
)
from cloison.labels.policy import Placed, Policy

if TYPE_CHECKING:
    from cloison.labels.clearance import Clearance

DEFAULT_STAMP = StampStyle(colour="#C00000", boxed=True, order=1)
"""A red box, until a policy says otherwise."""

_NEUTRAL = "#5A6675"
_EDGES = {Place.PAGE_TOP: PageEdge.TOP, Place.PAGE_BOTTOM: PageEdge.BOTTOM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One stamp on paper: its words, its ink (#RRGGBB), whether in a box; lower `order` comes first."""

    text: str
    colour: str
    boxed: bool
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a marking that may be stamped by itself."""

    text: str
    stamp: StampStyle | None


def render(policy: Policy, label: Label, place: Place, language: str) -> str:
    """The marking as one line; empty where the policy puts nothing at `place`. The label must be valid.

    Here as in all that follows, a label reads as the version of the policy says that it was made with.
    """
    policy = policy.version_of(label.policy_digest)
    return _joined(policy, _pieces(policy, label, place, language, edge=_EDGES.get(place)), place, language)


def strip(policy: Policy, label: Label, language: str) -> str:
    """The marking for a strip on screen, never empty: every element, wherever paper would bear it."""
    policy = policy.version_of(label.policy_digest)
    text = _joined(policy, _pieces(policy, label, Place.PAGE_TOP, language, edge=None), Place.PAGE_TOP, language)
    return text or policy.classification(label.classification).name


def stamps(policy: Policy, label: Label, place: Place, language: str) -> tuple[Stamp, ...]:
    """The marking as stamps for paper, in order; what has no stamp of its own is joined to the level's."""
    policy = policy.version_of(label.policy_digest)
    pieces = _pieces(policy, label, place, language, edge=_EDGES.get(place))
    if not pieces:
        return ()
    first, *rest = pieces
    together = [first, *(one for one in rest if one.stamp is None)]
    style = first.stamp or DEFAULT_STAMP
    made = [_stamp(_joined(policy, together, place, language), style)]
    made += [_stamp(one.text, one.stamp) for one in rest if one.stamp is not None]
    return tuple(sorted(made, key=lambda one: one.order))


def screen_colours(policy: Policy, label: Label) -> ScreenColours:
    """The colours of the label's level: the layout's, else the SPIF colour with readable text, else a neutral grey."""
    level = policy.version_of(label.policy_digest).classification(label.classification)
    return level.screen or _from_spif_colour(level)


def portion_text(element: Classification | Category) -> str:
    """The letters of a level or category in a portion mark, as `S` or `SF`, for buttons and chips."""
    return displayed_name(element.phrases, element.name, Place.PORTION, "") or element.name


def chips(policy: Policy, label: Label) -> tuple[tuple[str, ScreenColours], ...]:
    """The categories that have a chip of their own on screen: portion text and colours."""
    return tuple(
        (portion_text(one.category), one.category.chip)
        for one in _placed(policy.version_of(label.policy_digest), label.categories)
        if one.category.chip is not None
    )


def render_clearance(policy: Policy, clearance: Clearance, language: str) -> str:
    """A clearance as one line: levels held as `{A|B}` in order of hierarchy, then the categories."""
    levels = "|".join(one.name for one in policy.levels if one.name in clearance.classifications)
    placed = _placed(policy, tuple(clearance.categories))
    pieces = [_Piece(text=f"{{{levels}}}", stamp=None), *_category_pieces(placed, {}, Place.PAGE_BOTTOM, language)]
    return _joined(policy, pieces, Place.PAGE_BOTTOM, language)


def _pieces(policy: Policy, label: Label, place: Place, language: str, *, edge: PageEdge | None) -> list[_Piece]:
    level = policy.classification(label.classification)
    every = _placed(policy, label.categories)
    shown = [one for one in every if _stands_at(one.category.positions, edge)]
    pieces = []
    if _stands_at(level.positions, edge):
        text = _head(policy, level, every, place, language)
        pieces.append(_Piece(text=text, stamp=level.stamp))
    pieces += _category_pieces(shown, values_by_category(label.inputs), place, language)
    if _stands_at(level.positions, edge):
        pieces.append(_Piece(text=_privacy_mark_text(policy, label, place, language), stamp=None))
    return [piece for piece in pieces if piece.text]


def _stands_at(positions: frozenset[PageEdge] | None, edge: PageEdge | None) -> bool:
    return edge is None or positions is None or edge in positions


def _head(policy: Policy, level: Classification, placed: list[Placed], place: Place, language: str) -> str:
    """Policy and classification."""
    name = _policy_name(policy, level, placed, place, language)
    if any(suppresses_class_name(one.category.phrases, place, language) for one in placed):
        return name
    words = _wrapped(displayed_name(level.phrases, level.name, place, language), level.qualifiers, place, language)
    return _separator(policy, place, language).join(one for one in (name, words) if one)


def _policy_name(policy: Policy, level: Classification, placed: list[Placed], place: Place, language: str) -> str:
    for phrases in (policy.phrases, level.phrases, *(one.category.phrases for one in placed)):
        replacement = policy_phrase(phrases, place, language)
        if replacement is not None and replacement.text is not None:
            return replacement.text
    return displayed_name(policy.phrases, policy.name, place, language)


def _category_pieces(
    placed: list[Placed], values: Mapping[CategoryRef, str], place: Place, language: str
) -> Iterator[_Piece]:
    for tag, group in groupby(placed, key=lambda one: one.tag):
        members = list(group)
        words = [one for one in (_member_text(one, values.get(one.ref), place, language) for one in members) if one]
        if not words:
            continue
        separator = tag_qualifier(tag.qualifiers, QualifierKind.SEPARATOR, place, language, default="/")
        prefix = tag_qualifier(tag.qualifiers, QualifierKind.PREFIX, place, language)
        suffix = tag_qualifier(tag.qualifiers, QualifierKind.SUFFIX, place, language)
        style = next((one.category.stamp for one in members if one.category.stamp is not None), None)
        yield _Piece(text=prefix + separator.join(words) + suffix, stamp=style)


def _wrapped(text: str, qualifiers: Sequence[Qualifier], place: Place, language: str) -> str:
    """An element's words between its own prefix and suffix; nothing around nothing."""
    if not text or not qualifiers:
        return text
    prefix = qualifier(qualifiers, QualifierKind.PREFIX, place, language)
    return prefix + text + qualifier(qualifiers, QualifierKind.SUFFIX, place, language)


def _member_text(placed: Placed, value: str | None, place: Place, language: str) -> str:
    """A category's words and, after them, what the label adds; a value stands where the name is hidden, too."""
    text = _category_text(placed, place, language)
    if value is not None and not _is_unmarked(placed, place, language):
        text = f"{text.rstrip()} {displayed(placed.category, value, language)}".lstrip()
    return _wrapped(text, placed.category.qualifiers, place, language)


def _is_unmarked(placed: Placed, place: Place, language: str) -> bool:
    """Whether the policy shows nothing of a category at a place."""
    chosen = ordinary_phrase(placed.category.phrases, place, language)
    return chosen is not None and MarkingCode.NO_MARKING in chosen.effects


def _category_text(placed: Placed, place: Place, language: str) -> str:
    """A category's own words; one that has none is worded by its tag, if that has a phrase."""
    if placed.category.phrases or ordinary_phrase(placed.tag.phrases, place, language) is None:
        return displayed_name(placed.category.phrases, placed.category.name, place, language)
    return displayed_name(placed.tag.phrases, placed.category.name, place, language)


def _privacy_mark_text(policy: Policy, label: Label, place: Place, language: str) -> str:
    """The privacy mark as the policy words it; one the policy says nothing of reads as it stands."""
    if label.privacy_mark is None or place is Place.PORTION:
        return ""
    known = policy.find_privacy_mark(label.privacy_mark)
    if known is None:
        return label.privacy_mark
    return _wrapped(displayed_name(known.phrases, known.name, place, language), known.qualifiers, place, language)


def _joined(policy: Policy, pieces: list[_Piece], place: Place, language: str) -> str:
    if not pieces:
        return ""
    body = _separator(policy, place, language).join(piece.text for piece in pieces)
    prefix = qualifier(policy.qualifiers, QualifierKind.PREFIX, place, language)
    return prefix + body + qualifier(policy.qualifiers, QualifierKind.SUFFIX, place, language)


def _separator(policy: Policy, place: Place, language: str) -> str:
    return qualifier(policy.qualifiers, QualifierKind.SEPARATOR, place, language, default=" ")


def _placed(policy: Policy, refs: tuple[CategoryRef, ...]) -> list[Placed]:
    return sorted((policy.category(ref) for ref in refs), key=lambda one: one.order)


def _stamp(text: str, style: StampStyle) -> Stamp:
    return Stamp(text=text, colour=style.colour, boxed=style.boxed, order=style.order)


def _from_spif_colour(level: Classification) -> ScreenColours:
    colour = level.colour or ""
    background = colour.upper() if is_colour(colour) else NAMED.get(colour.lower(), _NEUTRAL)
    return ScreenColours(background=background, text=readable_on(background))
