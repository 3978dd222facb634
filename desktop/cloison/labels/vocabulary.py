"""Everything a typed mark may be made of under a policy, in the folded form in which marks are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cloison.labels.elements import Category, Classification, MarkingCode, Phrase, Qualifier, QualifierKind, Tag
from cloison.labels.label import Label
from cloison.labels.phrasing import Place
from cloison.labels.policy import Placed, Policy
from cloison.labels.rendering import render

BRACKETS = {"[": "]", "(": ")"}
SEPARATORS = " -/,;"

_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\u00ad\ufe58\ufe63\uff0d]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything a mark may be made of, folded; `heads` are categories' own words for the policy's name."""

    levels: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[Placed, ...]]
    categories: dict[str, tuple[Placed, ...]]
    affixes: dict[str, tuple[Tag, ...]]
    suffixes: dict[str, tuple[Tag, ...]]


@lru_cache(maxsize=32)
def vocabulary(policy: Policy) -> Vocabulary:
    """The vocabulary of a policy, put together once."""
    levels: dict[str, dict[str, None]] = {}
    for level in policy.classifications:
        own = [one for one in level.phrases if MarkingCode.REPLACE_POLICY not in one.effects]
        for text in (level.name, *_texts(own), *_renderings(policy, level)):
            levels.setdefault(bare(fold(text)), {})[level.name] = None
    heads: dict[str, list[Placed]] = {}
    categories: dict[str, list[Placed]] = {}
    affixes: dict[str, list[Tag]] = {}
    suffixes: dict[str, list[Tag]] = {}
    for placed in policy.categories:
        for text in {fold(one) for one in _wordings(placed.category)}:
            categories.setdefault(text, []).append(placed)
        replacing = [one for one in placed.category.phrases if MarkingCode.REPLACE_POLICY in one.effects]
        for text in {fold(one) for one in _texts(replacing)}:
            heads.setdefault(text, []).append(placed)
    for tag in (tag for tag_set in policy.tag_sets for tag in tag_set.tags):
        for text in {fold(one.text).strip(SEPARATORS) for one in _affixes(tag.qualifiers)}:
            affixes.setdefault(text, []).append(tag)
        for one in _affixes(tag.qualifiers):
            if one.kind is QualifierKind.SUFFIX:
                suffixes.setdefault(fold(one.text).strip(SEPARATORS), []).append(tag)
    for known in (levels, heads, categories, affixes):
        known.pop("", None)
    return Vocabulary(
        levels={text: tuple(names) for text, names in levels.items()},
        heads={text: tuple(placed) for text, placed in heads.items()},
        categories={text: tuple(placed) for text, placed in categories.items()},
        affixes={text: tuple(tags) for text, tags in affixes.items()},
        suffixes={text: tuple(tags) for text, tags in suffixes.items()},
    )


def fold(text: str) -> str:
    """Text as marks are compared: no case, accents, invisible characters or doubled spaces; every dash a hyphen."""
    plain = _INVISIBLE.sub("", _DASHES.sub("-", text)).replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.sub(r"\s*([-/,;])\s*", r"\1", kept).split())


def bare(text: str) -> str:
    """Without the brackets around it, and separators inside them."""
    closing = BRACKETS.get(text[:1])
    inner = text[1:-1] if closing is not None and len(text) > 1 and text.endswith(closing) else text
    return inner.strip(SEPARATORS)


def _renderings(policy: Policy, level: Classification) -> Iterator[str]:
    """How the level alone reads anywhere: with the policy's name, or with what replaces it."""
    label = Label(
        policy_id=policy.id,
        policy_name=policy.name,
        policy_version=None,
        policy_digest=None,
        classification=level.name,
        created=datetime.min.replace(tzinfo=UTC),
    )
    for language in ("", *sorted(policy.languages)):
        for place in Place:
            yield render(policy, label, place, language)


def _wordings(category: Category) -> Iterator[str]:
    """A category's name and phrases, bare and between each prefix and suffix of its own."""
    affixes = {kind: {one.text for one in category.qualifiers if one.kind is kind} | {""} for kind in QualifierKind}
    for text in (category.name, *_texts(category.phrases)):
        for prefix in affixes[QualifierKind.PREFIX]:
            for suffix in affixes[QualifierKind.SUFFIX]:
                yield prefix + text + suffix


def _texts(phrases: Iterable[Phrase]) -> Iterator[str]:
    for one in phrases:
        yield one.text or ""


def _affixes(qualifiers: Iterable[Qualifier]) -> Iterator[Qualifier]:
    for one in qualifiers:
        if one.kind is not QualifierKind.SEPARATOR:
            yield one
