"""What a picker lists, a row for each choice under the heading of its kind: with a word on why it is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label
from cloison.labels.phrasing import Place, displayed_name
from cloison.labels.picker import CategoryChoice, Refusal, choices, level_choices, levels, privacy_marks
from cloison.labels.policy import Policy
from cloison.labels.rendering import portion_text, strip
from cloison.ui.picker.picking import Picking
from cloison.vault.label_shelf import AtHand
from cloison.wording.catalogue import Catalogue
from cloison.wording.reasons import reason_text


class RowKind(Enum):
    """What a row is."""

    HEADING = "heading"
    AT_HAND = "at hand"
    LEVEL = "level"
    CATEGORY = "category"
    PRIVACY_MARK = "privacy mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class PickRow:
    """One row; ``refused`` says why it may not be picked, empty where it may. ``value`` is what it stands for."""

    kind: RowKind
    text: str
    value: Label | CategoryRef | str
    is_picked: bool = False
    refused: str = ""
    others: str = ""

    @property
    def read_out(self) -> str:
        """The row in full, for assistive technology."""
        return ". ".join(part for part in (self.text, self.refused) if part)


def rows(picking: Picking, at_hand: Sequence[AtHand], words: Catalogue) -> tuple[PickRow, ...]:
    """Every choice there is now, each kind under its heading."""
    groups: list[tuple[str, list[PickRow]]] = [
        (words.text("FAVOURITES"), list(_at_hand(picking, [one for one in at_hand if one.is_favourite], words))),
        (words.text("USED LATELY"), list(_at_hand(picking, [one for one in at_hand if not one.is_favourite], words))),
        (words.text("LEVEL"), list(_levels(picking, words))),
        *_categories(picking, words),
        (words.text("PRIVACY MARK"), list(_privacy_marks(picking))),
    ]
    return tuple(row for heading, members in groups if members for row in (_heading(heading), *members))


def matching(found: Iterable[PickRow], query: str) -> tuple[PickRow, ...]:
    """The rows that hold every word of ``query``, however it is spelt, under their headings."""
    wanted = _plain(query).split()
    kept: list[PickRow] = []
    heading: PickRow | None = None
    for row in found:
        if row.kind is RowKind.HEADING:
            heading = row
        elif all(word in _plain(f"{row.text} {row.others}") for word in wanted):
            if heading is not None:
                kept.append(heading)
                heading = None
            kept.append(row)
    return tuple(kept)


def refusal_text(refusal: Refusal | None, words: Catalogue) -> str:
    """Why something may not be picked; empty where it may."""
    if refusal is None:
        return ""
    if refusal.is_below:
        return words.text("It would be less than the paragraphs are worth.")
    if not refusal.reasons:
        return words.text("Pick a level first.")
    return " ".join(reason_text(one, words) for one in refusal.reasons)


def _heading(text: str) -> PickRow:
    return PickRow(kind=RowKind.HEADING, text=text, value="")


def _at_hand(picking: Picking, at_hand: Iterable[AtHand], words: Catalogue) -> Iterator[PickRow]:
    for one in at_hand:
        made = picking.remade(one.label)
        if made is None:
            continue
        outcome = picking.take(one.label)
        refused = refusal_text(outcome, words) if isinstance(outcome, Refusal) else ""
        text = strip(picking.policy, made, words.language)
        yield PickRow(kind=RowKind.AT_HAND, text=text, value=made, refused=refused)


def _levels(picking: Picking, words: Catalogue) -> Iterator[PickRow]:
    policy = picking.policy
    if picking.label is None:
        for level in levels(policy):
            yield PickRow(kind=RowKind.LEVEL, text=level.name, value=level.name, others=portion_text(level))
        return
    for one in level_choices(policy, picking.label, floor=picking.floor):
        refused = "" if one.is_picked else refusal_text(one.refusal, words)
        yield PickRow(
            kind=RowKind.LEVEL,
            text=one.level.name,
            value=one.level.name,
            is_picked=one.is_picked,
            refused=refused,
            others=portion_text(one.level),
        )


def _categories(picking: Picking, words: Catalogue) -> Iterator[tuple[str, list[PickRow]]]:
    """The categories by tag; where a tag set has several, each is named with it."""
    policy = picking.policy
    for tag, group in groupby(_offered(picking), key=lambda one: policy.category(one.category).tag):
        members = list(group)
        tag_set = policy.category(members[0].category).tag_set
        named = len(tag_set.tags) > 1 and tag.name != tag_set.name
        heading = f"{tag_set.name} – {tag.name}" if named else tag_set.name
        yield heading, [_category(picking, one, words) for one in members]


def _offered(picking: Picking) -> tuple[CategoryChoice, ...]:
    if picking.label is not None:
        return choices(picking.policy, picking.label, floor=picking.floor)
    return tuple(
        CategoryChoice(category=placed.ref, is_picked=False, refusal=Refusal())
        for placed in picking.policy.categories
        if not placed.category.obsolete
    )


def _category(picking: Picking, choice: CategoryChoice, words: Catalogue) -> PickRow:
    text, others = _category_texts(picking.policy, choice.category, words.language)
    return PickRow(
        kind=RowKind.CATEGORY,
        text=text,
        value=choice.category,
        is_picked=choice.is_picked,
        refused=refusal_text(choice.refusal, words),
        others=others,
    )


@lru_cache(maxsize=4096)
def _category_texts(policy: Policy, ref: CategoryRef, language: str) -> tuple[str, str]:
    """How a category is listed, and what else it is found by; asked for hundreds at each step."""
    category = policy.category(ref).category
    shown = displayed_name(category.phrases, category.name, Place.DOCUMENT_START, language) or category.name
    text = category.name if shown.casefold() == category.name.casefold() else f"{category.name} – {shown}"
    return text, f"{portion_text(category)} {ref.tag_set}"


def _privacy_marks(picking: Picking) -> Iterator[PickRow]:
    picked = None if picking.label is None else picking.label.privacy_mark
    for name in privacy_marks(picking.policy):
        yield PickRow(kind=RowKind.PRIVACY_MARK, text=name, value=name, is_picked=name == picked)


def _plain(text: str) -> str:
    """Without case and accents."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parted if not unicodedata.combining(one))
